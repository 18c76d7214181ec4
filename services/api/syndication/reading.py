"""The entries of the events that a filter asks for."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from services.api.filters.event_filter import EventFilter
from services.api.filters.facts import facts_of
from services.api.filters.matching import matches
from services.api.history.keeping import VersionsKept
from services.api.syndication.entries import FeedEntry, entry_of
from services.api.view_store import ViewStore
from services.contracts.event import Event

EVENTS_AT_A_TIME = 50
MOST_READ = 1_000
"""Events looked at for one feed: whoever asks for what is rarer gets what is among these."""


class FeedReading:
    """Reads from the view and its history."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store

    async def read(self, event_filter: EventFilter, limit: int) -> Sequence[FeedEntry]:
        """At most `limit` entries, the event that changed last first. Raises TransientError."""
        entries: list[FeedEntry] = []
        after: str | None = None
        for _ in range(MOST_READ // EVENTS_AT_A_TIME):
            page = await self._store.page(EVENTS_AT_A_TIME, after)
            ids = [summary.event_id for summary in page.summaries]
            kept = await self._store.history.versions_kept(ids)
            entries += await run_in_threadpool(_entries, [kept[event_id] for event_id in ids], event_filter)
            after = page.last
            if len(entries) >= limit or after is None:
                break
        return entries[:limit]


def _entries(kept: Sequence[VersionsKept], event_filter: EventFilter) -> list[FeedEntry]:
    entries = []
    for version in kept:
        if version.last is not None:
            event = Event.model_validate_json(version.document)
            if event_filter.is_empty or matches(event_filter, facts_of(event)):
                entries.append(entry_of(event, version.last.at))
    return entries
