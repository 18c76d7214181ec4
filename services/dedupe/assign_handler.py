"""The assign stage: places articles in log order, and publishes the events that changed. One writer a shard."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import structlog

from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import ARTICLE_EMBEDDED, EVENT_UPDATED
from services.dedupe import metrics
from services.dedupe.collection import Collection
from services.dedupe.event_view import build_event
from services.dedupe.shard_store import ShardStore, write_changes
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing, Rejection, Result

log = structlog.get_logger()


class AssignHandler:
    """Consumes `article.embedded.v1`, publishes `event.updated.v1`; its state is in Redis with the offsets."""

    def __init__(self, store: ShardStore, offsets: KeptOffsets, new_collection: Callable[[], Collection]) -> None:
        self._store = store
        self._offsets = offsets
        self._new_collection = new_collection
        self._shards: dict[str, Collection] = {}

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget all shards: each is loaded when its next article comes."""
        self._shards = {}
        return await self._offsets.take_over(ARTICLE_EMBEDDED.name, partitions)

    async def handle(self, messages: Sequence[Message[EmbeddedArticle]]) -> Result:
        """Place a batch, off the event loop. Of an event that changed more than once only the last view is sent."""
        for shard in sorted({message.value.shard for message in messages} - self._shards.keys()):
            await self._load(shard)
        return await asyncio.to_thread(self._place, messages)

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

    def _place(self, messages: Sequence[Message[EmbeddedArticle]]) -> Result:
        changed: dict[tuple[str, str], str | None] = {}
        rejected = []
        for message in messages:
            embedded = message.value
            try:
                placement = self._shards[embedded.shard].place(embedded)
            except ValueError as error:
                rejected.append(Rejection(message, str(error)))
                continue
            metrics.PLACED.labels(placement.outcome).inc()
            for event_id in placement.changed:
                changed[embedded.shard, event_id] = message.traceparent
        outgoing = [self._message(shard, event_id, trace) for (shard, event_id), trace in sorted(changed.items())]
        return Result(outgoing, rejected)

    def _message(self, shard: str, event_id: str, traceparent: str | None) -> Outgoing:
        collection = self._shards[shard]
        event = build_event(collection.event(event_id), collection.members(event_id))
        return Outgoing(
            EVENT_UPDATED,
            key=event_id,
            value=event,
            id=f"{event_id}:{event.version}",
            time=event.updated_at,
            traceparent=traceparent,
        )
