"""The entries of the events that a filter asks for."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from services.api.filters.event_filter import EventFilter
from services.api.history.keeping import VersionsKept
from services.api.search.event_search import EventRequest
from services.api.search.following import IndexFollower
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import index_of, no_index
from services.api.summaries import EventSummary
from services.api.syndication.entries import FeedEntry, entry_of
from services.api.view_store import ViewStore
from services.contracts.event import Event


class FeedReading:
    """Reads which events from the index, and what they are from the view and its history."""

    def __init__(self, store: ViewStore, follower: IndexFollower | None) -> None:
        """Read from the store; `follower` keeps the index, without which there are no filters."""
        self._store = store
        self._follower = follower

    async def read(self, event_filter: EventFilter, limit: int) -> Sequence[FeedEntry]:
        """At most `limit` entries, the event that changed last first.

        Raises:
            Refused: the index is not built yet.
            TransientError: Redis does not answer.
        """
        ids = [summary.event_id for summary in await self._summaries(event_filter, limit)]
        kept = await self._store.history.versions_kept(ids)
        return await run_in_threadpool(_entries, [kept[event_id] for event_id in ids])

    async def _summaries(self, event_filter: EventFilter, limit: int) -> Sequence[EventSummary]:
        if event_filter.is_empty:
            return (await self._store.page(limit, None)).summaries
        if self._follower is None:
            raise no_index()
        found = await index_of(self._follower).events(EventRequest(event_filter, Sort.UPDATED, limit))
        return [EventSummary.model_validate_json(event.summary) for event in found.events]


def _entries(kept: Sequence[VersionsKept]) -> list[FeedEntry]:
    return [
        entry_of(Event.model_validate_json(version.document), version.last.at)
        for version in kept
        if version.last is not None
    ]
