"""The assign stage: places articles in log order, and publishes the events that changed. One writer a shard."""

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import structlog
from redis.asyncio.client import Pipeline

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, EventStatus
from services.contracts.topics import ARTICLE_EMBEDDED, EVENT_UPDATED
from services.dedupe import metrics
from services.dedupe.clustering.collection import Collection
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Derived, Member
from services.dedupe.merging.preparing import Preparations
from services.dedupe.store.shard_store import ShardStore, write_changes, write_unpublished
from services.dedupe.unpublished import Key, Unpublished
from services.runtime.errors import TransientError
from services.runtime.handlers import in_time
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing, Rejection, Result

log = structlog.get_logger()

BIG_EVENTS_SECONDS = 1.0
"""Processor time for big events in one batch; the build that passes it is finished."""

_Changed = dict[Key, str | None]
"""Events that changed, and the trace of the article that changed each last."""


class AssignHandler:
    """Consumes `article.embedded.v1`, publishes `event.updated.v1`; its state is in Redis with the offsets."""

    def __init__(
        self,
        store: ShardStore,
        offsets: KeptOffsets,
        new_collection: Callable[[], Collection],
        *,
        unpublished: Unpublished | None = None,
        slow_build_seconds: float = math.inf,
        max_seconds: float = math.inf,
    ) -> None:
        """Set up; nothing is loaded.

        Args:
            store: Of the shards.
            offsets: Kept with them.
            new_collection: Makes an empty shard.
            unpublished: Says when a big event is built again; None: with each batch that changes it.
            slow_build_seconds: Processor time of a build from which it is logged.
            max_seconds: Time after which no further article of a batch is placed; then views are built.
        """
        self._unpublished = Unpublished() if unpublished is None else unpublished
        self._slow_build_seconds = slow_build_seconds
        self._max_seconds = max_seconds
        self._partitions: dict[str, int] = {}  # by shard
        self._store = store
        self._offsets = offsets
        self._new_collection = new_collection
        self._shards: dict[str, Collection] = {}
        self._preparations = Preparations()

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget all shards: each is loaded when its next article comes."""
        self._shards, self._partitions = {}, {}
        self._unpublished.clear()
        kept = await self._offsets.take_over(ARTICLE_EMBEDDED.name, partitions)
        for partition in sorted(partitions):
            waiting = await self._store.unpublished(partition)
            self._unpublished.add(waiting)
            self._partitions |= {shard: partition for shard, _ in waiting}
        return kept

    async def handle(self, messages: Sequence[Message[EmbeddedArticle]]) -> Result:
        """Place a batch, off the event loop. Of an event that changed more than once only the last view is sent."""
        self._partitions |= {message.value.shard: message.partition for message in messages}
        for shard in sorted({message.value.shard for message in messages}):
            if shard not in self._shards:
                await self._load(shard)
            ids = [m.value.extracted.article.article_id for m in messages if m.value.shard == shard]
            await self._store.recall_placed(shard, ids, self._shards[shard])
        placed, rejected, changed = await asyncio.to_thread(self._place, messages)
        self._unpublished.add(changed)
        return Result(await self._build_due(), rejected, placed)

    async def left_over(self) -> Result:
        """The views of big events that had to wait, while nothing else comes in."""
        return Result(await self._build_due())

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write what changed, with its offsets. Raises Fenced, StateLost, TransientError."""
        await self._offsets.save(ARTICLE_EMBEDDED.name, next_offsets, lambda pipe: self._write(pipe, next_offsets))
        if next_offsets:
            for shard, collection in self._shards.items():
                collection.mark_saved()
                metrics.LIVE_ARTICLES.labels(shard).set(collection.live_articles)

    def _write(self, pipe: Pipeline, partitions: Iterable[int]) -> None:
        write_changes(pipe, self._shards)
        for partition in sorted(partitions):
            shards = [shard for shard, number in self._partitions.items() if number == partition]
            write_unpublished(pipe, partition, self._unpublished.of_shards(shards))

    async def _load(self, shard: str) -> None:
        collection = self._new_collection()
        with metrics.RESTORE_SECONDS.time():
            await self._store.load(shard, collection)
        self._shards[shard] = collection
        log.info("shard loaded", shard=shard, live_articles=collection.live_articles)

    async def _build_due(self) -> list[Outgoing]:
        """The views that are due, off the event loop."""
        try:
            due = await self._due()
        except TransientError:
            # The batch will be handled again: it must find the shards as they were before it.
            self._shards = {}
            raise
        outgoing = await asyncio.to_thread(self._views, due)
        metrics.UNPUBLISHED_EVENTS.set(len(self._unpublished))
        return outgoing

    async def _due(self) -> list[Key]:
        """Events to build now; their shards and members are in memory then."""
        for shard in sorted({shard for shard, _ in self._unpublished} - self._shards.keys()):
            await self._load(shard)
        # What a batch founded that was not saved comes again, or it does not come at all.
        self._unpublished.drop([key for key in self._unpublished if key[1] not in self._shards[key[0]]])
        due = self._unpublished.due(self._is_over)
        for shard, collection in self._shards.items():
            absent = collection.absent_members(event_id for one, event_id in due if one == shard)
            # Also what went from one event to another that waits: it is saved now, whole.
            absent = sorted({*absent, *collection.absent_changed()})
            await self._store.recall(shard, absent, collection)
        return due

    def _is_over(self, key: Key) -> bool:
        return self._shards[key[0]].event(key[1]).status is not EventStatus.OPEN

    def _place(self, messages: Sequence[Message[EmbeddedArticle]]) -> tuple[int, list[Rejection], _Changed]:
        """Place the first articles, as many as there is time for: their number, the rejected ones, what changed."""
        changed: _Changed = {}
        rejected = []
        placed = 0
        for message in in_time(messages, self._max_seconds):
            placed += 1
            embedded = message.value
            try:
                placement = self._shards[embedded.shard].place(embedded)
            except ValueError as error:
                rejected.append(Rejection(message, str(error)))
                continue
            metrics.PLACED.labels(placement.outcome).inc()
            for event_id in placement.changed:
                changed[embedded.shard, event_id] = message.traceparent
        return placed, rejected, changed

    def _views(self, due: Iterable[Key]) -> list[Outgoing]:
        """Build what is due: all of the small events, and big ones until a second has gone into these."""
        outgoing = []
        spent = 0.0
        for key in due:
            big = self._unpublished.is_big(key) and not self._is_over(key)
            if big and spent >= BIG_EVENTS_SECONDS:
                continue
            began = time.thread_time()
            event = self._event(key)
            seconds = time.thread_time() - began
            outgoing.append(_message(event, self._unpublished.built(key, seconds)))
            if event.status is not EventStatus.OPEN:
                self._unpublished.drop([key])
            self._note(event, seconds)
            spent += seconds if big else 0.0
        return outgoing

    def _event(self, key: Key) -> Event:
        shard, event_id = key
        collection = self._shards[shard]
        members = [
            Member(event_id, one.embedded, one.membership, Derived.of(one.embedded))
            for one in collection.members(event_id)
        ]
        return build_event(collection.event(event_id), members, self._preparations)

    def _note(self, event: Event, seconds: float) -> None:
        metrics.EVENT_BUILD_SECONDS.observe(seconds)
        if seconds >= self._slow_build_seconds:
            log.warning(
                "slow build",
                event_id=event.event_id,
                articles=event.counts.articles,
                claims=len(event.claims),
                left_out=event.left_out.claims,
                seconds=round(seconds, 2),
            )


def _message(event: Event, traceparent: str | None) -> Outgoing:
    return Outgoing(
        EVENT_UPDATED,
        key=event.event_id,
        value=event,
        id=f"{event.event_id}:{event.version}",
        time=event.updated_at,
        traceparent=traceparent,
    )
