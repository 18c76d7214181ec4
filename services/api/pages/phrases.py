"""Plain words for what the contracts say in codes. Pure."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from babel.dates import format_date, format_datetime

from services.api.pages.characters import shown
from services.api.pages.numbers import ENGLISH, count
from services.contracts.article import ArticleStatus, InputKind, Precision, Publisher, TextKind
from services.contracts.claim import AttributionLink, ClaimKind, Speaker, SpeakerKind
from services.contracts.event import Counts, EventArticle, EventStatus
from services.contracts.event_claims import (
    ContradictionKind,
    FigureValue,
    FigureVerdict,
    Outlook,
    SupportForm,
)
from services.contracts.publication_interval import is_day_only
from services.contracts.quantity import Bound
from services.language.openings import PRONOUNS

Times = Callable[[datetime | None], str | None]
"""Tells a time."""

UNKNOWN_OUTLET = "an unnamed outlet"
UNTITLED = "Untitled article"
UNTITLED_EVENT = "Untitled event"
NO_SOURCE = "no source named"

STATUS: dict[EventStatus, str | None] = {
    EventStatus.OPEN: None,
    EventStatus.CLOSED: "Closed: the time in which reports can join has passed.",
    EventStatus.MERGED: "Merged: it turned out to be another event.",
}
ARTICLE_STATUS: dict[ArticleStatus, str | None] = {
    ArticleStatus.USABLE: None,
    ArticleStatus.CORRECTED: "corrected by its publisher",
    ArticleStatus.WITHDRAWN: "withdrawn by its publisher",
}
TEXT_KIND: dict[TextKind, str] = {
    TextKind.ROUND_UP: "round-up of several events",
    TextKind.LIVE_BLOG: "live blog",
    TextKind.NEWSLETTER: "newsletter",
    TextKind.SERIES: "one of a series",
    TextKind.STUB: "no full text",
    TextKind.OPINION: "opinion",
    TextKind.OBITUARY: "obituary",
}
CONTRADICTION: dict[ContradictionKind, str] = {
    ContradictionKind.FIGURE: "How many",
    ContradictionKind.POLARITY: "Yes or no",
    ContradictionKind.ATTRIBUTION: "Who said it",
    ContradictionKind.DATE: "When",
}
VERDICT: dict[FigureVerdict, str] = {
    FigureVerdict.SINGLE: "One value",
    FigureVerdict.AGREE: "Reports agree",
    FigureVerdict.COMPATIBLE: "Values fit together",
    FigureVerdict.SUPERSEDED: "Newer value replaces older",
    FigureVerdict.CONFLICTING: "Reports conflict",
}
CLAIM_KIND: dict[ClaimKind, str] = {
    ClaimKind.QUOTATION: "quotation",
    ClaimKind.STATEMENT: "statement",
    ClaimKind.FIGURE: "figure",
}
LEFT_OPEN = "left open"
"""In place of the kind of a claim that its source neither confirms nor denies."""
_LAST_COMMA = re.compile(r",([\"”’])$")
FORM: dict[SupportForm, str | None] = {
    SupportForm.FULL: None,
    SupportForm.CUT: "quoted in part",
    SupportForm.PARAPHRASE: "told in other words",
}
BOUND: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.ABOUT: "about",
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.RANGE: "a range",
}
OUTLOOK: dict[Outlook, str] = {
    Outlook.CURRENT: "",
    Outlook.EXPECTED: "expected",
    Outlook.POSSIBLE: "possible",
}
INPUT: dict[InputKind, str] = {
    InputKind.FEED: "from a feed",
    InputKind.SITEMAP: "from a sitemap",
    InputKind.PAGE: "from its web page",
    InputKind.PUSH: "through the API",
    InputKind.FILE: "from a file",
}


def counts_sentence(counts: Counts) -> str:
    """How widely an event is reported: "7 articles by 7 outlets, 5 independent origins". No outlet is named: none."""
    return f"{articles_and_outlets(counts)}, {count(counts.origins, 'independent origin')}"


def articles_and_outlets(counts: Counts) -> str:
    """How many articles of how many outlets an event has: "7 articles by 7 outlets"."""
    by = f" by {count(counts.publishers, 'outlet')}" if counts.publishers else ""
    return f"{count(counts.articles, 'article')}{by}"


def outlet(publisher: Publisher) -> str:
    """What to call a publisher."""
    return named_outlet(publisher) or UNKNOWN_OUTLET


def named_outlet(publisher: Publisher) -> str | None:
    """The publisher's name, else its domain; None where neither is known."""
    return shown(publisher.name) or shown(publisher.domain) or None


def title(given: str | None) -> str:
    """What to call an article."""
    return shown(given) or UNTITLED


def speaker(who: Speaker | None) -> str:
    """Who said it, with role and organisation where known. A pronoun tells a reader nobody: "not named (“he”)"."""
    if who is None:
        return NO_SOURCE
    name = who.surface if who.kind is SpeakerKind.UNNAMED else who.canonical
    if name.casefold() in PRONOUNS:
        return f"not named (“{name}”)"
    named = name
    for part in (who.role, who.organisation):
        if part and part.casefold() not in named.casefold():  # "director of the Port Authority" names the authority
            named = f"{named}, {part}"
    return shown(named) or NO_SOURCE


def readable(text: str) -> str:
    """A claim's words without the comma that typography puts before the closing mark: 'called it "late,"'."""
    return _LAST_COMMA.sub(r"\1", text)


def attribution(chain: tuple[AttributionLink, ...], outlet: str | None) -> str | None:
    """The way a claim came to the outlet, the nearest first: "Meridian Press, from the coast guard".

    What an agency publishes itself has come by no way.
    """
    names = [name for link in chain if (name := shown(link.name)).casefold() != (outlet or "").casefold()]
    return ", from ".join(names) or None


def bound_note(bound: Bound, surface: str) -> str:
    """The bound of a figure, unless its own words say it: "40" needs it, "more than 200" does not."""
    return "" if surface[:1].isalpha() else BOUND[bound]


def holds(value: FigureValue) -> str:
    """What kind of value it is, where and for when: "expected, in Arlund, as of 2 March 2026"; empty if it is plain."""
    told = [
        f"the sum of {' and '.join(value.derived_from)}" if value.derived_from else "",
        "on top of another value" if value.increment else "",
        OUTLOOK[value.outlook],
        f"in {value.place}" if value.place else "",
        f"as of {told_day}" if (told_day := iso_day(value.as_of)) else "",
    ]
    return ", ".join(filter(None, told))


def sources(value: FigureValue) -> str:
    """Who gives a value: all whom reports name."""
    return ", ".join(value.sources or filter(None, (value.source,))) or NO_SOURCE


def day(moment: datetime) -> str:
    """A UTC day: "3 March 2026"."""
    return format_date(moment.astimezone(UTC), "d MMMM y", locale=ENGLISH)


def iso_day(iso: str | None) -> str:
    """A day or month in ISO 8601 in words: "3 March 2026", "March 2026"; empty for others, such as open ones."""
    for form, pattern in (("%Y-%m-%d", "d MMMM y"), ("%Y-%m", "MMMM y")):
        try:
            moment = datetime.strptime(iso or "", form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return format_date(moment, pattern, locale=ENGLISH)
    return ""


def at(moment: datetime, precision: Precision | None = None) -> str:
    """A UTC time as exactly as it is known: "3 March 2026, 17:52 UTC"; a day where only the day is known."""
    if is_day_only(moment, precision):
        return day(moment)
    return format_datetime(moment, "d MMMM y, HH:mm 'UTC'", tzinfo=UTC, locale=ENGLISH)


def times(articles: Sequence[EventArticle]) -> Times:
    """Tells times of an event as exactly as the article that was published then is dated; null stays null."""
    known = {article.published_at: article.published_precision for article in articles}
    return lambda moment: at(moment, known.get(moment)) if moment else None


def score(value: float) -> str:
    """A score in [0, 1] to two places."""
    return f"{value:.2f}"
