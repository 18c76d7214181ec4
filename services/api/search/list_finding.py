"""Part of the list of events, for whoever shows it: from the index, or plainly from the store while there is none."""

from dataclasses import replace
from http import HTTPStatus

from services.api.cursors import CursorTooOld
from services.api.errors import Refused, bad_cursor
from services.api.match.meaning import MeaningSearch
from services.api.search.event_search import EventRequest, FoundEvents, ListedEvent
from services.api.search.following import IndexFollower
from services.api.search.list_cursors import ListCursor, Sort
from services.api.search.search_index import SearchIndex
from services.api.view_store import ViewStore

CATCH_UP_SECONDS = 5.0
"""Longest wait for an index that is not as far yet as the one that began a walk."""


class EventLister:
    """Finds parts of the list."""

    def __init__(self, store: ViewStore, follower: IndexFollower | None, meaning: MeaningSearch) -> None:
        """`follower`: keeps the index; None: there is none, and only the plain list is to be had."""
        self._store = store
        self._follower = follower
        self._meaning = meaning

    @property
    def has_index(self) -> bool:
        """Whether more than the plain list is to be had."""
        return self._follower is not None and self._follower.is_ready

    async def find(self, request: EventRequest) -> FoundEvents:
        """The part that is asked for.

        Raises:
            Refused: it needs the index, which is not built, or vectors, which are not to be had; or the cursor is too
                old.
            TransientError: Redis does not answer.
        """
        if self._follower is None or not self._follower.is_ready:
            if request.needs_index:
                raise no_index()
            return await self._plain(request)
        began = request.cursor.position if request.cursor is not None else None
        if began is not None and not await self.reach(began):
            raise no_index()
        index = index_of(self._follower)
        if request.sort is Sort.MEANING:
            return await self._by_meaning(index, request)
        try:
            return await index.events(request)
        except CursorTooOld as error:
            raise bad_cursor(error) from error

    async def reach(self, position: str) -> bool:
        """Wait a few seconds until the index is as far as a position; whether it is. Raises BadPosition."""
        return self._follower is not None and await self._follower.reach(position, CATCH_UP_SECONDS)

    async def _by_meaning(self, index: SearchIndex, request: EventRequest) -> FoundEvents:
        """By words and meaning; by words alone where there are no vectors to be had."""
        cursor = request.cursor
        by_words = cursor is not None and cursor.by_words  # as the walk began, so it goes on
        rankings = None if by_words else await self._meaning.rankings(request.filter.q)
        if rankings is None and cursor is not None and not by_words:
            raise _no_meaning()
        found = await index.events_fused(request, rankings)
        return replace(found, searched_by=("words",) if rankings is None else ("words", "meaning"))

    async def _plain(self, request: EventRequest) -> FoundEvents:
        cursor = request.cursor
        page = await self._store.page(request.limit, None if cursor is None else cursor.place)
        began = None if cursor is None else cursor.position
        return FoundEvents(
            events=[ListedEvent(summary.model_dump_json().encode(), [], []) for summary in page.summaries],
            next=None if page.last is None else ListCursor(Sort.UPDATED, page.last, began),
            position="",
            total=await self._store.count() if request.counted else None,
        )


def index_of(follower: IndexFollower | None) -> SearchIndex:
    """Its index. Raises Refused where it has none."""
    if follower is None or follower.index is None:  # not built yet, or gone between two waits: the service stops
        raise no_index()
    return follower.index


def _no_meaning() -> Refused:
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Search by meaning is not available now",
        "The list was begun by words and meaning, and dedupe, which gives `q` its vector, does not answer. Try again "
        "in a few seconds, or leave `cursor` out to begin again by words alone.",
    )


def no_index() -> Refused:
    """The index is not built yet."""
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The index of searches is being built",
        "The service has just started and reads all events. Try again in a few seconds; /readyz says when it is ready. "
        "The list of events without conditions, /v1/events, is answered meanwhile.",
    )
