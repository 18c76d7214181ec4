"""Assign and merge behind each other on a real Redis, with the topic between them as a list; a clock by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from redis.asyncio import Redis

from services.contracts.embedded import EmbeddedArticle
from services.contracts.placed import EventPlaced
from services.contracts.topics import ARTICLE_EMBEDDED, EVENT_UPDATED
from services.dedupe.assign_handler import AssignHandler
from services.dedupe.clustering.shard import Shard
from services.dedupe.merge_handler import MergeHandler
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.event_store import EventStore
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE, ShardStore
from services.dedupe.unpublished_events import UnpublishedEvents
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing
from tests.support.arrivals import Arrival, cosine_decision, embedded
from tests.support.embedders import LetterEmbedder
from tests.support.placements import placed_message

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
PARTITION = 0
LOG = "one log"


def embedded_message(offset: int, arrival: Arrival) -> Message[EmbeddedArticle]:
    """As the consumer gives it to assign."""
    value = embedded(arrival)
    return Message(ARTICLE_EMBEDDED.name, PARTITION, offset, value.shard, value, f"00-{offset + 1:032x}-{1:016x}-01")


@dataclass
class TwoStages:
    """Assign and merge in one process, and what they have published."""

    redis: Redis
    pause_factor: float = 0.0
    free_seconds: float = 0.0
    """Unless said otherwise every build counts as one that takes long."""
    kept_articles: int = 2
    max_seconds: float = float("inf")
    seconds: float = 0.0
    last: dict[str, bytes] = field(default_factory=dict)
    """By event, the last view."""
    versions: dict[str, bytes] = field(default_factory=dict)
    """By message id, that is event and version, the view."""
    placed: list[EventPlaced] = field(default_factory=list)
    """The topic between the stages."""
    offset: int = 0
    """Next article that assign reads."""

    async def start(self) -> None:
        """A new process; what was saved to be published goes out."""
        waiting = UnpublishedEvents(self.pause_factor, now=lambda: self.seconds, free_seconds=self.free_seconds)
        self.assign = AssignHandler(
            ShardStore(self.redis),
            KeptOffsets(self.redis, OFFSETS_NAMESPACE, LOG),
            lambda: Shard(cosine_decision(), STATISTICS, live_days=2.0, kept_articles=self.kept_articles),
            max_seconds=self.max_seconds,
        )
        embedder = LetterEmbedder()
        self.merge = MergeHandler(
            EventStore(self.redis),
            KeptOffsets(self.redis, OFFSETS_NAMESPACE, LOG),
            embedder,
            LOG,
            unpublished=waiting,
            kept_articles=self.kept_articles,
            max_seconds=self.max_seconds,
        )
        owned = frozenset({PARTITION})
        self.offset = (await self.assign.take_over(owned)).get(PARTITION, 0)
        self._publish_placed()
        self._merged = (await self.merge.take_over(owned)).get(PARTITION, 0)
        self._publish(self.merge.take_outbox())

    async def take(self, batch: Sequence[Arrival], *, crashes: bool = False) -> list[str]:
        """Have a batch go through both stages; ids of the events that were published.

        `crashes`: the process ends after assign has saved, before it publishes, and merge has not begun.
        """
        messages = [embedded_message(self.offset + at, arrival) for at, arrival in enumerate(batch)]
        result = await self.assign.handle(messages)
        handled = len(batch) if result.handled is None else result.handled
        self.offset += handled
        await self.assign.save({PARTITION: self.offset})
        if crashes:
            return []
        self._publish_placed()
        return await self.merge_rest()

    async def merge_rest(self, *, crashes: bool = False) -> list[str]:
        """Have merge read what there is; ids of the events that were published. `crashes`: after it has saved."""
        told: list[str] = []
        while self._merged < len(self.placed):
            rest = enumerate(self.placed[self._merged :], start=self._merged)
            messages = [placed_message(value, offset, PARTITION) for offset, value in rest]
            handled = (await self.merge.handle(messages)).handled or 0
            self._merged += handled
            await self.merge.save({PARTITION: self._merged})
            if crashes:
                break
            told += self._publish(self.merge.take_outbox())
        return told

    async def idle(self) -> list[str]:
        """What the runtime does while nothing comes in; ids of the events that were published."""
        if not await self.merge.prepare_while_idle():
            return []
        await self.merge.save({})
        return self._publish(self.merge.take_outbox())

    def _publish_placed(self) -> None:
        self.placed += [one.value for one in self.assign.take_outbox() if isinstance(one.value, EventPlaced)]

    def _publish(self, outgoing: Sequence[Outgoing]) -> list[str]:
        for one in outgoing:
            value = one.value.model_dump_json().encode()
            if one.topic is EVENT_UPDATED:  # which changes there are hangs on which views were published
                assert self.versions.setdefault(one.id, value) == value, "two views with one version"
                self.last[one.key] = value
        return [one.key for one in outgoing if one.topic is EVENT_UPDATED]
