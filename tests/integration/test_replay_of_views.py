"""Assign and merge behind each other: neither batches, restarts nor repetitions show in the views they publish."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.contracts.event import Event
from tests.support.arrivals import Arrival, any_arrival, arrivals
from tests.support.brokers import running_redis
from tests.support.two_stages import TwoStages


@dataclass(frozen=True)
class Batch:
    """How many articles are handled together, and what happens then."""

    size: int
    crashes: bool = False
    """After assign has published and before it saved."""
    restarts: bool = False
    """After all was saved and published."""
    loses: bool = False
    """Merge dies after it has saved, before it publishes."""


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


def consume(
    url: str, stream: Sequence[Arrival], batches: Sequence[Batch], kept_articles: int, max_seconds: float = float("inf")
) -> TwoStages:
    """Run the stages over a stream from an empty store. What `batches` leave follows in batches of any size."""

    async def run() -> TwoStages:
        async with Redis.from_url(url) as redis:
            await redis.flushdb()
            stages = TwoStages(redis, kept_articles=kept_articles, max_seconds=max_seconds)
            await stages.start()
            for batch in [*batches, *repeat(Batch(len(stream)), len(stream))]:
                part = stream[stages.offset : stages.offset + batch.size]
                if part:
                    await stages.take(part, crashes=batch.crashes)
                if batch.crashes and batch.loses:
                    await stages.merge_rest(crashes=True)
                if batch.crashes or batch.restarts:
                    await stages.start()
            while await stages.merge_rest() or await stages.idle():
                pass
            return stages

    return asyncio.run(run())


batches = st.lists(
    st.builds(Batch, size=st.integers(1, 9), crashes=st.booleans(), restarts=st.booleans(), loses=st.booleans()),
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(
    stream=arrivals(), cut=batches, kept_articles=st.sampled_from((1, 4, 1_000)), max_seconds=st.sampled_from((0.0, 60))
)
def test_however_the_log_is_cut_and_whenever_a_stage_dies_the_views_are_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch], kept_articles: int, max_seconds: float
) -> None:
    one_by_one = consume(redis_url, stream, [Batch(1)] * len(stream), 1_000)
    other = consume(redis_url, stream, cut, kept_articles, max_seconds)
    for kind in kinds(one_by_one.last):
        note(f"seen: {kind}")
    assert other.last == one_by_one.last
    assert other.versions.items() <= one_by_one.versions.items()


def test_a_second_run_of_the_internal_topics_is_the_same_in_each_byte(redis_url: str) -> None:
    """As above on fixed long streams, in which all that can happen to an event does."""
    chance = random.Random(11)
    seen: Counter[str] = Counter()
    for _ in range(5):
        stream = [any_arrival(chance) for _ in range(40)]
        first = consume(redis_url, stream, [], 1_000)
        cut = [Batch(chance.randrange(1, 7), chance.random() < 0.3, chance.random() < 0.3) for _ in range(30)]
        assert consume(redis_url, stream, cut, 2).last == first.last
        seen += kinds(first.last)
    assert {"merge", "split", "move", "merged", "closed", "open"} <= seen.keys(), seen


def kinds(views: dict[str, bytes]) -> Counter[str]:
    events = [Event.model_validate_json(view) for view in views.values()]
    changes = Counter(entry.kind for event in events for entry in event.lineage)
    return changes + Counter(str(event.status) for event in events)
