"""What is on the page that lists events. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from services.api.pages import phrases
from services.api.pages.characters import shown
from services.api.pages.numbers import count
from services.api.summaries import EventSummary


@dataclass(frozen=True)
class EventEntry:
    """One event in the list."""

    page: str
    headline: str
    told_by: str
    """How many outlets; how many articles, where none of them names its outlet."""
    origins: str
    differ: str | None
    """In how many points reports differ, in words; null: in none."""
    updated_iso: str
    updated: str
    closed: bool


@dataclass(frozen=True)
class EventDay:
    """The events that changed last on one UTC day."""

    weekday: str
    date: str
    entries: tuple[EventEntry, ...]


def event_days(summaries: Sequence[EventSummary]) -> list[EventDay]:
    """The list under a heading for each day, in the order given."""
    return [
        EventDay(
            f"{group[0].updated_at:%A}", phrases.day(group[0].updated_at), tuple(_entry(summary) for summary in group)
        )
        for group in (list(days) for _, days in groupby(summaries, key=lambda summary: summary.updated_at.date()))
    ]


def _entry(summary: EventSummary) -> EventEntry:
    return EventEntry(
        page=summary.page,
        headline=shown(summary.headline) or phrases.UNTITLED_EVENT,
        told_by=count(summary.counts.publishers, "outlet")
        if summary.counts.publishers
        else count(summary.counts.articles, "article"),
        origins=count(summary.counts.origins, "independent origin"),
        differ=count(summary.contradictions, "disagreement") if summary.contradictions else None,
        updated_iso=summary.updated_at.isoformat(),
        updated=f"{summary.updated_at:%H:%M} UTC",
        closed=summary.status.value == "closed",
    )
