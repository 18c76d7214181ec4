"""Events as they are now, from their documents."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from services.api.filters.facts import facts_of
from services.api.summaries import summarise
from services.api.updates.frame_making import EventNow
from services.api.view_store import ViewStore
from services.contracts.event import Event


class DocumentReader:
    """Reads the whole document of each event."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store

    async def read(self, event_ids: Iterable[str]) -> Mapping[str, EventNow]:
        """Those of the events that are stored, by id. Raises TransientError."""
        documents = await self._store.documents(event_ids)
        return await asyncio.to_thread(_events_now, list(documents.values()))


def _events_now(documents: Sequence[bytes]) -> dict[str, EventNow]:
    events = map(Event.model_validate_json, documents)
    return {event.event_id: EventNow(facts_of(event), summarise(event)) for event in events}
