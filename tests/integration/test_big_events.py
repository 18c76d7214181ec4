"""Big events on a real Redis: they wait between builds, others do not wait for them, and nothing is lost by it."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.contracts.event import Event
from services.dedupe.unpublished_events import FREE_SECONDS
from tests.support.arrivals import Arrival, any_arrival, arrivals, title_of
from tests.support.brokers import running_redis
from tests.support.two_stages import TwoStages

LIKE, UNRELATED = 0, 12
"""Angles of the leads of one event, and of one that has nothing to do with it."""

PER_BATCH = 40
"""Like articles that come together, in a stream of hundreds."""
PATIENCE_SECONDS = 10.0
"""Processor time of a batch of these. Where every pair was held against all its rivals, the eighth took 33 s."""


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


def like(number: int) -> Arrival:
    return Arrival(number, angle=LIKE, days=number / 400, said=number % 4, outlet=number)


def unrelated(number: int) -> Arrival:
    return Arrival(1_000 + number, angle=UNRELATED, days=0.1, outlet=number)


def test_an_unrelated_article_is_published_at_once_while_a_big_event_waits(redis_url: str) -> None:
    async def scenario() -> None:
        async with Redis.from_url(redis_url) as redis:
            await redis.flushdb()
            stage = TwoStages(redis, pause_factor=1e9)
            await stage.start()
            (big,) = await stage.take([like(number) for number in range(30)])
            assert await stage.take([like(number) for number in range(30, 60)]) == []
            (other,) = await stage.take([like(60), unrelated(0), like(61)])
            assert other != big
            assert await stage.idle() == []
            stage.seconds += 60
            assert await stage.idle() == [big]
            assert Event.model_validate_json(stage.last[big]).counts.articles == 62

    asyncio.run(scenario())


def test_what_waited_when_the_process_ended_is_published_by_the_next_though_nothing_comes_in(redis_url: str) -> None:
    async def scenario() -> None:
        async with Redis.from_url(redis_url) as redis:
            await redis.flushdb()
            stage = TwoStages(redis, pause_factor=1e9)
            await stage.start()
            (big,) = await stage.take([like(0), like(1)])
            assert await stage.take([like(2)]) == []
            await stage.start()
            assert await stage.idle() == [big]
            assert Event.model_validate_json(stage.last[big]).counts.articles == 3
            assert await stage.idle() == []
            await stage.take([unrelated(0)])
            await stage.start()
            assert await stage.idle() == []  # and it is not kept for good

    asyncio.run(scenario())


def test_articles_that_left_memory_may_change_sides_while_their_event_waits(redis_url: str) -> None:
    async def scenario() -> None:
        async with Redis.from_url(redis_url) as redis:
            for seed in range(12):
                chance = random.Random(seed)
                stream = [any_arrival(chance) for _ in range(28)]
                last = []
                for pause_factor in (0.0, 1e9):
                    await redis.flushdb()
                    stage = TwoStages(redis, pause_factor)
                    await stage.start()
                    for arrival in stream:
                        await stage.take([arrival])
                    stage.seconds += 60
                    while await stage.idle():
                        pass
                    last.append(stage.last)
                assert last[0] == last[1]

    asyncio.run(scenario())


def test_no_unrelated_article_waits_for_an_event_of_400_like_articles(redis_url: str) -> None:
    async def scenario() -> None:
        async with Redis.from_url(redis_url) as redis:
            await redis.flushdb()
            stage = TwoStages(redis, pause_factor=9.0, free_seconds=FREE_SECONDS)
            await stage.start()
            (big,) = await stage.take([like(number) for number in range(PER_BATCH)])
            for at in range(PER_BATCH, 400, PER_BATCH):
                stage.seconds += 60  # a small event whose build took long by chance waits no longer than this
                began = time.process_time()
                told = await stage.take([*(like(at + number) for number in range(PER_BATCH)), unrelated(at)])
                assert time.process_time() - began < PATIENCE_SECONDS
                (other,) = [event for event in told if event != big]
                assert title_of(1_000 + at) in stage.last[other].decode()

    asyncio.run(scenario())


@dataclass(frozen=True)
class Batch:
    """How many articles are handled together, and what happens then."""

    size: int
    crashes: bool = False
    restarts: bool = False
    idles: bool = False
    passes: float = 0.0


batches = st.lists(
    st.builds(
        Batch,
        size=st.integers(1, 9),
        crashes=st.booleans(),
        restarts=st.booleans(),
        idles=st.booleans(),
        passes=st.sampled_from((0.0, 30.0, 60.0)),
    ),
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(stream=arrivals(), cut=batches)
def test_however_long_events_wait_their_last_versions_are_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch]
) -> None:
    async def consumed(cut: Sequence[Batch], pause_factor: float) -> dict[str, bytes]:
        async with Redis.from_url(redis_url) as redis:
            await redis.flushdb()
            stage = TwoStages(redis, pause_factor)
            await stage.start()
            for batch in [*cut, Batch(len(stream))]:
                part = stream[stage.offset : stage.offset + batch.size]
                if part:
                    await stage.take(part, crashes=batch.crashes)
                if batch.crashes or batch.restarts:
                    await stage.start()
                stage.seconds += batch.passes
                if batch.idles:
                    await stage.idle()
            await stage.merge_rest()
            stage.seconds += 60
            while await stage.idle():
                pass
            return stage.last

    assert asyncio.run(consumed(cut, 1e9)) == asyncio.run(consumed([Batch(1)] * len(stream), 0.0))
