"""The two consumers that keep the view up to date. They publish nothing.

`handle` works out what a batch changes against what is stored; `save` writes it in one MULTI with the offsets it
covers. What `handle` was given stays waiting until a save succeeds, so no order of calls can lose a message.
"""

from collections.abc import Mapping, Sequence

from services.api import metrics
from services.api.changes import (
    EventChange,
    article_changes,
    event_changes,
    newest_articles,
    newest_events,
)
from services.api.view_store import ViewStore, write_articles, write_events
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_UPDATED
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result


class EventProjector:
    """Consumes `event.updated.v1`: the latest snapshot of every event, the list, and which event an article is in."""

    def __init__(self, store: ViewStore, offsets: KeptOffsets) -> None:
        self._store = store
        self._offsets = offsets
        self._waiting: dict[str, Event] = {}
        self._changes: list[EventChange] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget what was not saved: it will be read again."""
        self._waiting, self._changes = {}, []
        return await self._offsets.take_over(EVENT_UPDATED.name, partitions)

    async def handle(self, messages: Sequence[Message[Event]]) -> Result:
        """Work out what the batch changes. Raises TransientError when Redis does not answer."""
        newest = newest_events([*self._waiting.values(), *(message.value for message in messages)])
        self._changes = event_changes(newest, await self._store.marks(newest))
        self._waiting = newest
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write it with its offsets. Raises Fenced, StateLost, TransientError."""
        await self._offsets.save(EVENT_UPDATED.name, next_offsets, lambda pipe: write_events(pipe, self._changes))
        _count("event", offered=len(self._waiting), written=len(self._changes))
        self._waiting, self._changes = {}, []


class ArticleProjector:
    """Consumes `claims.extracted.v1`: the latest revision of every article with its claims."""

    def __init__(self, store: ViewStore, offsets: KeptOffsets) -> None:
        self._store = store
        self._offsets = offsets
        self._waiting: dict[str, ExtractedArticle] = {}
        self._changes: list[ExtractedArticle] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget what was not saved: it will be read again."""
        self._waiting, self._changes = {}, []
        return await self._offsets.take_over(CLAIMS_EXTRACTED.name, partitions)

    async def handle(self, messages: Sequence[Message[ExtractedArticle]]) -> Result:
        """Work out what the batch changes. Raises TransientError when Redis does not answer."""
        newest = newest_articles([*self._waiting.values(), *(message.value for message in messages)])
        self._changes = article_changes(newest, await self._store.articles(newest))
        self._waiting = newest
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write it with its offsets. Raises Fenced, StateLost, TransientError."""
        await self._offsets.save(CLAIMS_EXTRACTED.name, next_offsets, lambda pipe: write_articles(pipe, self._changes))
        _count("article", offered=len(self._waiting), written=len(self._changes))
        self._waiting, self._changes = {}, []


def _count(kind: str, *, offered: int, written: int) -> None:
    metrics.VIEWED.labels(kind, "written").inc(written)
    metrics.VIEWED.labels(kind, "outdated").inc(offered - written)
