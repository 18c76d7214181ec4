"""The assign stage: places articles in log order, and tells what that did to events. One writer a shard."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from redis.asyncio.client import Pipeline

from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import ARTICLE_EMBEDDED
from services.dedupe import metrics
from services.dedupe.clustering.placement import PlacementEffect
from services.dedupe.clustering.shard import Shard
from services.dedupe.placed_events import PART_BYTES, build_placed_messages, check_article_size
from services.dedupe.store.shard_store import ShardStore, write_shard_changes, write_shard_outbox
from services.runtime.errors import TransientError
from services.runtime.handlers import in_time
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing, Rejection, Result
from services.runtime.outbox import Outbox

log = structlog.get_logger()

MOST_MOVED = 500
"""Articles that come in or change their event in one batch; the placement that reaches it is the last. What they carry
is in memory together: some 150 MB."""


@dataclass(slots=True)
class _PlacedBatch:
    """What placing the first articles of a batch came to."""

    articles: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    changes: list[tuple[Message[EmbeddedArticle], PlacementEffect]] = field(default_factory=list)
    """The article that changed an event, and what it changed."""
    moved: int = 0


class AssignHandler:
    """Consumes `article.embedded.v1`, publishes `event.placed.v1`; its state is in Redis with the offsets."""

    def __init__(
        self,
        store: ShardStore,
        offsets: KeptOffsets,
        new_shard: Callable[[], Shard],
        *,
        max_seconds: float = math.inf,
        part_bytes: int = PART_BYTES,
    ) -> None:
        """Set up; nothing is loaded.

        Args:
            store: Of the shards.
            offsets: Kept with them.
            new_shard: Makes an empty one.
            max_seconds: Time after which no further article of a batch is placed.
            part_bytes: Of the articles in one message, if there is more than one.
        """
        self._store = store
        self._offsets = offsets
        self._new_shard = new_shard
        self._max_seconds = max_seconds
        self._part_bytes = part_bytes
        self._shards: dict[str, Shard] = {}
        self._outbox = Outbox()

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget all shards: each is loaded when its next article comes."""
        self._shards = {}
        kept = await self._offsets.take_over(ARTICLE_EMBEDDED.name, partitions)
        self._outbox.take_over(
            {partition: await self._store.read_saved_messages(partition) for partition in partitions}
        )
        return kept

    async def handle(self, messages: Sequence[Message[EmbeddedArticle]]) -> Result:
        """Place a batch, off the event loop. Each placement is told by itself, however the log was cut.

        It is published when it is saved.
        """
        for name in sorted({message.value.shard for message in messages}):
            if name not in self._shards:
                await self._load_shard(name)
            ids = [m.value.extracted.article.article_id for m in messages if m.value.shard == name]
            await self._store.load_records_for_placing(name, self._shards[name], ids)
        placed = await asyncio.to_thread(self._place_articles, messages)
        try:
            for name, shard in self._shards.items():
                await self._store.load_moved_articles(name, shard)
        except TransientError:
            # The batch will be handled again: it must find the shards as they were before it.
            self._shards = {}
            raise
        await asyncio.to_thread(self._fill_outbox, placed)
        return Result(rejected=placed.rejected, handled=placed.articles)

    async def prepare_while_idle(self) -> bool:
        """Nothing waits for a time without messages."""
        return False

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write what changed and what is published next, with its offsets. Raises Fenced, StateLost, TransientError."""
        await self._offsets.save(ARTICLE_EMBEDDED.name, next_offsets, self._write_changes)
        if next_offsets:
            self._outbox.mark_saved()
            for name, shard in self._shards.items():
                shard.mark_saved()
                metrics.LIVE_ARTICLES.labels(name).set(shard.live_article_count)

    def take_outbox(self) -> Sequence[Outgoing]:
        """What was saved to be published, once."""
        return self._outbox.take()

    async def _load_shard(self, shard_name: str) -> None:
        shard = self._new_shard()
        with metrics.RESTORE_SECONDS.time():
            await self._store.load_shard(shard_name, shard)
        self._shards[shard_name] = shard
        log.info("shard loaded", shard=shard_name, live_articles=shard.live_article_count)

    def _place_articles(self, messages: Sequence[Message[EmbeddedArticle]]) -> _PlacedBatch:
        """Place the first articles, as many as there is time and room for."""
        placed = _PlacedBatch()
        for message in in_time(messages, self._max_seconds):
            placed.articles += 1
            embedded = message.value
            try:
                check_article_size(embedded)
                placement = self._shards[embedded.shard].place_article(embedded)
            except ValueError as error:
                placed.rejected.append(Rejection(message, str(error)))
                continue
            metrics.PLACED.labels(placement.outcome).inc()
            placed.changes += [(message, change) for change in placement.changes]
            placed.moved += sum(len(change.joined) for change in placement.changes)
            if placed.moved >= MOST_MOVED:
                break
        return placed

    def _fill_outbox(self, placed_batch: _PlacedBatch) -> None:
        for message, change in placed_batch.changes:
            shard = message.value.shard
            joined = [self._shards[shard].article_when_joined(one) for one in change.joined]
            for outgoing in build_placed_messages(
                shard, change, joined, message.traceparent, part_bytes=self._part_bytes
            ):
                self._outbox.add(message.partition, outgoing)

    def _write_changes(self, pipe: Pipeline) -> None:
        write_shard_changes(pipe, self._shards)
        for partition, contents in self._outbox.contents().items():
            write_shard_outbox(pipe, partition, contents)
