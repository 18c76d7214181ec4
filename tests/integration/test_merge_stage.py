"""The merge stage on a real Redis: neither batches, deaths at any step nor repetitions show in what it publishes."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.contracts.changed import EventChange
from services.contracts.event import Event, EventStatus
from services.contracts.placed import EventPlaced
from services.contracts.topics import EVENT_UPDATED
from services.dedupe.event_state import MissedChangesError
from services.dedupe.merge_handler import MergeHandler
from services.dedupe.store.event_store import EventHead, EventStore, MemberRecord
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE
from services.dedupe.unpublished_events import UnpublishedEvents
from services.runtime.errors import Fenced
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Outgoing
from tests.support.brokers import running_redis
from tests.support.embedders import LetterEmbedder
from tests.support.placements import Placements, id_of, placed_message, some_placements
from tests.support.told_events import ToldEvent, apply, told_by

PARTITION = 0
STEPS = ("handled", "saved", "published")
"""Of a batch; a process may die after each."""


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


@dataclass
class Stage:
    """The merge stage as the runtime runs it, whose clock stands still unless a test moves it."""

    redis: Redis
    log: str = "one log"
    kept_articles: int = 1_000
    interval_seconds: float = 0.0
    pause_factor: float = 0.0
    max_seconds: float = float("inf")
    seconds: float = 0.0
    offset: int = 0
    last: dict[str, bytes] = field(default_factory=dict)
    """By event, the last view."""
    versions: dict[str, bytes] = field(default_factory=dict)
    """By message id, that is event and version, the view."""
    published: list[str] = field(default_factory=list)
    """Ids of messages."""
    traces: dict[str, str | None] = field(default_factory=dict)
    changes: dict[str, dict[str, EventChange]] = field(default_factory=dict)
    """By event and message id, what was new, in the order of first publication."""
    kept: dict[str, object] = field(default_factory=dict)
    """See `kept_in`."""

    async def start(self) -> None:
        """A new process: what was saved to be published goes out first."""
        waiting = UnpublishedEvents(
            self.pause_factor, self.interval_seconds, lambda: self.seconds, free_seconds=0.0 if self.pause_factor else 1
        )
        embedder = LetterEmbedder()
        self.handler = MergeHandler(
            EventStore(self.redis),
            KeptOffsets(self.redis, OFFSETS_NAMESPACE, self.log),
            embedder,
            self.log,
            unpublished=waiting,
            kept_articles=self.kept_articles,
            max_seconds=self.max_seconds,
        )
        self.offset = (await self.handler.take_over(frozenset({PARTITION}))).get(PARTITION, 0)
        self.publish(self.handler.take_outbox())

    async def take(self, batch: Sequence[EventPlaced], dies_after: str | None = None) -> list[str]:
        """Handle, save and publish a batch, or begin to; the ids of what was published."""
        messages = [placed_message(placed, self.offset + at, PARTITION) for at, placed in enumerate(batch)]
        result = await self.handler.handle(messages)
        assert not result.outgoing, "only what was saved is published"
        if dies_after == "handled":
            return []
        handled = len(batch) if result.handled is None else result.handled
        await self.handler.save({PARTITION: self.offset + handled})
        self.offset += handled
        if dies_after == "saved":
            return []
        return self.publish(self.handler.take_outbox())

    async def idle(self) -> list[str]:
        """What the runtime does while nothing comes in; the ids of what was published."""
        if not await self.handler.prepare_while_idle():
            return []
        await self.handler.save({})
        return self.publish(self.handler.take_outbox())

    def publish(self, outgoing: Sequence[Outgoing]) -> list[str]:
        for one in outgoing:
            value = one.value.model_dump_json().encode()
            self.traces[one.id] = one.traceparent
            if isinstance(one.value, EventChange):
                told = self.changes.setdefault(one.key, {})
                assert told.setdefault(one.id, one.value) == one.value, "two changes with one id"
                continue
            assert self.versions.setdefault(one.id, value) == value, "two views with one version"
            self.last[one.key] = value
            self.published.append(one.id)
        return [one.id for one in outgoing if one.topic is EVENT_UPDATED]


@dataclass(frozen=True)
class Batch:
    """How many messages are handled together, and what happens then."""

    size: int
    dies_after: str | None = None
    idles: bool = False
    passes: float = 0.0


def consumed(url: str, stream: Sequence[EventPlaced], cut: Sequence[Batch], **how: float) -> Stage:
    """Run the stage over a stream from an empty store. What `cut` leaves follows in one batch after the other."""

    async def run() -> Stage:
        async with Redis.from_url(url) as redis:
            await redis.flushdb()
            stage = Stage(redis, **how)  # type: ignore[arg-type]
            await stage.start()
            for batch in [*cut, *repeat(Batch(len(stream)), len(stream))]:
                part = stream[stage.offset : stage.offset + batch.size]
                if part:
                    await stage.take(part, batch.dies_after)
                if batch.dies_after:
                    await stage.start()
                stage.seconds += batch.passes
                if batch.idles:
                    await stage.idle()
            stage.seconds += 1_000
            while await stage.idle():
                pass
            stage.kept = await kept_in(redis)
            return stage

    return asyncio.run(run())


@cache
def taken_one_by_one(url: str, seed: int) -> Stage:
    """The same stream without any accident."""
    stream = some_placements(seed)
    return consumed(url, stream, [Batch(1)] * len(stream))


async def kept_in(redis: Redis) -> dict[str, object]:
    """What is kept of events; vectors left out: which claims have theirs already hangs on which views were built."""
    kept: dict[str, object] = {}
    async for key in redis.scan_iter(match="dedupe:event*"):
        if key.startswith(b"dedupe:event-published:"):  # hangs on which views were published
            continue
        if await redis.type(key) == b"hash":
            records = await redis.hgetall(key)
            kept[key.decode()] = {
                name: MemberRecord.from_json_bytes(record).article for name, record in records.items()
            }
        else:
            kept[key.decode()] = EventHead.from_json_bytes(await redis.get(key) or b"")
    assert not await redis.exists(f"dedupe:unpublished:{PARTITION}"), "all is published"
    return kept


batches = st.lists(
    st.builds(
        Batch,
        size=st.integers(1, 9),
        dies_after=st.sampled_from((None, None, *STEPS)),
        idles=st.booleans(),
        passes=st.sampled_from((0.0, 0.5, 60.0)),
    ),
    max_size=20,
)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 20),
    cut=batches,
    kept_articles=st.sampled_from((0, 3, 1_000)),
    interval_seconds=st.sampled_from((0.0, 1.0)),
    pause_factor=st.sampled_from((0.0, 1e9)),
    max_seconds=st.sampled_from((0.0, float("inf"))),
)
def test_however_the_log_is_cut_and_whenever_the_stage_dies_the_last_views_are_the_same(
    redis_url: str, seed: int, cut: list[Batch], **how: float
) -> None:
    stream = some_placements(seed)
    one_by_one = taken_one_by_one(redis_url, seed)
    other = consumed(redis_url, stream, cut, **how)
    assert other.last == one_by_one.last
    assert other.kept == one_by_one.kept
    assert other.versions.items() <= one_by_one.versions.items()
    assert_no_version_goes_back(other.published)
    assert_changes_make_the_views(other)


def assert_changes_make_the_views(stage: Stage) -> None:
    """All changes of an event, applied to nothing, give what its last view tells."""
    assert stage.changes.keys() == stage.last.keys()
    for event_id, view in stage.last.items():
        told = apply(ToldEvent(), stage.changes[event_id].values())
        expected = told_by(Event.model_validate_json(view))
        assert (told.version, told.status, told.merged_into) == (
            expected.version,
            expected.status,
            expected.merged_into,
        )
        assert (told.counts, sorted(told.articles)) == (expected.counts, sorted(expected.articles))
        assert (told.claims, told.figures) == (expected.claims, expected.figures)
        assert {key: sorted(reports) for key, reports in told.reports.items()} == {
            key: sorted(reports) for key, reports in expected.reports.items()
        }


def assert_no_version_goes_back(published: Sequence[str]) -> None:
    """Of one event versions only grow; only what was published last may be published again."""
    latest: dict[str, int] = {}
    for message_id in published:
        event_id, _, version = message_id.rpartition(":")
        assert int(version) >= latest.get(event_id, 0)
        latest[event_id] = int(version)


def scenario(url: str, run: Callable[[Redis], Awaitable[None]]) -> None:
    async def with_redis() -> None:
        async with Redis.from_url(url) as redis:
            await redis.flushdb()
            await run(redis)

    asyncio.run(with_redis())


def test_what_was_saved_and_not_published_is_published_first_by_the_next_process(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        founded, joined = [*world.found()], [*world.join()]
        stage = Stage(redis)
        await stage.start()
        await stage.take(founded, dies_after="saved")
        assert stage.published == []
        # Another cut than the first try: the second message would have come with it.
        await stage.start()
        event_id = founded[0].event_id
        assert stage.published == [f"{event_id}:1"]
        assert stage.traces[f"{event_id}:1"] == placed_message(founded[0], 0).traceparent
        await stage.take(joined)
        assert stage.published == [f"{event_id}:1", f"{event_id}:2"]

    scenario(redis_url, run)


def test_what_was_published_is_published_again_until_the_next_save_and_not_after_it(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        first, second = [*world.found()], [*world.found()]
        stage = Stage(redis)
        await stage.start()
        await stage.take(first)
        await stage.start()
        await stage.take(second)
        await stage.start()
        ids = [f"{placed.event_id}:1" for placed in (*first, *first, *second, *second)]
        assert stage.published == ids

    scenario(redis_url, run)


def test_a_writer_that_lost_its_partition_publishes_nothing_more(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        founded, joined, more = [*world.found()], [*world.join()], [*world.join()]
        first, second = Stage(redis), Stage(redis)
        await first.start()
        await first.take(founded)
        await second.start()
        with pytest.raises(Fenced):
            await first.take(joined)
        assert list(first.handler.take_outbox()) == []
        with pytest.raises(Fenced):
            await first.handler.save({})
        assert await second.take([*joined, *more]) == [f"{founded[0].event_id}:3"]

    scenario(redis_url, run)


def test_a_busy_event_is_published_once_in_an_interval_and_a_quiet_one_at_once(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis, interval_seconds=1.0)
        await stage.start()
        (founded,) = world.found()
        busy = founded.event_id
        assert await stage.take([founded]) == [f"{busy}:1"]
        for _ in range(3):
            assert await stage.take([*world.join()]) == []
        (other,) = world.found()
        assert await stage.take([other, *world.join()]) == [f"{other.event_id}:1"]
        assert await stage.idle() == []
        stage.seconds += 1.0
        assert await stage.idle() == [f"{busy}:5"]
        stage.seconds += 1.0
        assert await stage.take([*world.join()]) == [f"{busy}:6"]

    scenario(redis_url, run)


def test_what_waited_when_the_process_ended_is_published_by_the_next_though_nothing_comes_in(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis, interval_seconds=1.0)
        await stage.start()
        (founded,) = world.found()
        await stage.take([founded])
        joined = [*world.join()]
        assert await stage.take(joined) == []
        await stage.start()
        assert await stage.idle() == [f"{founded.event_id}:2"]
        assert stage.traces[f"{founded.event_id}:2"] == placed_message(joined[0], 1).traceparent
        assert await stage.idle() == []

    scenario(redis_url, run)


def test_an_event_that_has_ended_leaves_only_what_knows_its_old_messages(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis, interval_seconds=1.0)
        await stage.start()
        stream = [*world.found(), *world.join(), *world.join(), *world.close()]
        event_id = stream[0].event_id
        await stage.take(stream[:2])
        assert await stage.take(stream[2:]) == [f"{event_id}:4"], "the end does not wait"
        assert Event.model_validate_json(stage.last[event_id]).status is EventStatus.CLOSED
        assert not await redis.exists(f"dedupe:event-members:{event_id}", f"dedupe:event-published:{event_id}")
        assert await redis.ttl(f"dedupe:event:{event_id}") > 0
        await stage.take(stream)
        await stage.start()
        await stage.take(stream)
        assert stage.published[-1] == f"{event_id}:4"
        assert not await redis.exists(f"dedupe:event-members:{event_id}", f"dedupe:event-published:{event_id}")
        assert set(stage.published) == {f"{event_id}:{version}" for version in (2, 4)}

    scenario(redis_url, run)


def test_events_leave_memory_and_come_back(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis, kept_articles=3)
        await stage.start()
        first = [*world.found(), *world.join(), *world.join()]
        await stage.take(first)
        await stage.take([placed for _ in range(5) for placed in world.found()])
        assert len(stage.handler._events) == 3
        (event_id, _) = stage.published[0].split(":")
        assert await stage.take([*world.join()]) == [f"{event_id}:4"]
        event = Event.model_validate_json(stage.last[event_id])
        assert sorted(each.article_id for each in event.articles) == sorted(map(id_of, (0, 1, 2, 8)))

    scenario(redis_url, run)


def test_a_missing_message_stops_the_stage_and_nothing_is_saved(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis)
        await stage.start()
        founded, lost, joined = *world.found(), *world.join(), *world.join()
        await stage.take([founded])
        with pytest.raises(MissedChangesError, match="version 3 came, we have version 1"):
            await stage.take([joined])
        await stage.start()
        assert await stage.take([lost, joined]) == [f"{founded.event_id}:3"]

    scenario(redis_url, run)


def test_what_was_on_its_way_on_a_log_that_is_gone_is_not_waited_for(redis_url: str) -> None:
    async def run(redis: Redis) -> None:
        world = Placements(random.Random(1))
        stage = Stage(redis)
        await stage.start()
        founded, _, joined = *world.found(), *world.join(), *world.join()
        await stage.take([founded])
        _, second = *world.found(), *world.join(world._events[1])
        stage.log = "another log"
        await stage.start()
        assert stage.offset == 0
        assert await stage.take([joined, second]) == [f"{founded.event_id}:3", f"{second.event_id}:2"]
        assert Event.model_validate_json(stage.last[founded.event_id]).counts.articles == 2

    scenario(redis_url, run)
