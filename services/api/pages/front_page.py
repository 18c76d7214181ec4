"""What stands over and in the list of the front page: how many events match, in which order, what to loosen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.front.request import FrontRequest
from services.api.pages.characters import shown
from services.api.pages.condition_words import condition_words
from services.api.pages.event_list_page import EventDay, event_days
from services.api.pages.filter_form import ORDERS, order_words
from services.api.pages.numbers import count, number
from services.api.search.event_search import FoundEvents
from services.api.search.list_cursors import Sort, write_list_cursor

MOST_CHANGES_COUNTED = 100
"""Events that may wait to be shown and are counted."""
MANY_WAIT = "Many events are new or have changed"
"""Said where they are not counted."""
LABELS = {
    "q": "Search events",
    "entity": "Person, body or place",
    "publisher": "Outlet",
    "language": "Language",
    "published_since": "Reported since",
    "published_until": "Reported until",
    "min_origins": "Origins, at least",
    "sort": "Order",
    "has": "Only with disagreements",
}
"""Labels of fields, as in templates/events.html."""


@dataclass(frozen=True)
class Loosening:
    """A condition that can be left out."""

    words: str
    address: str
    """The page without it."""
    events: str
    """How many match then, in words."""


@dataclass(frozen=True)
class Condition:
    """One that holds, and the page without it."""

    words: str
    removed: str


@dataclass(frozen=True)
class ResultsView:
    """The part of the page that a search changes."""

    days: tuple[EventDay, ...]
    count: str
    """How many events match, and in which order, in a sentence."""
    notes: tuple[str, ...]
    """How the search was read."""
    conditions: tuple[Condition, ...]
    """Those that hold, but for words: these stand in their field."""
    position: str
    """Of the update log: all up to here is in the list; empty: not known."""
    first_page: bool
    older: str | None
    """The page that goes on."""
    newest: str
    """The first page."""
    feed: str
    """The events of these conditions as a web feed."""
    json: str
    """The list as JSON."""
    none_match: str | None
    """That no event matches what is asked for, in a sentence; None: some do, or nothing is asked for."""
    loosenings: tuple[Loosening, ...]


def results_view(asked: FrontRequest, found: FoundEvents, without: Mapping[str, int]) -> ResultsView:
    """The list.

    Args:
        asked: What was asked for.
        found: The events.
        without: Where none match: by condition, how many would without it.
    """
    conditions = ", ".join(condition_words(*condition) for condition in asked.conditions)
    none_match = f"No event matches: {conditions}." if asked.conditions and not found.events else None
    return ResultsView(
        days=tuple(event_days(found.events, asked.request.sort)),
        count=_count(asked, found),
        notes=_notes(found),
        conditions=tuple(
            Condition(condition_words(name, value), asked.address(without=(name, value)))
            for name, value in asked.conditions
            if name != "q"
        ),
        position=found.position,
        first_page=asked.first_page,
        older=asked.address(cursor=write_list_cursor(found.next)) if found.next else None,
        newest=asked.address(),
        feed=asked.feed(),
        json=asked.json(),
        none_match=none_match if asked.first_page else None,
        loosenings=tuple(
            Loosening(
                ", ".join(condition_words(*condition) for condition in asked.conditions if condition[0] == name),
                asked.address(without=(name, None)),
                count(events, "event"),
            )
            for name, events in without.items()
            if events
        ),
    )


def _count(asked: FrontRequest, found: FoundEvents) -> str:
    order = order_words(asked)
    if not found.total:
        return "No event matches." if asked.conditions else ""
    matches = " matches" if found.total == 1 else " match"
    return f"{count(found.total, 'event')}{matches if asked.conditions else ''}, {order}."


def _notes(found: FoundEvents) -> tuple[str, ...]:
    taken = [
        f"No event has “{shown(word)}”: searched for {' and '.join(f'“{name}”' for name in names)} instead."
        for word, names in found.corrected.items()
        if names
    ]
    by_words = found.searched_by == ("words",)
    further = count(found.left_out, "more event has", "more events have")
    ends = f"{further} the words; the order “{ORDERS[Sort.RELEVANCE]}” lists all."
    return (
        *taken,
        *(["Searched by words alone: search by meaning is not available now."] if by_words else []),
        *([ends] if found.left_out else []),
    )


def waiting_words(new: int, changed: int) -> str:
    """What waits to be shown in the list: "3 new events, 2 changed"; empty: nothing.

    Args:
        new: Events that were not in the view.
        changed: Others that have changed.
    """
    if new and changed:
        return f"{count(new, 'new event')}, {number(changed)} changed"
    if new:
        return count(new, "new event")
    return f"{count(changed, 'event has', 'events have')} changed" if changed else ""


def error_lines(faults: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What is wrong with the form, one line a field, each called as the form calls it."""
    return tuple(f"{LABELS.get(name) or name.replace('_', ' ')}: {message}." for name, message in faults)
