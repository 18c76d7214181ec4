"""The assign stage on a real Redis: neither batches, restarts nor repetitions show in what it publishes and keeps."""

import asyncio
import math
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.contracts.embedded import EmbeddedArticle
from services.contracts.placed import EventPlaced
from services.contracts.topics import ARTICLE_EMBEDDED
from services.dedupe.assign_handler import AssignHandler
from services.dedupe.clustering.records import ArticleRecord, PlacedRecord
from services.dedupe.clustering.shard import Shard
from services.dedupe.placed_events import PART_BYTES
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.packed import pack_dataclass
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE, ShardStore
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing
from tests.support.arrivals import Arrival, any_arrival, arrivals, cosine_decision, embedded
from tests.support.brokers import running_redis
from tests.support.placed import Follower

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
PARTITION = 0
SMALL_PART = 3_000
"""Bytes that hold one article, and sometimes two."""


@dataclass
class Outcome:
    """What a run published and left in Redis."""

    told: dict[str, bytes] = field(default_factory=dict)
    """By message id, in the order in which they were first published."""
    kept: dict[str, object] = field(default_factory=dict)
    """See `kept_in`."""

    def note(self, published: Sequence[Outgoing]) -> None:
        """Take in what was published; what was before has to be the same."""
        for outgoing in published:
            value = outgoing.value.model_dump_json().encode()
            assert self.told.setdefault(outgoing.id, value) == value, "a repetition says something else"

    def read(self) -> Follower:
        """Somebody who has read it all."""
        reader = Follower()
        reader.read(map(EventPlaced.model_validate_json, self.told.values()))
        return reader


@dataclass(frozen=True)
class Batch:
    """How many articles are handled together, and what happens then."""

    size: int
    crashes: bool = False
    """Before it saved."""
    restarts: bool = False
    """After it saved, before it published."""


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


def consume(
    url: str,
    stream: Sequence[Arrival],
    batches: Sequence[Batch],
    kept_articles: int | None,
    *,
    max_seconds: float = math.inf,
    part_bytes: int = PART_BYTES,
) -> Outcome:
    """Run the stage over a stream from an empty store. What `batches` leave follows in batches of any size."""

    async def run() -> Outcome:
        async with Redis.from_url(url) as redis:
            await redis.flushdb()
            rest = repeat(Batch(len(stream)), len(stream))

            async def start() -> tuple[AssignHandler, int]:
                return await started(redis, kept_articles, max_seconds, part_bytes)

            return await _consume(redis, stream, [*batches, *rest], start)

    return asyncio.run(run())


async def _consume(
    redis: Redis,
    stream: Sequence[Arrival],
    batches: Sequence[Batch],
    start: Callable[[], Awaitable[tuple[AssignHandler, int]]],
) -> Outcome:
    outcome = Outcome()
    handler, at = await start()
    for batch in batches:
        messages = [message(offset, stream[offset]) for offset in range(at, min(at + batch.size, len(stream)))]
        if not messages:
            continue
        result = await handler.handle(messages)
        assert not result.outgoing, "only what was saved is published"
        if not batch.crashes:
            at = messages[: result.handled][-1].offset + 1
            await handler.save({PARTITION: at})
        if batch.crashes or batch.restarts:
            handler, at = await start()
        outcome.note(handler.take_outbox())
    outcome.kept = await kept_in(redis)
    return outcome


async def kept_in(redis: Redis) -> dict[str, object]:
    """What the stage has kept: records as they are, and what a restart makes of the live articles.

    A pair that an article had with one that has gone or come again may stand with it or not, by whether it was saved
    between; a restart passes over it, so it is not compared.
    """
    kept: dict[str, object] = {}
    for name in await redis.keys("dedupe:*"):
        key = name if isinstance(name, str) else name.decode()
        if key.endswith(":articles"):
            records = (await redis.hgetall(key)).values()
            kept[key] = {
                one.article_id: one.model_copy(update={"near": {}})
                for one in map(ArticleRecord.from_json_bytes, records)
            }
        elif key.endswith(":live"):
            restored = new_shard(None)
            await ShardStore(redis).load_shard(key.split(":")[1], restored)
            ids = [name if isinstance(name, str) else name.decode() for name in await redis.hkeys(key)]
            kept[key] = {article_id: pack_dataclass(restored.live_article_record(article_id)) for article_id in ids}
        elif not key.startswith((OFFSETS_NAMESPACE, "dedupe:placed-outbox:")):  # which hang on how the log was cut
            kept[key] = await (redis.hgetall(key) if await redis.type(key) == b"hash" else redis.get(key))
    return kept


def new_shard(kept_articles: int | None) -> Shard:
    return Shard(cosine_decision(), STATISTICS, live_days=2.0, kept_articles=kept_articles)


async def started(
    redis: Redis, kept_articles: int | None, max_seconds: float, part_bytes: int
) -> tuple[AssignHandler, int]:
    """A new process of the stage, and the offset where it goes on."""

    offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, "one log")
    handler = AssignHandler(
        ShardStore(redis),
        offsets,
        lambda: new_shard(kept_articles),
        max_seconds=max_seconds,
        part_bytes=part_bytes,
    )
    kept = await handler.take_over(frozenset({PARTITION}))
    return handler, kept.get(PARTITION, 0)


def message(offset: int, arrival: Arrival) -> Message[EmbeddedArticle]:
    value = embedded(arrival)
    return Message(ARTICLE_EMBEDDED.name, PARTITION, offset, value.shard, value)


batches = st.lists(st.builds(Batch, size=st.integers(1, 9), crashes=st.booleans(), restarts=st.booleans()), max_size=20)


@settings(max_examples=60, deadline=None)
@given(stream=arrivals(), cut=batches, kept_articles=st.sampled_from((None, 1, 4)))
def test_however_the_log_is_cut_and_whenever_the_stage_dies_the_messages_are_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch], kept_articles: int | None
) -> None:
    one_by_one = consume(redis_url, stream, [Batch(1)] * len(stream), None)
    other = consume(redis_url, stream, cut, kept_articles)
    for kind in one_by_one.read().happened:
        note(f"seen: {kind}")
    assert list(other.told.items()) == list(one_by_one.told.items())
    assert other.kept == one_by_one.kept


@settings(max_examples=20, deadline=None)
@given(stream=arrivals(), cut=batches)
def test_a_stage_whose_time_is_up_after_each_article_publishes_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch]
) -> None:
    assert consume(redis_url, stream, cut, None, max_seconds=0) == consume(redis_url, stream, cut, None)


def test_what_joins_and_leaves_adds_up_to_what_the_store_has(redis_url: str) -> None:
    chance = random.Random(3)
    for _ in range(5):
        stream = [any_arrival(chance) for _ in range(40)]
        outcome = consume(redis_url, stream, [Batch(5, restarts=True)] * 8, 1)
        event_of = outcome.read().event_of()
        placed = outcome.kept["dedupe:main:placed"]
        assert isinstance(placed, dict)
        assert event_of == {one.article_id: one.event_id for one in map(PlacedRecord.from_json_bytes, placed.values())}


def test_a_merge_that_moves_too_much_for_one_message_is_told_in_parts_that_come_to_the_same(redis_url: str) -> None:
    """On fixed long streams, in which all that can happen to an event does; cut, killed and restored."""
    chance = random.Random(11)
    seen: Counter[str] = Counter()
    for _ in range(5):
        stream = [any_arrival(chance) for _ in range(40)]
        whole = consume(redis_url, stream, [], None)
        cut = [Batch(chance.randrange(1, 7), chance.random() < 0.3, chance.random() < 0.3) for _ in range(30)]
        parts = consume(redis_url, stream, cut, 2, part_bytes=SMALL_PART)
        assert parts.told == consume(redis_url, stream, [], None, part_bytes=SMALL_PART).told
        assert parts.read().events.keys() == whole.read().events.keys()
        for event_id, event in whole.read().events.items():
            followed = parts.read().events[event_id]
            assert followed.articles == event.articles
            assert (followed.last.version, followed.last.members) == (event.last.version, event.last.members)
        seen += parts.read().happened
    assert {"part", "merge", "split", "move", "merged", "closed", "open"} <= seen.keys(), seen
