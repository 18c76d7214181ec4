"""What is on the page of an outlet. Pure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from services.api.outlets.models import FLOOR, FoundOutlet, Measure, MeasureName, OutletEvent
from services.api.outlets.outlet_keys import outlet_page
from services.api.pages import phrases
from services.api.pages.characters import shown
from services.api.pages.links import outlet_url
from services.api.pages.name_headings import Link, name
from services.api.pages.numbers import count, number, percent

WHAT: dict[MeasureName, tuple[str, str, str]] = {
    MeasureName.FIRST: (
        "First, with a text of its own",
        "event",
        "Its article was surely the first. Of events that several outlets report and whose times decide it.",
    ),
    MeasureName.COPIES: (
        "Texts of others",
        "article",
        "Articles whose text another outlet printed before, or that credit an agency.",
    ),
    MeasureName.NAMED: (
        "Claims with a named source",
        "claim",
        "Its article names a person or body for the claim. What it says in its own words has no source.",
    ),
    MeasureName.CORRECTED: ("Corrected", "article", "Articles that it changed and says so."),
    MeasureName.WITHDRAWN: ("Withdrawn", "article", "Articles that it took back."),
    MeasureName.SUPERSEDED: (
        "Figures later superseded",
        "figure",
        "A newer value replaced the one that it gave, as happens while news grows: no error.",
    ),
}
"""By measure: its heading, what it is counted of, and what it means."""
EVENTS: dict[MeasureName | None, str] = {
    None: "Events that it reports",
    MeasureName.FIRST: "Events in which it was first",
    MeasureName.COPIES: "Events in which it has texts of others",
    MeasureName.NAMED: "Events in which it names sources",
    MeasureName.CORRECTED: "Events in which it corrected an article",
    MeasureName.WITHDRAWN: "Events in which it withdrew an article",
    MeasureName.SUPERSEDED: "Events in which a figure of it was superseded",
}


@dataclass(frozen=True)
class MeasureView:
    """One measure."""

    title: str
    meaning: str
    count: str
    """Such as "12 of 60 events"."""
    share: str | None
    """In percent; None where there are too few to say."""
    events: str | None
    """Address of the events behind it; None where there are none."""


@dataclass(frozen=True)
class OutletEventView:
    """One event."""

    headline: str
    page: str
    latest: str | None
    did: tuple[str, ...]


@dataclass(frozen=True)
class OutletPageView:
    """The page."""

    name: str
    domain: str | None
    """The key, where it is an address and not the name again."""
    page: str
    json_url: str
    counts: str
    floor: str
    measures: tuple[MeasureView, ...]
    copied_from: tuple[Link, ...]
    heading: str
    """Of the list of events."""
    all_events: str | None
    """Address of all events, where only some are listed."""
    events: tuple[OutletEventView, ...]
    following: str | None
    first_page: bool
    newest: str
    """Address of the first part."""


def outlet_view(found: FoundOutlet, only: MeasureName | None, *, first_page: bool) -> OutletPageView:
    """Everything the template needs; `only`: the measure whose events are listed."""
    newest = _address(found.page, only)
    return OutletPageView(
        name=name(found.name) or found.key,
        domain=found.key if "." in found.key and found.key != found.name else None,
        page=found.page,
        json_url=outlet_url(found.key),
        counts=f"{count(found.articles, 'article')} in {count(found.covered, 'event')}",
        floor=number(FLOOR),
        measures=tuple(_measure(measure, found.page) for measure in found.measures),
        copied_from=tuple(
            Link(name(source.name), outlet_page(source.key) if source.key else None, count(source.articles, "article"))
            for source in found.copied_from
        ),
        heading=EVENTS[only],
        all_events=found.page if only else None,
        events=tuple(map(_event, found.events)),
        following=_address(found.page, only, found.next) if found.next else None,
        first_page=first_page,
        newest=newest,
    )


def _address(page: str, only: MeasureName | None, cursor: str | None = None) -> str:
    query = urlencode({name: value for name, value in (("events", only), ("cursor", cursor)) if value})
    return f"{page}?{query}#events" if query else page


def _measure(measure: Measure, page: str) -> MeasureView:
    title, unit, meaning = WHAT[measure.name]
    return MeasureView(
        title=title,
        meaning=meaning,
        count=f"{number(measure.count)} of {count(measure.of, unit)}" if measure.of else f"no {unit} to count",
        share=None if measure.share is None else percent(measure.share),
        events=_address(page, measure.name) if measure.count else None,
    )


def _event(event: OutletEvent) -> OutletEventView:
    did = [
        count(event.articles, "article"),
        f"{number(event.copies)} with a text of others" if event.copies else "",
        "first" if event.first else "",
        f"{count(event.claims, 'claim')}, {number(event.named)} with a named source" if event.claims else "",
        f"{number(event.corrected)} corrected" if event.corrected else "",
        f"{number(event.withdrawn)} withdrawn" if event.withdrawn else "",
        f"{count(event.superseded, 'figure')} later superseded" if event.superseded else "",
    ]
    return OutletEventView(
        headline=shown(event.headline) or phrases.UNTITLED_EVENT,
        page=event.page,
        latest=f"latest report {phrases.at(event.last_published_at)}" if event.last_published_at else None,
        did=tuple(filter(None, did)),
    )
