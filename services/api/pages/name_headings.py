"""What the pages of speakers and of entities have in common. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from services.api.filters.words import fold_name
from services.api.names.models import MATCHING, FoundName, NameAlone, NameInEvent
from services.api.names.name_keys import NameKeys, entity_page, speaker_page
from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import count, number
from services.contracts.claim import SpeakerKind
from services.contracts.event import Event
from services.language.places import load_gazetteer

MOST_FORMS = 6
"""Forms of a name that are shown of one event."""
MOST_NAMED = 16
"""Pages that the page of an event links to."""
MOST_NEEDED = 5
"""Articles that a name has to stand in, however many there are; in a small event in half of them."""
MOST_NAME = 120
"""Characters of a name here, where many stand on a page."""


_ABBREVIATIONS = frozenset((
    "ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "PT", "PST", "PDT", "GMT", "BST", "CET", "CEST", "UTC", "AM", "PM",
    "FAQ", "Q&A", "CEO", "CFO", "TV", "PDF", "RSS", "URL", "OK", "ID", "PR", "HQ", "VIP", "SUV", "UAV", "DNA",
))  # fmt: skip
"""Capitals that name nobody."""
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Link:
    """Words and where they lead; None: nowhere."""

    words: str
    page: str | None
    note: str = ""


@dataclass(frozen=True)
class NameHeading:
    """The top of the page, and what may be the same name or another."""

    name: str
    page: str
    json_url: str
    matching: str
    stands_for: tuple[Link, ...]
    """Fuller names, with in how many events."""
    alone: str | None
    """That there are events which have nothing fuller, in a sentence."""
    alone_events: tuple[Link, ...]
    following: str | None
    """Address of the next part."""
    first_page: bool


@dataclass(frozen=True)
class EventHeading:
    """An event above what it has of the name."""

    headline: str
    page: str
    reported: str | None
    """When it was first reported, and last."""
    written: tuple[str, ...]
    """Forms of the name other than the one on top of the page."""


def name_heading(found: FoundName, path: str, *, first_page: bool) -> NameHeading:
    """The heading.

    Args:
        found: What is known of the name.
        path: `speakers` or `entities`.
        first_page: Whether it is the first part.
    """
    alone = found.alone
    page_of = speaker_page if path == "speakers" else entity_page
    return NameHeading(
        name=name(found.name) or "A name that cannot be shown",
        page=found.page,
        json_url=f"/v1/{path}/{quote(found.key, safe='')}",
        matching=MATCHING,
        stands_for=tuple(
            Link(name(other.name), page_of(other.key), count(other.events, "event")) for other in found.stands_for
        ),
        alone=_alone(alone) if alone.total else None,
        alone_events=tuple(Link(shown(event.headline) or phrases.UNTITLED_EVENT, event.page) for event in alone.events),
        following=f"{found.page}?cursor={quote(found.next, safe='')}" if found.next else None,
        first_page=first_page,
    )


def _alone(alone: NameAlone) -> str:
    have = f"{count(alone.total, 'event')} {'has' if alone.total == 1 else 'have'}"
    newest = f"; these are the newest {number(len(alone.events))}" if alone.total > len(alone.events) else ""
    return (
        f"{have} this name and no fuller one, which is not enough to tell who or what is meant: it may be another "
        f"one in each{newest}."
    )


def event_heading(event: NameInEvent, heading: str) -> EventHeading:
    """The heading of one event; `heading`: the name on top of the page."""
    first, last = event.first_published_at, event.last_published_at
    times = [f"First reported {phrases.at(first)}"] if first else []
    if last and last != first:
        times.append(f"{'latest' if times else 'Latest'} {phrases.at(last)}")
    forms = dict.fromkeys(form for form in map(name, event.written) if form and form != heading)
    return EventHeading(
        headline=shown(event.headline) or phrases.UNTITLED_EVENT,
        page=event.page,
        reported=", ".join(times) or None,
        written=tuple(forms)[:MOST_FORMS],
    )


def named_links(keys: NameKeys, event: Event) -> tuple[Link, ...]:
    """Pages of who speaks and of what the articles of an event have in common, those in most of them first.

    Not who only publishes: its outlets, and agencies and outlets from which they have something.
    """
    publishing = {fold_name(one) for one in _publishing(event) if one}
    articles = {
        entity.name: len({article_id for variant in entity.variants for article_id in variant.article_ids})
        for entity in event.entities
    }
    fewest = min(MOST_NEEDED, (len(event.articles) + 1) // 2)
    full = (
        known
        for known in keys.entities()
        if known.full
        and name(known.name)
        and not _is_no_name(known.name)
        and publishing.isdisjoint(map(fold_name, known.forms))
    )
    speaking = {claim.speaker.canonical for claim in event.claims if claim.speaker is not None}
    common = (
        known
        for known in full
        if articles.get(known.name, fewest) >= fewest or not speaking.isdisjoint((known.name, *known.forms))
    )
    return tuple(Link(name(known.name), entity_page(known.key)) for known in islice(common, MOST_NAMED))


def _is_no_name(words: str) -> bool:
    """Whether readers would not take it for a name: a time zone, a kind of text, a weapon's make with its country."""
    first, *others = words.split()
    if not others:
        return words.upper().replace(".", "") in _ABBREVIATIONS
    is_make = len(others) == 1 and (others[0].isupper() or _HAS_DIGIT.search(others[0]) is not None)
    return is_make and load_gazetteer().is_demonym(first)


def _publishing(event: Event) -> Iterator[str | None]:
    for article in event.articles:
        yield phrases.named_outlet(article.publisher)
        yield article.wire_credit
    for claim in event.claims:
        for support in claim.supports:
            yield from (link.name for link in support.attribution if link.kind is SpeakerKind.ORGANISATION)


def name(text: str | None) -> str:
    """A name as it is shown here."""
    return clipped(shown(text), MOST_NAME)
