"""Values that the form of the front page suggests: those that events have."""

import time
from collections.abc import Callable

from services.api.errors import Refused
from services.api.filters.event_filter import EVERY_EVENT
from services.api.pages.filter_form import NO_SUGGESTIONS, Suggestions
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import EventLister

KEPT_SECONDS = 60.0
"""How long they are kept: counting them reads the labels of all events."""


class SuggestionReader:
    """Reads suggestions now and then."""

    def __init__(self, lister: EventLister, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds on a clock that only goes forward."""
        self._lister = lister
        self._now = now
        self._kept = NO_SUGGESTIONS
        self._read_at = float("-inf")

    async def read(self) -> Suggestions:
        """The suggestions; none while there is no index, or where counting takes too long."""
        if not self._lister.has_index or self._now() < self._read_at + KEPT_SECONDS:
            return self._kept
        self._read_at = self._now()
        request = EventRequest(EVERY_EVENT, Sort.UPDATED, 1, facets=("language", "publisher", "entity"))
        try:
            facets = (await self._lister.find(request)).facets
        except Refused:
            return self._kept
        values = {name: tuple(value for value, _ in counted) for name, counted in facets.items()}
        self._kept = Suggestions(values["language"], values["publisher"], values["entity"])
        return self._kept
