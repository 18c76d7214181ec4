"""Values that the form of the front page suggests: those that events have."""

import asyncio
import time
from collections.abc import Callable

from services.api.errors import Refused
from services.api.filters.event_filter import EVERY_EVENT
from services.api.pages.filter_form import NO_SUGGESTIONS, Suggestions
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import EventLister
from services.runtime.errors import TransientError

KEPT_SECONDS = 600.0
"""How long they are kept: counting them reads the labels of all events, a second for 20,000."""


class SuggestionReader:
    """Reads suggestions now and then, beside the requests: no page waits for them."""

    def __init__(self, lister: EventLister, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds on a clock that only goes forward."""
        self._lister = lister
        self._now = now
        self._kept = NO_SUGGESTIONS
        self._not_before = float("-inf")
        self._reading: asyncio.Task[None] | None = None

    def latest(self) -> Suggestions:
        """Those that were read last; none at first."""
        if self._reading is None and self._lister.has_index and self._now() >= self._not_before:
            self._reading = asyncio.create_task(self._read())
        return self._kept

    async def _read(self) -> None:
        request = EventRequest(EVERY_EVENT, Sort.UPDATED, 1, facets=("language", "publisher", "entity"))
        try:
            facets = (await self._lister.find(request)).facets
            values = {name: tuple(value for value, _ in counted) for name, counted in facets.items()}
            self._kept = Suggestions(values["language"], values["publisher"], values["entity"])
        except (Refused, TransientError):  # counting takes too long, or the service stops: the form goes without
            pass
        finally:
            self._not_before = self._now() + KEPT_SECONDS
            self._reading = None
