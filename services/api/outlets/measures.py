"""What each outlet did in one event, in counts. Pure.

Nothing here is an opinion: every count is of things that the event lists, and the definition stands beside it. Sums
over events are made in the index.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from services.api.filters.words import fold_name
from services.api.outlets.outlet_keys import outlet_key
from services.contracts.article import UNNAMED_AGENCY, ArticleStatus, Publisher
from services.contracts.claim import SpeakerKind
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.contracts.publication_interval import interval

LONGEST_NAME = 200
"""Characters that are kept of an outlet's name."""

Copied = tuple[str, str, str | None, int]
"""Outlet, whose text it printed, the key of that if it is an outlet of the event, and in how many articles."""
OutletCounts = tuple[str, int, int, bool, bool, int, int, int, int, int, int]
"""Outlet, then `COUNTS`."""


@dataclass(frozen=True)
class OutletInEvent:
    """What one outlet did in one event."""

    key: str
    name: str
    articles: int
    copies: int
    """Articles whose text is another's: see `_copied_from`."""
    copied: tuple[Copied, ...]
    decided: bool
    """Whether the times of publication tell which outlet was first, this one among them."""
    first: bool
    """Whether it was, with a text of its own."""
    claims: int
    """Claims of the event that it reports."""
    named: int
    """Those for which its article names a person or body."""
    corrected: int
    withdrawn: int
    figures: int
    """Values of figures that it gives as current."""
    superseded: int
    """Those that a newer value replaced."""

    @property
    def counts(self) -> OutletCounts:
        """As the index takes them."""
        return (
            *(self.key, self.articles, self.copies, self.decided, self.first),
            *(self.claims, self.named, self.corrected, self.withdrawn, self.figures, self.superseded),
        )


Count = Literal[
    "articles", "copies", "decided", "first", "claims", "named", "corrected", "withdrawn", "figures", "superseded"
]
COUNTS: tuple[Count, ...] = get_args(Count)
"""What is summed up over events, in the order of the index."""


def outlet_rows(event: Event) -> list[OutletInEvent]:
    """What each outlet that is known did in an event, in order of first mention."""
    keys = {article.article_id: outlet_key(article.publisher) for article in event.articles}
    by_outlet: dict[str, list[EventArticle]] = {}
    for article in event.articles:
        key = keys[article.article_id]
        if key is not None:
            by_outlet.setdefault(key, []).append(article)
    claims, named = _claims(event, keys)
    figures, superseded = _figures(event, keys)
    copied = _copies(event)
    first = _first(event, copied)
    return [
        OutletInEvent(
            key=key,
            name=_name(articles[0].publisher),
            articles=len(articles),
            copies=sum(article.article_id in copied for article in articles),
            copied=_copied_rows(
                key, (copied[article.article_id] for article in articles if article.article_id in copied)
            ),
            decided=first is not None and any(article.published_at is not None for article in articles),
            first=first == key,
            claims=claims[key],
            named=named[key],
            corrected=sum(article.status is ArticleStatus.CORRECTED for article in articles),
            withdrawn=sum(article.status is ArticleStatus.WITHDRAWN for article in articles),
            figures=figures[key],
            superseded=superseded[key],
        )
        for key, articles in by_outlet.items()
    ]


def _name(publisher: Publisher) -> str:
    return (publisher.name or publisher.domain or "")[:LONGEST_NAME]


_Source = tuple[str, str | None]
"""Name, and key of an outlet."""


def _copies(event: Event) -> dict[str, _Source]:
    """By article whose text is another's, whose it is."""
    credited = _credits(event)
    outlets = {
        fold_name(article.publisher.name): key
        for article in event.articles
        if article.publisher.name and (key := outlet_key(article.publisher))
    }
    firsts: dict[str, EventArticle] = {}
    for article in event.articles:  # in order of publication
        firsts.setdefault(article.origin_id, article)
    copies = {}
    for article in event.articles:
        source = _copied_from(article, firsts[article.origin_id], credited.get(article.origin_id), outlets)
        if source is not None:
            copies[article.article_id] = source
    return copies


def _credits(event: Event) -> Mapping[str, str | None]:
    """By origin, the agency that has written its texts; none that only contributed to them."""
    credited = {origin.origin_id: origin.wire_credit for origin in event.origins}
    for article in event.articles:
        if article.wire_credit is not None:
            credited[article.origin_id] = None
    return credited | {
        article.origin_id: article.wire_credit
        for article in event.articles
        if article.wire_credit is not None and not article.wire_contributed
    }


def _copied_from(
    article: EventArticle, first: EventArticle, credit: str | None, outlets: Mapping[str, str]
) -> _Source | None:
    """The agency that the text credits, else the outlet that printed it first; None for a text of the outlet's own.

    What an outlet prints of itself again is its own, and so is an agency's report on its own site.

    Args:
        article: The article.
        first: The first one of its origin.
        credit: The agency that the texts of its origin credit.
        outlets: Keys of the event's outlets by name: an agency may be one of them.
    """
    publisher = article.publisher
    if credit is not None and fold_name(credit) != fold_name(publisher.name or ""):
        if credit == UNNAMED_AGENCY:
            return "an agency that is not named", None
        return credit[:LONGEST_NAME], outlets.get(fold_name(credit))
    if first.article_id == article.article_id or outlet_key(first.publisher) == outlet_key(publisher):
        return None
    return _name(first.publisher) or "an unnamed outlet", outlet_key(first.publisher)


def _copied_rows(outlet: str, sources: Iterable[_Source]) -> tuple[Copied, ...]:
    return tuple((outlet, name, key, number) for (name, key), number in Counter(sources).items())


def _first(event: Event, copied: dict[str, _Source]) -> str | None:
    """The outlet whose article is surely before those of all others; empty if that text is not its own.

    None where that cannot be told: one outlet alone, two at one time, or times that are days, weeks or months alone and
    reach into each other. Undated articles are passed over.
    """
    dated = sorted(
        (
            (interval(article.published_at, article.published_precision), article)
            for article in event.articles
            if article.published_at is not None
        ),
        key=lambda pair: pair[0],
    )
    carriers = [outlet_key(article.publisher) or article.article_id for _, article in dated]
    others = [when for (when, _), carrier in zip(dated, carriers, strict=True) if carrier != carriers[0]]
    if not others:
        return None
    when, earliest = dated[0]
    if not all(map(when.is_before, others)):
        return None
    key = outlet_key(earliest.publisher)
    return key if key is not None and earliest.article_id not in copied else ""


def _claims(event: Event, keys: Mapping[str, str | None]) -> tuple[Counter[str], Counter[str]]:
    """By outlet, how many claims it reports, and for how many of them it names a source."""
    reported, named = Counter[str](), Counter[str]()
    for claim in event.claims:
        by_outlet: dict[str, bool] = {}
        for support in claim.supports:
            key = keys.get(support.article_id)
            if key is not None:
                told = support.speaker is not None and support.speaker.kind is not SpeakerKind.UNNAMED
                by_outlet[key] = by_outlet.get(key, False) or told
        reported.update(by_outlet.keys())
        named.update(key for key, told in by_outlet.items() if told)
    return reported, named


def _figures(event: Event, keys: Mapping[str, str | None]) -> tuple[Counter[str], Counter[str]]:
    """By outlet, how many values of figures it gives as current, and how many of them a newer value replaced."""
    given, superseded = Counter[str](), Counter[str]()
    for figure in event.figures:
        replaced = _replaced(figure)
        for at, value in enumerate(figure.values):
            if _counts(value):
                outlets = {key for article_id in value.article_ids if (key := keys.get(article_id)) is not None}
                given.update(outlets)
                superseded.update(outlets if at in replaced else ())
    return given, superseded


def _counts(value: FigureValue) -> bool:
    return value.outlook is Outlook.CURRENT and not value.increment and not value.derived_from


def _replaced(figure: Figure) -> frozenset[int]:
    """Places of the values before the newest one, in a row of which the event says that a newer value replaces older.

    Where reports conflict, nobody knows which value holds: none is counted.
    """
    if figure.verdict is not FigureVerdict.SUPERSEDED:
        return frozenset()
    dated = [
        (value.first_reported_at, at, value.value)
        for at, value in enumerate(figure.values)
        if value.first_reported_at is not None and _counts(value)
    ]
    if not dated:
        return frozenset()
    newest, _, latest = max(dated, key=lambda entry: (entry[0], entry[1]))
    return frozenset(at for moment, at, value in dated if moment < newest and value != latest)
