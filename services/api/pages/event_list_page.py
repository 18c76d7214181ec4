"""What is in the list of events on the front page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import quote

from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.highlight import Segment, marked
from services.api.pages.moments import machine_time
from services.api.pages.numbers import count
from services.api.pages.plots.corroboration import Strip, strip
from services.api.pages.stances import stance
from services.api.search.event_search import ListedEvent, MatchingClaim
from services.api.search.highlights import Highlight
from services.api.search.list_cursors import Sort
from services.api.summaries import EventSummary
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment
from services.contracts.publication_interval import is_day_only

MOST_CLAIM_CHARACTERS = 240
_BY_DAY = frozenset({Sort.UPDATED})
"""Orders in which the events of a day stand together."""


@dataclass(frozen=True)
class ClaimEntry:
    """A claim of a listed event that has words of the search."""

    page: str
    """The event's page, at the claim."""
    stance: str | None
    """What stands before the words unless the source asserts them: "Denied"."""
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class EventEntry:
    """One event in the list."""

    page: str
    headline: tuple[Segment, ...]
    """With the words of the search marked."""
    told_by: str
    """How many outlets; how many articles, where none of them names its outlet."""
    strip: Strip
    """Its independent origins as dots."""
    differ: str | None
    """In how many points reports differ, in words; null: in none."""
    updated_iso: str
    updated: str
    """Empty: the day stands above, and no time of day is known."""
    closed: bool
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True)
class EventDay:
    """Events that stand together: those that changed last on one UTC day, or all where the order is another one."""

    weekday: str | None
    """None: under no heading."""
    date: str
    entries: tuple[EventEntry, ...]


def event_days(events: Sequence[ListedEvent], sort: Sort = Sort.UPDATED) -> list[EventDay]:
    """The list in the order given, under a heading for each day where that is the order."""
    listed = [(EventSummary.model_validate_json(event.summary), event) for event in events]
    if sort not in _BY_DAY:
        entries = tuple(_entry(summary, event, phrases.at(summary.updated_at)) for summary, event in listed)
        return [EventDay(None, "", entries)] if entries else []
    return [
        EventDay(
            f"{group[0][0].updated_at:%A}",
            phrases.day(group[0][0].updated_at),
            tuple(_entry(summary, event, _time_of_day(summary.updated_at)) for summary, event in group),
        )
        for group in (list(days) for _, days in groupby(listed, key=lambda each: each[0].updated_at.date()))
    ]


def _time_of_day(moment: datetime) -> str:
    return "" if is_day_only(moment) else f"{moment.astimezone(UTC):%H:%M} UTC"


def _entry(summary: EventSummary, event: ListedEvent, updated: str) -> EventEntry:
    headline = shown(summary.headline)
    # Spans are of the headline as it came: where characters are left out of it, nothing is marked.
    spans = _spans(event.headline) if headline == summary.headline else ()
    return EventEntry(
        page=summary.page,
        headline=marked(headline or phrases.UNTITLED_EVENT, spans),
        told_by=count(summary.counts.publishers, "outlet")
        if summary.counts.publishers
        else count(summary.counts.articles, "article"),
        strip=strip(summary.counts.origins, ()),
        differ=count(summary.contradictions, "disagreement") if summary.contradictions else None,
        updated_iso=machine_time(summary.updated_at),
        updated=updated,
        closed=summary.status.value == "closed",
        claims=tuple(_claim_entry(summary.page, matching) for matching in event.claims),
    )


def _claim_entry(page: str, matching: MatchingClaim) -> ClaimEntry:
    claim = matching.claim
    return ClaimEntry(
        page=f"{page}#{quote(claim['claim_id'], safe='')}",
        stance=stance(Commitment(claim["commitment"]), ClaimKind(claim["kind"]), claim["text"], claim["cue"]),
        segments=marked(clipped(claim["text"], MOST_CLAIM_CHARACTERS), _spans(matching.highlights)),
    )


def _spans(highlights: Sequence[Highlight]) -> tuple[Span, ...]:
    return tuple(Span(start=words["start"], end=words["end"]) for words in highlights)
