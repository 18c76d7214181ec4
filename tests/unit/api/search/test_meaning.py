"""`sort=meaning`: words and meaning together. The meaning here is of letters: "listen" means what "silent" means."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.draft_services import DraftServices
from services.api.match.meaning import PAUSE_SECONDS, MeaningSearch
from services.api.search.following import IndexFollower
from services.api.view_store import ViewStore
from tests.unit.api.drafts import BothServices, lay_article
from tests.unit.api.search.followers import caught_up, following


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
