"""The list of events and the claims over HTTP, with a real Redis and a follower that runs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.search import following as index_following
from services.api.search import search_index, time_bounds
from services.api.search.following import IndexFollower
from services.api.search.models import FoundClaimList, FoundEventList
from services.contracts.article import Publisher
from services.contracts.claim import SpeakerKind
from services.contracts.event import Counts, Event, EventArticle, EventStatus
from services.contracts.event_claims import MergedClaim
from tests.unit.api.examples import CLAIMS, NOON, POST, citing, disputed, event, member
from tests.unit.api.names.named_events import claim, speaker, support
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events


@pytest.fixture
async def follower(redis: Redis, tmp_path: Path) -> AsyncIterator[IndexFollower]:
    async with following(redis, tmp_path) as running:
        yield running


@pytest.fixture
async def search(redis: Redis, follower: IndexFollower) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(redis, follower) as client:
        yield client


async def ids(search: httpx.AsyncClient, **given: Any) -> list[str]:
    answer = await search.get("/v1/events", params=given)
    assert answer.status_code == 200, answer.text
    return [one["event_id"] for one in answer.json()["events"]]


async def walk(search: httpx.AsyncClient, path: str = "/v1/events", **given: Any) -> list[str]:
    """Ids of all parts of a list."""
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        body = (await search.get(path, params=given | cursor)).json()
        seen += [one.get("claim_id") or one["event_id"] for one in body.get("claims") or body["events"]]
        if body["next"] is None:
            return seen
        cursor = {"cursor": body["next"]}


def reported(event_id: str, articles: int, *, minutes: int = 0, origins: int | None = None) -> Event:
    """An event with some articles, an hour apart, the last one `minutes` after noon."""
    members = tuple(
        member(f"art_{event_id}_{number}", origin_id=f"org_{number if origins is None else min(number, origins - 1)}")
        .model_copy(update={"published_at": NOON + timedelta(minutes=minutes - 60 * (articles - 1 - number))})
        for number in range(articles)
    )  # fmt: skip
    changed = {
        "counts": Counts(articles=articles, publishers=1, origins=articles if origins is None else origins),
        "first_published_at": members[0].published_at,
        "last_published_at": members[-1].published_at,
    }
    return event(event_id, articles=members, minutes=minutes).model_copy(update=changed)


async def test_a_search_that_takes_too_long_is_answered_with_503(
    search: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "SEARCH_SECONDS", 0.0)
        patch.setattr(time_bounds, "STEPS_BETWEEN_LOOKS", 1)
        answers = [await search.get(path, params={"q": "ferry"}) for path in ("/v1/events", "/v1/claims")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "Ask for fewer words" in answers[0].json()["detail"]
    assert await ids(search, q="ferry") == []


# Conditions


@pytest.mark.parametrize("path", ["/v1/events", "/v1/claims"])
async def test_a_search_without_words_or_with_too_many_is_refused(search: httpx.AsyncClient, path: str) -> None:
    family = await search.get(path, params={"q": "\U0001f468\u200d\U0001f469\u200d\U0001f467"})
    assert (family.status_code, family.json()["errors"][0]["field"]) == (400, "query.q")
    many = await search.get(path, params={"not_q": " ".join(map(str, range(100, 131)))})
    assert (many.status_code, many.json()["errors"][0]["field"]) == (422, "query.not_q")
    assert "at most 30 words" in many.json()["detail"]


async def test_conditions_choose_events(search: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
    await project_events(
        redis, [disputed(), event("evt_a"), event("evt_b", status=EventStatus.CLOSED, headline="Fire")]
    )
    await caught_up(follower, redis)
    assert await ids(search) == ["evt_d", "evt_b", "evt_a"]
    assert await ids(search, publisher="harbourpost.example") == ["evt_d"]
    assert await ids(search, not_publisher="harbourpost.example") == ["evt_b", "evt_a"]
    assert await ids(search, status="closed") == ["evt_b"]
    assert await ids(search, has="contradiction", min_origins=2) == ["evt_d"]
    assert await ids(search, speaker="Ilia Marchenkov") == ["evt_d"]
    assert await ids(search, q="fire") == ["evt_b"]
    assert await ids(search, not_q="fire") == ["evt_d", "evt_a"]
    assert await ids(search, single_origin="true", status="open") == ["evt_a"]
    assert await ids(search, q=["fire", "bodies"], sort="updated") == ["evt_d", "evt_b"]


async def test_a_list_with_conditions_is_as_the_document_says(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    answer = await search.get("/v1/events", params={"q": "ferry bodies", "facets": "publisher,has"})
    body = FoundEventList.model_validate_json(answer.content)
    (listed,) = body.events
    assert listed.highlights is not None
    assert [span.model_dump() for span in listed.highlights.headline] == [{"start": 0, "end": 5}]
    (claim,) = listed.highlights.claims
    assert [claim.text[span.start : span.end] for span in claim.spans] == ["bodies"]
    assert {one.value: one.events for one in body.facets["publisher"]} == {
        "corrowgazette.example": 1,
        "harbourpost.example": 1,
        "Northgate Daily": 1,
    }
    assert [one.value for one in body.facets["has"]] == ["conflicting_figure", "contradiction"]
    assert body.total == 1


async def test_facets_count_all_events_that_match(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    owned = event("evt_o", articles=(member("art_o", publisher=POST),))
    await project_events(redis, [disputed(), event("evt_a"), event("evt_b"), owned])
    await caught_up(follower, redis)
    body = (await search.get("/v1/events", params={"facets": "publisher", "limit": 1, "q": "ferry"})).json()
    assert body["total"] == 4
    assert body["facets"]["publisher"] == [
        {"value": "corrowgazette.example", "events": 3},
        {"value": "harbourpost.example", "events": 2},
        {"value": "Northgate Daily", "events": 1},
    ]


async def test_a_facet_counts_a_value_once_in_whatever_case_events_write_it(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    def said(article: EventArticle, claim_id: str, name: str) -> MergedClaim:
        by = speaker(name, SpeakerKind.ORGANISATION)
        return claim(claim_id, f"{name} were there.", by, [support(article, f"{name} were there.", by)])

    both, lower = member("art_a"), member("art_b")
    claims = {
        both.article_id: (said(both, "clm_1", "police"), said(both, "clm_2", "Police")),
        lower.article_id: (said(lower, "clm_3", "police"),),
    }
    events = [
        event(f"evt_{article.article_id}", articles=(article,)).model_copy(
            update={"claims": claims[article.article_id]}
        )
        for article in (both, lower)
    ]
    await project_events(redis, events)
    await caught_up(follower, redis)
    body = (await search.get("/v1/events", params={"facets": "speaker"})).json()
    assert body["facets"]["speaker"] == [{"value": "Police", "events": 2}]


async def test_fields_choose_what_of_each_event_is_given(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed()])
    await caught_up(follower, redis)
    (listed,) = (await search.get("/v1/events", params={"fields": "headline,counts", "q": "ferry"})).json()["events"]
    assert listed == {"headline": disputed().headline, "counts": {"articles": 3, "publishers": 3, "origins": 2}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"publishr": "x"}, "there is no such parameter: did you mean publisher?"),
        ({"limt": "x"}, "there is no such parameter: did you mean limit?"),
        ({"sort": "date"}, "there is no 'date': did you mean updated?"),
        ({"sort": "relevance"}, "relevance is to words: give q as well"),
        ({"facets": "publishers"}, "there is no 'publishers': did you mean publisher?"),
        ({"fields": "headlines"}, "there is no 'headlines': did you mean headline?"),
        ({"kind": "quotations"}, "there is no 'quotations': did you mean quotation?"),
    ],
)
async def test_what_is_wrong_is_answered_with_what_is_right(
    search: httpx.AsyncClient, given: dict[str, str], message: str
) -> None:
    answer = await search.get("/v1/events", params=given)
    assert answer.status_code == 400
    assert [fault["message"] for fault in answer.json()["errors"]] == [message]
    assert message in answer.json()["detail"]


@pytest.mark.parametrize(
    ("cursor", "status"),
    [
        ("x", 400),
        ("00-0~2026-03-01T00:00:00.000000Z~evt_1", 400),
        ("1-00~2026-03-01T00:00:00.000000Z~evt_1", 400),
        ("origins~1~2026-03-03T12:00:00.000000Z~evt_a", 422),
    ],
)
async def test_a_cursor_of_another_order_or_of_no_list_is_refused(
    search: httpx.AsyncClient, cursor: str, status: int
) -> None:
    assert (await search.get("/v1/events", params={"cursor": cursor})).status_code == status


async def test_while_the_index_is_built_the_plain_list_is_answered(redis: Redis) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b")])
    async with client_of(redis, None) as client:
        assert await walk(client, limit=1) == ["evt_b", "evt_a"]
        assert await ids(client, fields="event_id") == ["evt_b", "evt_a"]
        answer = await client.get("/v1/events", params={"q": "ferry"})
        assert (answer.status_code, answer.json()["title"]) == (503, "The index of searches is being built")
        assert (await client.get("/v1/claims")).status_code == 503


# Orders


async def test_orders(search: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
    day = 24 * 60
    events = [
        reported("evt_old", 9, minutes=-2 * day),
        reported("evt_grown", 3, minutes=0),
        reported("evt_reprinted", 4, minutes=-10, origins=1),
        event("evt_undated", minutes=5).model_copy(update={"last_published_at": None, "articles": ()}),
    ]
    await project_events(redis, events)
    await caught_up(follower, redis)
    expected = {
        "updated": ["evt_undated", "evt_grown", "evt_reprinted", "evt_old"],
        "published": ["evt_grown", "evt_reprinted", "evt_old", "evt_undated"],
        "origins": ["evt_old", "evt_grown", "evt_undated", "evt_reprinted"],
        "growth": ["evt_grown", "evt_reprinted", "evt_undated", "evt_old"],
    }
    for sort, order in expected.items():
        assert await ids(search, sort=sort) == order, sort
        assert await walk(search, sort=sort, limit=1) == order, sort


async def test_relevance_counts_headline_and_names_most(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    in_claim = citing("art_1", event_id="evt_claim")
    in_headline = event("evt_headline", headline="Selwick opens a door", minutes=-9)
    await project_events(redis, [in_claim, in_headline, event("evt_other")])
    await caught_up(follower, redis)
    assert await ids(search, q="door") == ["evt_headline", "evt_claim"]
    assert await walk(search, q="door", limit=1) == ["evt_headline", "evt_claim"]
    assert await ids(search, q="door", sort="updated") == ["evt_claim", "evt_headline"]


async def test_a_name_with_a_typo_is_found_and_said(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [disputed(), event("evt_a")])
    await caught_up(follower, redis)
    body = (await search.get("/v1/events", params={"q": "Marchenkow bodies"})).json()
    assert [one["event_id"] for one in body["events"]] == ["evt_d"]
    body = (await search.get("/v1/events", params={"q": "Marchnkov"})).json()
    assert [one["event_id"] for one in body["events"]] == ["evt_d"]
    assert body["corrected"] == {"Marchnkov": ["marchenkov"]}


# Walks


async def test_a_walk_gives_every_event_once_whatever_changes(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    """Events move to the top and to the bottom, new ones come at both ends, and some go twice."""
    first = {f"evt_{number:03}" for number in range(120)}
    await project_events(redis, [event(f"evt_{number:03}", minutes=number // 3) for number in range(120)])
    await caught_up(follower, redis)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for part in range(100):
        body = (await search.get("/v1/events", params={"limit": 7, **cursor})).json()
        seen += [one["event_id"] for one in body["events"]]
        if body["next"] is None:
            break
        cursor = {"cursor": body["next"]}
        moved = [(7 * part + 11) % 120, (13 * part + 60) % 120, 119 - part]
        await project_events(
            redis,
            [event(f"evt_{at:03}", 2 + part, minutes=100 + part) for at in moved[:2]],
            [event(f"evt_{moved[2]:03}", 200 + part, minutes=-50 - part)],
            [event(f"evt_new_{part}", minutes=-30), event(f"evt_top_{part}", minutes=500 + part)],
        )
        await caught_up(follower, redis)
    assert len(seen) == len(set(seen))
    assert set(seen) == first


async def test_a_walk_with_conditions_goes_on_where_it_was(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [event(f"evt_{number}", minutes=number) for number in range(6)])
    await caught_up(follower, redis)
    body = (await search.get("/v1/events", params={"limit": 2, "q": "ferry", "sort": "updated"})).json()
    await project_events(redis, [event("evt_0", 2, minutes=99), event("evt_9", minutes=98)])
    await caught_up(follower, redis)
    asked = {"limit": 100, "q": "ferry", "sort": "updated", "cursor": body["next"]}
    assert await ids(search, **asked) == ["evt_3", "evt_2", "evt_1", "evt_0"]


async def test_a_walk_that_began_before_the_moves_that_are_known_is_refused(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_following, "MOVES_MS", 0)
    monkeypatch.setattr(index_following, "FORGET_EVERY", 1)
    await project_events(redis, [event(f"evt_{number}", minutes=number) for number in range(4)])
    await caught_up(follower, redis)
    old = (await search.get("/v1/events", params={"limit": 2})).json()["next"]
    await project_events(redis, [event("evt_0", 2, minutes=99)])
    async with asyncio.timeout(10):
        while (refused := await search.get("/v1/events", params={"cursor": old})).status_code == 200:
            pass
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert "too long ago" in refused.text
    new = (await search.get("/v1/events", params={"limit": 2})).json()["next"]
    assert await ids(search, cursor=new) == ["evt_2", "evt_1"]


async def test_a_cursor_of_the_old_form_still_names_a_place(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b", minutes=1)])
    await caught_up(follower, redis)
    assert await ids(search, cursor="2026-03-03T12:01:00.000000Z~evt_b") == ["evt_a"]


# Claims


async def test_claims_say_who_said_what_about_whom_where_and_in_which_event(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    await project_events(redis, [citing("art_1", "art_2"), disputed()])
    await caught_up(follower, redis)
    answer = await search.get("/v1/claims", params={"q": "door open", "speaker": "marta selwick"})
    (claim,) = FoundClaimList.model_validate_json(answer.content).claims
    assert (claim.event.event_id, claim.claim_id, claim.text) == ("evt_c", "clm_door", CLAIMS[1])
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Marta Selwick"
    assert claim.report.article_id == "art_1"
    assert [claim.text[span.start : span.end] for span in claim.highlights] == ["door", "open"]


async def claim_ids(search: httpx.AsyncClient, **given: Any) -> list[str]:
    answer = await search.get("/v1/claims", params=given)
    assert answer.status_code == 200, answer.text
    return sorted(one["claim_id"] for one in answer.json()["claims"])


async def test_conditions_choose_claims(search: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
    await project_events(redis, [citing("art_1", "art_2"), disputed()])
    await caught_up(follower, redis)
    everything = ["clm_14", "clm_9", "clm_dead", "clm_door", "clm_door"]
    assert await claim_ids(search) == everything
    assert await claim_ids(search, q="people died") == ["clm_dead"]
    assert await claim_ids(search, q=["people died", "bodies"]) == ["clm_9", "clm_dead"]
    assert await claim_ids(search, not_q="door") == ["clm_14", "clm_9", "clm_dead"]
    assert await claim_ids(search, q="door", not_speaker="Ilya Marchenkov") == ["clm_door"]
    assert await claim_ids(search, speaker="ilia marchenkov") == ["clm_14", "clm_9", "clm_door"]
    assert await claim_ids(search, event="evt_c") == ["clm_dead", "clm_door"]
    assert await claim_ids(search, event="evt_none") == []
    assert await claim_ids(search, publisher="harbourpost.example") == ["clm_9", "clm_door"]
    assert await claim_ids(search, min_origins=2) == ["clm_door"]
    assert await claim_ids(search, kind="quotation") == []
    assert await claim_ids(search, published_since="2026-03-03") == ["clm_14", "clm_9", "clm_door"]
    assert await claim_ids(search, published_until="2026-03-02") == []


async def test_claims_of_a_merged_event_are_those_of_the_one_that_took_it_in(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    gone = event("evt_gone", 2, status=EventStatus.MERGED, merged_into="evt_c", articles=())
    await project_events(redis, [event("evt_gone"), citing("art_1")], [gone])
    await caught_up(follower, redis)
    assert await claim_ids(search, event="evt_gone") == ["clm_dead", "clm_door"]


async def test_claims_about_an_entity_are_those_that_name_it(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    named = disputed()
    claims = (named.claims[0].model_copy(update={"text": "Ilia Marchenkov resigned."}), *named.claims[1:])
    await project_events(redis, [named.model_copy(update={"claims": claims})])
    await caught_up(follower, redis)
    (claim,) = (await search.get("/v1/claims", params={"entity": "Ilya Marchenkov"})).json()["claims"]
    assert claim["about"] == ["Ilya Marchenkov"]


async def test_walking_the_claims_gives_each_once_the_newest_first(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    def reporting(number: int) -> Event:
        base = disputed().model_copy(update={"event_id": f"evt_{number}"})
        at = NOON + timedelta(minutes=number)
        claims = tuple(
            claim.model_copy(update={"claim_id": f"{number:02}_{claim.claim_id}", "first_reported_at": at})
            for claim in base.claims
        )
        return base.model_copy(update={"claims": claims})

    await project_events(redis, [reporting(number) for number in range(20)])
    await caught_up(follower, redis)
    seen = await walk(search, "/v1/claims", limit=7)
    assert len(seen) == len(set(seen)) == 60
    assert [one[:2] for one in seen] == sorted((one[:2] for one in seen), reverse=True)


async def test_a_wrong_parameter_of_claims_is_answered_with_the_right_one(search: httpx.AsyncClient) -> None:
    answer = await search.get("/v1/claims", params={"speakr": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
        400,
        "there is no such parameter: did you mean speaker?",
    )
    assert (await search.get("/v1/claims", params={"cursor": "7"})).status_code == 400


async def test_publishers_without_domain_are_found_by_name(
    search: httpx.AsyncClient, redis: Redis, follower: IndexFollower
) -> None:
    family = Publisher(name="Müller & Söhne", family="Harbour Média")
    await project_events(redis, [event("evt_m", articles=(member("art_m", publisher=family),))])
    await caught_up(follower, redis)
    assert await ids(search, publisher="muller sohne") == ["evt_m"]
    assert await ids(search, family="HARBOUR MEDIA") == ["evt_m"]
