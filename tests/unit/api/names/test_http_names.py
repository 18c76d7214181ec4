"""Speakers and entities over HTTP, with a real Redis and a follower that runs."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.names.models import FoundEntity, FoundSpeaker
from services.api.search.following import IndexFollower
from services.contracts.claim import SpeakerKind
from services.contracts.event import Event
from services.contracts.event_claims import Contradiction, ContradictionKind, Position
from tests.unit.api.examples import event
from tests.unit.api.names.named_events import entity, quoted, says
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events


class Asked:
    """Puts events in and asks for names."""

    def __init__(self, http: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
        self.http, self.redis, self.follower = http, redis, follower

    async def put(self, *events: Event) -> None:
        await project_events(self.redis, list(events))
        await caught_up(self.follower, self.redis)

    async def speaker(self, key: str, **given: Any) -> FoundSpeaker:
        answer = await self.http.get(f"/v1/speakers/{key}", params=given)
        assert answer.status_code == 200, answer.text
        return FoundSpeaker.model_validate_json(answer.content)

    async def entity(self, key: str, **given: Any) -> FoundEntity:
        answer = await self.http.get(f"/v1/entities/{key}", params=given)
        assert answer.status_code == 200, answer.text
        return FoundEntity.model_validate_json(answer.content)


@pytest.fixture
async def asked(redis: Redis, tmp_path: Path) -> AsyncIterator[Asked]:
    async with following(redis, tmp_path) as follower, client_of(redis, follower) as http:
        yield Asked(http, redis, follower)


def event_ids(found: FoundSpeaker | FoundEntity) -> list[str]:
    return [one.event_id for one in found.events]


async def test_what_one_person_said_stands_by_event_the_latest_first(asked: Asked) -> None:
    await asked.put(
        says("evt_1", "Ada Reyl", minutes=1), says("evt_2", "ADA REYL", minutes=2), says("evt_3", "Tom Reyl")
    )
    found = await asked.speaker("ada-reyl")
    assert event_ids(found) == ["evt_2", "evt_1"]
    assert (found.total, found.counts.statements, found.type) == (2, 2, "person")
    assert [one.text for one in found.events[1].statements] == ["The bridge is safe."]
    assert (await asked.speaker("Ada Reyl")).key == "ada-reyl"


async def test_a_surname_joins_nobody(asked: Asked) -> None:
    await asked.put(
        says("evt_1", "Ada Reyl", entities=[entity("Ada Reyl", "Reyl")]),
        says("evt_2", "Tom Reyl", entities=[entity("Tom Reyl", "Reyl")], minutes=1),
        says("evt_3", "Reyl", minutes=2),
        says("evt_4", "Mr Reyl", minutes=3),
    )
    found = await asked.speaker("reyl")
    assert (found.name, found.events, found.total) == ("Reyl", (), 0)
    assert [(one.key, one.events) for one in found.stands_for] == [("ada-reyl", 1), ("tom-reyl", 1)]
    assert [one.event_id for one in found.alone.events] == ["evt_3"]
    assert event_ids(await asked.speaker("ada-reyl")) == ["evt_1"]


async def test_another_form_counts_where_the_event_says_so_and_nowhere_else(asked: Asked) -> None:
    body = SpeakerKind.ORGANISATION
    bridge = entity("National Bridge Service", "NBS", kind="organisation")
    await asked.put(
        says("evt_1", "NBS", entities=[bridge], kind=body),
        says("evt_2", "NBS", minutes=1, kind=body),
        says("evt_3", "National Bridge Service", minutes=2, kind=body),
    )
    found = await asked.speaker("national-bridge-service")
    assert event_ids(found) == ["evt_3", "evt_1"]
    assert found.events[1].written == ("National Bridge Service", "NBS")
    short = await asked.speaker("nbs")
    assert event_ids(short) == ["evt_2"]
    assert [one.key for one in short.stands_for] == ["national-bridge-service"]


async def test_a_statement_says_how_each_outlet_quotes_it_and_by_what_way_it_came(asked: Asked) -> None:
    await asked.put(quoted())
    found = await asked.speaker("ada-reyl")
    ((statement,),) = (one.statements for one in found.events)
    assert [(one.publisher.name, one.form, one.relayed_by) for one in statement.reports] == [
        ("Corrow Gazette", "full", ("Meridian Press",)),
        ("The Harbour Post", "cut", ()),
        ("Calm Daily", "paraphrase", ()),
    ]
    assert statement.reports[1].url == "https://harbourpost.example/bridge"
    assert statement.reports[1].page == "/articles/art_q2#clm_in_art_q2"
    assert (statement.role, statement.origins, found.counts.quotations) == ("mayor", 3, 1)
    assert (await asked.speaker("tom-reyl")).counts.denials == 1


async def test_a_statement_shows_what_contradicts_it_and_not_what_agrees(asked: Asked) -> None:
    told = quoted()
    agreeing = told.claims[0].model_copy(update={"claim_id": "clm_too", "speaker": None})
    contradiction = Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=("clm_not", "clm_safe", "clm_too"),
        positions=(
            Position(claim_id="clm_safe", says="confirms"),
            Position(claim_id="clm_not", says="denies"),
            Position(claim_id="clm_too", says="Confirms"),
        ),
        explanation="One says that it is so, one that it is not.",
    )
    await asked.put(told.model_copy(update={"claims": (*told.claims, agreeing), "contradictions": (contradiction,)}))
    ((statement,),) = (one.statements for one in (await asked.speaker("ada-reyl")).events)
    (opposed,) = statement.opposed
    assert (opposed.claim_id, opposed.source, opposed.speaker_key) == ("clm_not", "Tom Reyl", "tom-reyl")


async def test_an_entity_has_the_claims_that_name_it(asked: Asked) -> None:
    named = entity("Tolmar Lines", "Tolmar", kind="organisation")
    await asked.put(
        says("evt_1", "Ada Reyl", entities=[named], text="Tolmar runs the ferry."),
        says("evt_2", "Tolmar Lines", entities=[named], kind=SpeakerKind.ORGANISATION, minutes=1),
        says("evt_3", "Ada Reyl", text="Tolmar runs nothing.", minutes=2),
    )
    found = await asked.entity("tolmar-lines")
    assert event_ids(found) == ["evt_2", "evt_1"]
    assert [[one.text for one in told.claims] for told in found.events] == [[], ["Tolmar runs the ferry."]]
    assert found.events[1].claims[0].speaker_key == "ada-reyl"
    assert found.speaks


async def test_walking_the_events_of_a_name_gives_each_once(asked: Asked) -> None:
    await asked.put(*(says(f"evt_{number}", "Ada Reyl", minutes=number) for number in range(5)))
    cursor: dict[str, str] = {}
    seen: list[str] = []
    while True:
        part = await asked.speaker("ada-reyl", limit=2, **cursor)
        assert part.total == 5
        seen += event_ids(part)
        if part.next is None:
            break
        cursor = {"cursor": part.next}
    assert seen == [f"evt_{number}" for number in (4, 3, 2, 1, 0)]


async def test_after_the_last_event_there_are_none(asked: Asked) -> None:
    await asked.put(says("evt_1", "Ada Reyl"))
    found = await asked.speaker("ada-reyl", cursor="2020-01-01T00:00:00.000000Z~evt_0")
    assert (found.name, found.total, found.events, found.next) == ("ada reyl", 1, (), None)


async def test_a_new_version_of_an_event_takes_the_place_of_the_old_one(asked: Asked) -> None:
    await asked.put(says("evt_1", "Ada Reyl"))
    await asked.put(says("evt_1", "Tom Reyl", minutes=1).model_copy(update={"version": 2}))
    assert (await asked.http.get("/v1/speakers/ada-reyl")).status_code == 404
    assert event_ids(await asked.speaker("tom-reyl")) == ["evt_1"]


@pytest.mark.parametrize("name", ["nobody-known", "%E2%80%94", "x" * 2_000])
@pytest.mark.parametrize("kind", ["speakers", "entities"])
async def test_a_name_that_no_event_has_is_said_to_be_unknown(asked: Asked, kind: str, name: str) -> None:
    await asked.put(event())
    answer = await asked.http.get(f"/v1/{kind}/{name}")
    assert (answer.status_code, answer.json()["title"]) == (404, "No such name")
    assert len(answer.json()["detail"]) < 500


async def test_what_is_no_cursor_and_an_unknown_parameter_are_refused(asked: Asked) -> None:
    await asked.put(says("evt_1", "Ada Reyl"))
    for given in ({"cursor": "x"}, {"curser": "2026-03-03T12:00:00.000000Z~evt_1"}):
        assert (await asked.http.get("/v1/speakers/ada-reyl", params=given)).status_code == 400


async def test_claims_name_the_key_of_their_speaker(asked: Asked) -> None:
    await asked.put(says("evt_1", "Ada Reyl"), says("evt_2", "Reyl", minutes=1))
    listed = (await asked.http.get("/v1/claims")).json()["claims"]
    assert {one["event"]["event_id"]: one["speaker_key"] for one in listed} == {"evt_1": "ada-reyl", "evt_2": None}
