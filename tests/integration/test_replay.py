"""The assign stage on a real Redis: neither batches, restarts nor repetitions show in what it publishes and keeps."""

import asyncio
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event
from services.contracts.topics import ARTICLE_EMBEDDED
from services.dedupe.assign_handler import AssignHandler
from services.dedupe.clustering.collection import Collection
from services.dedupe.clustering.records import ArticleRecord
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.packed import pack
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE, ShardStore
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message
from tests.support.arrivals import Arrival, any_arrival, arrivals, cosine_decision, embedded
from tests.support.brokers import running_redis

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
PARTITION = 0


@dataclass
class Outcome:
    """What a run published and left in Redis."""

    last: dict[str, bytes] = field(default_factory=dict)
    """By event, the last view."""
    versions: dict[str, bytes] = field(default_factory=dict)
    """By message id, that is event and version, the view."""
    kept: dict[str, object] = field(default_factory=dict)
    """See `kept_in`."""


@dataclass(frozen=True)
class Batch:
    """How many articles are handled together, and what happens then."""

    size: int
    crashes: bool = False
    """After it has published and before it saved."""
    restarts: bool = False
    """After it saved."""


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
) -> Outcome:
    """Run the stage over a stream from an empty store. What `batches` leave follows in batches of any size."""

    async def run() -> Outcome:
        async with Redis.from_url(url) as redis:
            await redis.flushdb()
            rest = repeat(Batch(len(stream)), len(stream))
            return await _consume(redis, stream, [*batches, *rest], kept_articles, max_seconds)

    return asyncio.run(run())


async def _consume(
    redis: Redis, stream: Sequence[Arrival], batches: Sequence[Batch], kept_articles: int | None, max_seconds: float
) -> Outcome:
    outcome = Outcome()
    handler, at = await started(redis, kept_articles, max_seconds)
    for batch in batches:
        messages = [message(offset, stream[offset]) for offset in range(at, min(at + batch.size, len(stream)))]
        if not messages:
            continue
        result = await handler.handle(messages)
        for outgoing in result.outgoing:
            value = outgoing.value.model_dump_json().encode()
            assert outcome.versions.setdefault(outgoing.id, value) == value, "two views with one version"
            outcome.last[outgoing.key] = value
        if not batch.crashes:
            at = messages[: result.handled][-1].offset + 1
            await handler.save({PARTITION: at})
        if batch.crashes or batch.restarts:
            handler, at = await started(redis, kept_articles, max_seconds)
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
                one.article_id: one.model_copy(update={"near": {}}) for one in map(ArticleRecord.from_record, records)
            }
        elif key.endswith(":live"):
            restored = new_collection(None)
            await ShardStore(redis).load(key.split(":")[1], restored)
            ids = [name if isinstance(name, str) else name.decode() for name in await redis.hkeys(key)]
            kept[key] = {article_id: pack(restored.live_article(article_id)) for article_id in ids}
        elif not key.startswith(OFFSETS_NAMESPACE):
            kept[key] = await (redis.hgetall(key) if await redis.type(key) == b"hash" else redis.get(key))
    return kept


def new_collection(kept_articles: int | None) -> Collection:
    return Collection(cosine_decision(), STATISTICS, live_days=2.0, kept_contents=kept_articles)


async def started(redis: Redis, kept_articles: int | None, max_seconds: float) -> tuple[AssignHandler, int]:
    """A new process of the stage, and the offset where it goes on."""

    def collection() -> Collection:
        return new_collection(kept_articles)

    offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, "one log")
    handler = AssignHandler(ShardStore(redis), offsets, collection, max_seconds=max_seconds)
    kept = await handler.take_over(frozenset({PARTITION}))
    return handler, kept.get(PARTITION, 0)


def message(offset: int, arrival: Arrival) -> Message[EmbeddedArticle]:
    value = embedded(arrival)
    return Message(ARTICLE_EMBEDDED.name, PARTITION, offset, value.shard, value)


batches = st.lists(st.builds(Batch, size=st.integers(1, 9), crashes=st.booleans(), restarts=st.booleans()), max_size=20)


@settings(max_examples=60, deadline=None)
@given(stream=arrivals(), cut=batches, kept_articles=st.sampled_from((None, 1, 4)))
def test_however_the_log_is_cut_and_whenever_the_stage_dies_the_events_are_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch], kept_articles: int | None
) -> None:
    one_by_one = consume(redis_url, stream, [Batch(1)] * len(stream), None)
    other = consume(redis_url, stream, cut, kept_articles)
    for kind in kinds(one_by_one.last):
        note(f"seen: {kind}")
    assert other.last == one_by_one.last
    assert other.kept == one_by_one.kept
    assert other.versions.items() <= one_by_one.versions.items()


@settings(max_examples=20, deadline=None)
@given(stream=arrivals(), cut=batches)
def test_a_stage_whose_time_is_up_after_each_article_publishes_the_same(
    redis_url: str, stream: list[Arrival], cut: list[Batch]
) -> None:
    in_time = consume(redis_url, stream, cut, None)
    late = consume(redis_url, stream, cut, None, max_seconds=0)
    assert late.last == in_time.last
    assert late.kept == in_time.kept
    assert in_time.versions.items() <= late.versions.items(), "no article was passed over"


def test_a_second_run_of_the_internal_topic_is_the_same_in_each_byte(redis_url: str) -> None:
    """As above on fixed long streams, in which all that can happen to an event does."""
    chance = random.Random(11)
    seen: Counter[str] = Counter()
    for _ in range(5):
        stream = [any_arrival(chance) for _ in range(40)]
        first = consume(redis_url, stream, [], None)
        cut = [Batch(chance.randrange(1, 7), chance.random() < 0.3, chance.random() < 0.3) for _ in range(30)]
        assert consume(redis_url, stream, cut, 2).last == first.last
        seen += kinds(first.last)
    assert {"merge", "split", "move", "merged", "closed", "open"} <= seen.keys(), seen


def kinds(views: dict[str, bytes]) -> Counter[str]:
    events = [Event.model_validate_json(view) for view in views.values()]
    changes = Counter(entry.kind for event in events for entry in event.lineage)
    return changes + Counter(str(event.status) for event in events)
