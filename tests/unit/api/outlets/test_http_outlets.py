"""An outlet over HTTP, with a real Redis and a follower that runs."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.outlets.models import FLOOR, FoundOutlet, Measure
from services.api.search.following import IndexFollower
from services.contracts.article import Publisher
from services.contracts.event import Event, EventStatus
from tests.unit.api.examples import GAZETTE, POST
from tests.unit.api.outlets.test_measures import at, told
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events


class Asked:
    """Puts events in and asks for an outlet."""

    def __init__(self, http: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
        self.http, self.redis, self.follower = http, redis, follower

    async def put(self, *events: Event) -> None:
        await project_events(self.redis, list(events))
        await caught_up(self.follower, self.redis)

    async def outlet(self, key: str = "harbourpost.example", **given: Any) -> FoundOutlet:
        answer = await self.http.get(f"/v1/outlets/{key}", params=given)
        assert answer.status_code == 200, answer.text
        return FoundOutlet.model_validate_json(answer.content)


@pytest.fixture
async def asked(redis: Redis, tmp_path: Path) -> AsyncIterator[Asked]:
    async with following(redis, tmp_path) as follower, client_of(redis, follower) as http:
        yield Asked(http, redis, follower)


def numbered(number: int, *, first: bool, version: int = 1) -> Event:
    """Event `number`: the Post is first, or copies the Gazette."""
    post, gazette = (0, 5) if first else (5, 0)
    articles = sorted(
        (at(f"p{number}", POST, post, origin=f"o{number}"), at(f"g{number}", GAZETTE, gazette, origin=f"o{number}")),
        key=lambda article: str(article.published_at),
    )
    return told(*articles).model_copy(update={"event_id": f"evt_{number:02}", "version": version})


def measure(found: FoundOutlet, name: str) -> Measure:
    return next(one for one in found.measures if one.name == name)


async def test_counts_are_summed_over_events_and_have_a_share_from_the_floor_on(asked: Asked) -> None:
    await asked.put(*(numbered(number, first=number < 5) for number in range(FLOOR)))
    found = await asked.outlet()
    assert (found.name, found.articles, found.covered) == ("The Harbour Post", FLOOR, FLOOR)
    first, copies = measure(found, "first"), measure(found, "copies")
    assert (first.count, first.of, first.share) == (5, FLOOR, 0.25)
    assert (copies.count, copies.of, copies.share) == (FLOOR - 5, FLOOR, 0.75)
    assert [(one.key, one.articles) for one in found.copied_from] == [("corrowgazette.example", FLOOR - 5)]


async def test_of_few_there_is_a_count_and_no_share(asked: Asked) -> None:
    await asked.put(*(numbered(number, first=True) for number in range(FLOOR - 1)))
    first = measure(await asked.outlet(), "first")
    assert (first.count, first.of, first.share) == (FLOOR - 1, FLOOR - 1, None)


async def test_the_events_behind_a_measure_are_listed_part_by_part(asked: Asked) -> None:
    await asked.put(*(numbered(number, first=number % 2 == 0) for number in range(6)))
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        part = await asked.outlet(events="first", limit=2, **cursor)
        seen += [one.event_id for one in part.events]
        assert all(one.first for one in part.events)
        if part.next is None:
            break
        cursor = {"cursor": part.next}
    assert seen == ["evt_04", "evt_02", "evt_00"]
    assert len((await asked.outlet(events="copies")).events) == 3
    assert (await asked.outlet(events="withdrawn")).events == ()


async def test_a_newer_version_of_an_event_replaces_what_was_counted(asked: Asked) -> None:
    await asked.put(numbered(1, first=True), numbered(2, first=True))
    await asked.put(numbered(1, first=False, version=2))
    found = await asked.outlet()
    assert (found.covered, measure(found, "first").count, measure(found, "copies").count) == (2, 1, 1)
    merged = numbered(2, first=True, version=2).model_copy(
        update={"status": EventStatus.MERGED, "merged_into": "evt_01"}
    )
    await asked.put(merged)
    assert (await asked.outlet()).covered == 1


async def test_an_outlet_without_a_domain_is_found_by_its_name(asked: Asked) -> None:
    await asked.put(told(at("a", Publisher(name="Ostrell Free Press"), 0)))
    assert (await asked.outlet("Ostrell Free Press")).key == "ostrell-free-press"


async def test_the_page_of_an_outlet_shows_its_domain_and_no_name_twice(asked: Asked) -> None:
    await asked.put(told(at("a", Publisher(name="Ostrell Free Press"), 0)), numbered(1, first=True))
    named, with_domain = [
        (await asked.http.get(f"/outlets/{key}", headers={"Accept": "text/html"})).text
        for key in ("ostrell-free-press", "harbourpost.example")
    ]
    assert "<bdi>ostrell-free-press</bdi>" not in named
    assert "<bdi>harbourpost.example</bdi>" in with_domain
    assert "Events that it reports" in named


async def test_a_domain_is_found_with_www_and_in_any_case(asked: Asked) -> None:
    await asked.put(numbered(1, first=True))
    assert (await asked.outlet("www.HarbourPost.example")).key == "harbourpost.example"


@pytest.mark.parametrize("key", ["nowhere.example", "%E2%80%94", "x" * 3_000])
async def test_an_outlet_that_no_event_has_is_said_to_be_unknown(asked: Asked, key: str) -> None:
    answer = await asked.http.get(f"/v1/outlets/{key}")
    assert (answer.status_code, answer.json()["title"]) == (404, "No such outlet")


@pytest.mark.parametrize("given", [{"events": "best"}, {"cursor": "x"}, {"sort": "first"}])
async def test_what_cannot_be_asked_of_an_outlet_is_refused(asked: Asked, given: dict[str, str]) -> None:
    await asked.put(numbered(1, first=True))
    assert (await asked.http.get("/v1/outlets/harbourpost.example", params=given)).status_code in {400, 422}
