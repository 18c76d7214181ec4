"""The list of events by words and meaning together: reciprocal ranks of both, then the other events with the words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import orjson

from services.api.cursors import id_of, index_member
from services.api.search.event_search import EventRequest, EventSearch, FoundEvents, ListedEvent
from services.api.search.fusing import fuse
from services.api.search.list_cursors import ListCursor, Sort

FUSED = 100
"""Events of each ranking that are fused. Those that are not so near to the words follow, as their words fit."""
MOST_RANKED = 1_000
"""Events with the words that are listed; the list by words alone has them all."""


def search_fused(search: EventSearch, request: EventRequest, meaning: Sequence[Sequence[str]] | None) -> FoundEvents:
    """Part of the events that fit by words and meaning, those that fit best first.

    The whole order is made anew for each part. A part goes on after the last event of the one before, wherever that
    stands by now.

    Args:
        search: Has the words, and knows which events meet the filter. The index must stand still meanwhile.
        request: What is asked for. An event near in meaning need not have the words of `q`, but meets all else.
        meaning: Ids of events near in meaning, the nearest first; several for several texts. None: by words alone.
    """
    by_words = replace(request, sort=Sort.RELEVANCE, limit=MOST_RANKED, cursor=None)
    words = search.ranked(by_words)
    counted = search.found(replace(request, sort=Sort.UPDATED, limit=1, cursor=None, counted=True))
    wanted = {each for ranking in meaning or () for each in ranking}
    near = frozenset(search.ranked(_others(request, wanted)) if wanted else ())
    rankings = [[each for each in ranking if each in near] for ranking in meaning or ()]
    ordered = list(dict.fromkeys((*fuse(words[:FUSED], *rankings), *words)))
    begin = _begin(ordered, request.cursor)
    shown = ordered[begin : begin + request.limit]
    end = begin + len(shown)
    left_out = (counted.total or 0) - len(words)
    following = (
        ListCursor(Sort.MEANING, index_member(None, ordered[end - 1]), key=end, by_words=meaning is None)
        if end < len(ordered)
        else None
    )
    return replace(
        counted,
        events=_events(search, request, shown),
        next=following,
        total=len(ordered) + left_out,
        left_out=left_out,
    )


def _begin(ordered: Sequence[str], cursor: ListCursor | None) -> int:
    """Where the part begins: after the event that the cursor names, or where it stood if it is gone."""
    if cursor is None:
        return 0
    event_id = id_of(cursor.place)
    return ordered.index(event_id) + 1 if event_id in ordered else max(int(cursor.key) - 1, 0)


def _events(search: EventSearch, request: EventRequest, shown: Sequence[str]) -> list[ListedEvent]:
    """The events in this order: with the places of the words, where they have them."""
    if not shown:
        return []
    with_words = EventRequest(request.filter, Sort.UPDATED, len(shown), event_ids=tuple(shown))
    events = {_id(event): event for event in search.found(with_words).events}
    without = [event_id for event_id in shown if event_id not in events]
    if without:
        events |= {_id(event): event for event in search.found(_others(request, without)).events}
    return [events[event_id] for event_id in shown]


def _others(request: EventRequest, event_ids: Iterable[str]) -> EventRequest:
    """Those of the events that meet all conditions but the words."""
    wanted = tuple(sorted(event_ids))
    return EventRequest(request.filter.model_copy(update={"q": ()}), Sort.UPDATED, len(wanted), event_ids=wanted)


def _id(event: ListedEvent) -> str:
    return str(orjson.loads(event.summary)["event_id"])
