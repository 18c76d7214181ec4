"""Events as they are now, from the rows that the projector makes of them for the index."""

import asyncio
from collections.abc import Iterable, Mapping

from services.api.search.index_row import facts_of_row
from services.api.search.index_row_store import IndexRowStore
from services.api.search.index_writer import Entry
from services.api.summaries import EventSummary
from services.api.updates.frame_making import EventNow


class RowReader:
    """Reads some kilobytes an event, where its document can be a megabyte."""

    def __init__(self, rows: IndexRowStore) -> None:
        self._rows = rows

    async def read(self, event_ids: Iterable[str]) -> Mapping[str, EventNow]:
        """Those of the events that are stored, by id: merged ones too. Raises TransientError."""
        wanted = list(event_ids)
        if not wanted:
            return {}
        return await asyncio.to_thread(_events_now, await self._rows.entries(wanted))


def _events_now(entries: Mapping[str, Entry]) -> dict[str, EventNow]:
    return {
        event_id: EventNow(facts_of_row(entry.row), EventSummary.model_validate_json(entry.summary))
        for event_id, entry in entries.items()
    }
