"""The assign stage: places articles in log order, and publishes the events that changed. One writer a shard."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence

import structlog

from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import ARTICLE_EMBEDDED, EVENT_UPDATED
from services.dedupe import metrics
from services.dedupe.clustering.collection import Collection
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.preparing import Preparations
from services.dedupe.store.shard_store import ShardStore, write_changes
from services.runtime.errors import TransientError
from services.runtime.handlers import in_time
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing, Rejection, Result

log = structlog.get_logger()

_Changed = dict[tuple[str, str], str | None]
"""Shard and id of events that changed, and the trace of the article that changed each last."""


class AssignHandler:
    """Consumes `article.embedded.v1`, publishes `event.updated.v1`; its state is in Redis with the offsets."""

    def __init__(
        self,
        store: ShardStore,
        offsets: KeptOffsets,
        new_collection: Callable[[], Collection],
        *,
        max_seconds: float = math.inf,
    ) -> None:
        """After `max_seconds` no further article of a batch is placed; then the views of what changed are built."""
        self._max_seconds = max_seconds
        self._store = store
        self._offsets = offsets
        self._new_collection = new_collection
        self._shards: dict[str, Collection] = {}
        self._preparations = Preparations()

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget all shards: each is loaded when its next article comes."""
        self._shards = {}
        return await self._offsets.take_over(ARTICLE_EMBEDDED.name, partitions)

    async def handle(self, messages: Sequence[Message[EmbeddedArticle]]) -> Result:
        """Place a batch, off the event loop. Of an event that changed more than once only the last view is sent."""
        for shard in sorted({message.value.shard for message in messages}):
            if shard not in self._shards:
                await self._load(shard)
            ids = [m.value.extracted.article.article_id for m in messages if m.value.shard == shard]
            await self._store.recall_placed(shard, ids, self._shards[shard])
        placed, rejected, changed = await asyncio.to_thread(self._place, messages)
        await self._recall_members(changed)
        return Result(await asyncio.to_thread(self._views, changed), rejected, placed)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write what changed, with its offsets. Raises Fenced, StateLost, TransientError."""
        await self._offsets.save(ARTICLE_EMBEDDED.name, next_offsets, lambda pipe: write_changes(pipe, self._shards))
        if next_offsets:
            for shard, collection in self._shards.items():
                collection.mark_saved()
                metrics.LIVE_ARTICLES.labels(shard).set(collection.live_articles)

    async def _load(self, shard: str) -> None:
        collection = self._new_collection()
        with metrics.RESTORE_SECONDS.time():
            await self._store.load(shard, collection)
        self._shards[shard] = collection
        log.info("shard loaded", shard=shard, live_articles=collection.live_articles)

    async def _recall_members(self, changed: _Changed) -> None:
        """Have the members of the changed events in memory."""
        try:
            for shard, collection in self._shards.items():
                absent = collection.absent_members(event_id for one, event_id in changed if one == shard)
                await self._store.recall(shard, absent, collection)
        except TransientError:
            # The batch will be handled again: it must find the shards as they were before it.
            self._shards = {}
            raise

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

    def _views(self, changed: _Changed) -> list[Outgoing]:
        return [self._message(shard, event_id, trace) for (shard, event_id), trace in sorted(changed.items())]

    def _message(self, shard: str, event_id: str, traceparent: str | None) -> Outgoing:
        collection = self._shards[shard]
        event = build_event(collection.event(event_id), collection.members(event_id), self._preparations)
        return Outgoing(
            EVENT_UPDATED,
            key=event_id,
            value=event,
            id=f"{event_id}:{event.version}",
            time=event.updated_at,
            traceparent=traceparent,
        )
