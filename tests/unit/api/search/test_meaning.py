"""`sort=meaning`: words and meaning together. The meaning here is of letters: "listen" means what "silent" means."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.draft_services import DraftServices
from services.api.match.meaning import PAUSE_SECONDS, MeaningSearch
from services.api.search import fused_search
from services.api.search.following import IndexFollower
from services.api.view_store import ViewStore
from services.contracts.event import EventStatus
from tests.unit.api.drafts import BothServices, lay_article
from tests.unit.api.examples import event as some_event
from tests.unit.api.search.followers import caught_up, following
from tests.unit.api.view import project_events


@pytest.fixture
async def follower(redis: Redis, tmp_path: Path) -> AsyncIterator[IndexFollower]:
    async with following(redis, tmp_path) as running:
        yield running


class Flaky(BothServices):
    """Both services, which can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.away:
            raise httpx.ConnectError("refused", request=request)
        return await super().handle_async_request(request)


@asynccontextmanager
async def searching(redis: Redis, follower: IndexFollower, services: Flaky) -> AsyncIterator[httpx.AsyncClient]:
    drafts = DraftServices("http://extract", "http://dedupe", services)
    app = create_app(ViewStore(redis), follower=follower, drafts=drafts)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        yield client


async def lay_events(redis: Redis, follower: IndexFollower) -> None:
    await lay_article(redis, "evt_words", "art_1", "Silent night", "A silent night in Corrow, zzzz zzzz zzzz zzzz.")
    await lay_article(redis, "evt_meaning", "art_2", "Enlist", "Listen, enlist!")
    await lay_article(redis, "evt_neither", "art_3", "Quck", "Quck vozz quox zukk wuzz.")
    await caught_up(follower, redis)


async def found(client: httpx.AsyncClient, **given: str) -> tuple[list[str], list[str]]:
    answer = await client.get("/v1/events", params={"sort": "meaning", "q": "silent"} | given)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["next"] is None
    return [each["event_id"] for each in body["events"]], body["searched_by"]


async def test_events_are_found_by_words_and_by_meaning(redis: Redis, follower: IndexFollower) -> None:
    await lay_events(redis, follower)
    async with searching(redis, follower, Flaky()) as client:
        listed, searched_by = await found(client)
        assert searched_by == ["words", "meaning"]
        assert {"evt_words", "evt_meaning"} <= set(listed)
        assert "evt_neither" not in listed
        by_words = await client.get("/v1/events", params={"q": "silent"})
        assert [each["event_id"] for each in by_words.json()["events"]] == ["evt_words"]


async def test_what_is_near_in_meaning_meets_all_other_conditions(redis: Redis, follower: IndexFollower) -> None:
    await lay_events(redis, follower)
    async with searching(redis, follower, Flaky()) as client:
        assert (await found(client, status="closed"))[0] == []
        assert "evt_meaning" not in (await found(client, not_q="enlist"))[0]


async def test_without_dedupe_words_alone_are_searched_and_the_answer_says_so(
    redis: Redis, follower: IndexFollower
) -> None:
    await lay_events(redis, follower)
    services = Flaky()
    services.away = True
    async with searching(redis, follower, services) as client:
        assert await found(client) == (["evt_words"], ["words"])


async def test_what_does_not_answer_is_left_alone_for_a_while(redis: Redis, follower: IndexFollower) -> None:
    await lay_events(redis, follower)
    services, clock = Flaky(), [0.0]
    meaning = MeaningSearch(
        ViewStore(redis).vectors, DraftServices("http://extract", "http://dedupe", services), lambda: clock[0]
    )
    services.away = True
    assert await meaning.rankings(["silent"]) is None
    services.away = False
    assert await meaning.rankings(["silent"]) is None
    assert services.asked == 1
    clock[0] = PAUSE_SECONDS
    rankings = await meaning.rankings(["silent"])
    assert rankings is not None
    assert rankings[0][0] == "evt_meaning"


async def test_meaning_needs_words_to_be_searched(redis: Redis, follower: IndexFollower) -> None:
    async with searching(redis, follower, Flaky()) as client:
        answer = await client.get("/v1/events", params={"sort": "meaning"})
    assert answer.status_code == 400
    assert "give q as well" in answer.text


async def lay_many(redis: Redis, follower: IndexFollower, count: int) -> None:
    """Events that have the word, one near it in meaning without, and one that is neither."""
    await lay_events(redis, follower)
    for number in range(count):
        text = f"A night{' vozz' * number}."
        await lay_article(redis, f"evt_{number:02}", f"art_w{number:02}", f"Silent night{' in Corrow' * number}", text)
    await caught_up(follower, redis)


async def part(client: httpx.AsyncClient, limit: int, cursor: str | None = None) -> dict[str, Any]:
    """One part of the list."""
    given = {"sort": "meaning", "q": "silent", "limit": str(limit)} | ({"cursor": cursor} if cursor else {})
    answer = await client.get("/v1/events", params=given)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def walk(client: httpx.AsyncClient, limit: int, cursor: str | None = None) -> list[str]:
    """All that follows, part by part."""
    listed: list[str] = []
    while True:
        body = await part(client, limit, cursor)
        listed += [event["event_id"] for event in body["events"]]
        cursor = body["next"]
        if cursor is None:
            return listed


@pytest.mark.parametrize("limit", [1, 4, 7])
async def test_the_list_is_walked_through_part_by_part(
    redis: Redis, follower: IndexFollower, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fused_search, "FUSED", 5)
    await lay_many(redis, follower, 20)
    async with searching(redis, follower, Flaky()) as client:
        whole = await part(client, 100)
        expected = [event["event_id"] for event in whole["events"]]
        assert (whole["next"], "left_out" in whole) == (None, False)
        assert len(set(expected)) == len(expected)
        assert {f"evt_{number:02}" for number in range(20)} | {"evt_words", "evt_meaning"} <= set(expected)
        assert await walk(client, limit) == expected


async def test_words_stand_marked_in_every_part(redis: Redis, follower: IndexFollower) -> None:
    await lay_article(redis, "evt_meaning", "art_m", "Enlist", "Listen, enlist!")
    for number in range(6):
        await lay_article(redis, f"evt_{number}", f"art_{number}", f"Silent night {number}", "Corrow.")
    await caught_up(follower, redis)
    async with searching(redis, follower, Flaky()) as client:
        cursor, marked = None, 0
        while True:
            body = await part(client, 2, cursor)
            marked += sum(bool(event["highlights"]["headline"]) for event in body["events"] if "highlights" in event)
            cursor = body["next"]
            if cursor is None:
                break
    assert marked == 6


async def test_what_comes_or_goes_meanwhile_neither_hides_nor_repeats_another(
    redis: Redis, follower: IndexFollower
) -> None:
    await lay_many(redis, follower, 12)
    async with searching(redis, follower, Flaky()) as client:
        before = await walk(client, 100)
        first = await part(client, 4)
        seen = [event["event_id"] for event in first["events"]]
        for number in range(3):
            await lay_article(redis, f"evt_new{number}", f"art_new{number}", "Silent, silent", "Silent: silent.")
        gone = some_event(seen[-1], 2, status=EventStatus.MERGED, merged_into="evt_neither", articles=())
        await project_events(redis, [gone])
        await caught_up(follower, redis)
        rest = await walk(client, 4, first["next"])
        assert len(set(rest)) == len(rest)
        # The new ones come first, and the event after which to go on is gone: then its place counts.
        assert set(before) - set(seen) <= set(rest)
        assert len(set(rest) & set(seen)) <= 3


async def test_new_events_before_the_place_shift_nothing(redis: Redis, follower: IndexFollower) -> None:
    await lay_many(redis, follower, 12)
    async with searching(redis, follower, Flaky()) as client:
        before = await walk(client, 100)
        first = await part(client, 4)
        await lay_article(redis, "evt_new", "art_new", "Silent, silent", "Silent: silent.")
        await caught_up(follower, redis)
        assert (await walk(client, 100))[0] == "evt_new"
        assert await walk(client, 4, first["next"]) == before[4:]


async def test_a_list_that_was_begun_by_words_alone_goes_on_so(redis: Redis, follower: IndexFollower) -> None:
    await lay_many(redis, follower, 6)
    services = Flaky()
    services.away = True
    async with searching(redis, follower, services) as client:
        by_words = await walk(client, 100)
        first = await part(client, 3)
    async with searching(redis, follower, Flaky()) as client:
        second = await part(client, 100, first["next"])
        assert second["searched_by"] == ["words"]
        assert [event["event_id"] for event in [*first["events"], *second["events"]]] == by_words


async def test_a_list_by_meaning_does_not_go_on_by_words_alone(redis: Redis, follower: IndexFollower) -> None:
    await lay_many(redis, follower, 6)
    services = Flaky()
    async with searching(redis, follower, services) as client:
        first = await part(client, 3)
        services.away = True
        query = {"sort": "meaning", "q": "silent", "cursor": first["next"]}
        answer = await client.get("/v1/events", params=query)
        assert (answer.status_code, answer.json()["title"]) == (503, "Search by meaning is not available now")


async def test_where_the_list_ends_before_all_are_told_it_says_how_many_are_left_out(
    redis: Redis, follower: IndexFollower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fused_search, "MOST_RANKED", 8)
    await lay_many(redis, follower, 12)
    async with searching(redis, follower, Flaky()) as client:
        body = await part(client, 3)
        # 13 events have the word.
        assert body["left_out"] == 5
        by_both = await walk(client, 3)
        by_relevance = (await client.get("/v1/events", params={"q": "silent", "limit": "100"})).json()["events"]
        assert {event["event_id"] for event in by_relevance[:8]} <= set(by_both)
        page = await client.get("/", params={"q": "silent", "sort": "meaning"}, headers={"Accept": "text/html"})
        assert "5 more events have the words; the order “Best match of the words first” lists all." in page.text


async def test_the_front_page_leads_to_the_next_part(redis: Redis, follower: IndexFollower) -> None:
    await lay_many(redis, follower, 30)
    async with searching(redis, follower, Flaky()) as client:
        query = {"q": "silent", "sort": "meaning"}
        first = await client.get("/", params=query, headers={"Accept": "text/html"})
        (cursor,) = set(re.findall(r"cursor=(meaning[^\"&]+)", first.text))
        second = await client.get("/", params=query | {"cursor": unquote(cursor)}, headers={"Accept": "text/html"})
    events = [set(re.findall(r"/events/(evt_\w+)", page.text)) for page in (first, second)]
    assert not events[0] & events[1]
    assert {f"evt_{number:02}" for number in range(30)} <= events[0] | events[1]


@pytest.mark.parametrize("cursor", ["meaning~3~evt_a", "meaning~x~undated~evt_a", "meaning-word~3~undated~evt_a"])
async def test_a_cursor_that_is_none_is_refused(redis: Redis, follower: IndexFollower, cursor: str) -> None:
    async with searching(redis, follower, Flaky()) as client:
        answer = await client.get("/v1/events", params={"sort": "meaning", "q": "silent", "cursor": cursor})
        assert answer.status_code == 400
        other = await client.get("/v1/events", params={"q": "silent", "cursor": "meaning~3~undated~evt_a"})
        assert other.status_code == 422
