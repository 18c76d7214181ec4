"""Where reports come from, as a graph: sources, the texts that rely on them, the outlets that reprint a text. Pure.

It is drawn row by row, like the history of branches: each source has a lane, a line that begins at the row of its name
and runs down to the last text that relies on it; each text has a row, with a dot for each lane that reaches it. So
names stand beside the drawing and wrap, whatever their length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.api.pages.numbers import ENGLISH, count, number
from services.api.pages.origin_articles import find_reprints
from services.api.pages.phrases import counts_sentence
from services.api.pages.plots.shared_sources import SharedSource, credited_agencies, shared_sources
from services.contracts.event import Event, EventArticle
from services.language.agencies import find_agency

MOST_SOURCES = 4
MOST_TEXTS = 8
MOST_REPRINTS = 6
"""Outlets that are named of those that reprint a text."""
_MOST_DOTS = 8
"""Reprints that are drawn of one text."""


@dataclass(frozen=True)
class Lane:
    """The line of one source where it crosses a row. Places are in percent of the drawing's width."""

    place: str
    top: bool
    """Whether the line comes from the row above."""
    bottom: bool
    """Whether it goes on to the row below."""
    joins: bool
    """Whether it reaches this row's text."""


@dataclass(frozen=True)
class SourceRow:
    """One source."""

    name: str
    texts: str
    """How many texts rely on it, and for how many claims."""
    place: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class TextRow:
    """One text: the first article that has it, and who reprints it."""

    outlet: str
    number: int | None
    """Number of its first article in the event's list."""
    credit: str | None
    """The agencies that it credits, on top or for single claims."""
    reprints: tuple[str, ...]
    """Outlets that reprint it."""
    more_reprints: int
    again: str | None
    """How many more articles its outlet has, in words; None: none."""
    sources: tuple[str, ...]
    """Names of the sources that it relies on, of those that have a lane."""
    place: str
    hollow: tuple[str, ...]
    """A dot for each reprint."""
    first_lane: str | None
    """Place of the leftmost lane that reaches it; None where none does."""
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class SourceGraph:
    """The whole graph."""

    sentence: str
    sources: tuple[SourceRow, ...]
    texts: tuple[TextRow, ...]
    left_out: str | None
    """What is not drawn, in words."""


@dataclass(frozen=True)
class _Layout:
    """Which lanes reach which texts."""

    names: tuple[str, ...]
    """Of the sources, by lane."""
    reached: tuple[tuple[int, ...], ...]
    """By row of a text, the lanes that reach it."""
    lasts: tuple[int, ...]
    """By lane, the last row that it reaches; -1: none."""


def source_graph(event: Event, index: ArticleIndex) -> SourceGraph | None:
    """The graph of a whole event; None where no source stands behind several texts and nothing is reprinted.

    Args:
        event: The event, with all that is known of it.
        index: Names the articles.
    """
    texts: dict[str, list[EventArticle]] = {}
    for article in event.articles:
        texts.setdefault(article.origin_id, []).append(article)
    known = shared_sources(event)
    if not known and len(texts) == len(event.articles):
        return None
    lanes = known[:MOST_SOURCES]
    drawn = _drawn(texts, lanes)
    layout = _layout(lanes, drawn)
    credited = credited_agencies(event)
    return SourceGraph(
        sentence=_sentence(event, known),
        sources=tuple(_source_row(place, source, layout) for place, source in enumerate(lanes)),
        texts=tuple(
            _text_row(row, texts[origin_id], _credits(event, origin_id, credited.get(origin_id, ())), layout, index)
            for row, origin_id in enumerate(drawn)
        ),
        left_out=_left_out(len(known) - len(lanes), event.counts.origins - len(drawn)),
    )


def _layout(lanes: Sequence[SharedSource], drawn: Sequence[str]) -> _Layout:
    reached = tuple(
        tuple(lane for lane, source in enumerate(lanes) if origin_id in source.origins) for origin_id in drawn
    )
    lasts = tuple(
        max((row for row, of_row in enumerate(reached) if lane in of_row), default=-1) for lane in range(len(lanes))
    )
    return _Layout(tuple(source.name for source in lanes), reached, lasts)


def _drawn(texts: Mapping[str, Sequence[EventArticle]], lanes: Sequence[SharedSource]) -> list[str]:
    """The texts that rely on most of the sources, then those that are reprinted most, in the order of the event."""

    def rank(origin_id: str) -> tuple[int, int]:
        return -sum(origin_id in source.origins for source in lanes), -len(texts[origin_id])

    chosen = set(sorted(texts, key=rank)[:MOST_TEXTS])
    return [origin_id for origin_id in texts if origin_id in chosen]


def _lane_place(lane: int) -> float:
    return 5.0 + 12.0 * lane


def _percent(place: float) -> str:
    return f"{place:.4g}%"


def _source_row(place: int, source: SharedSource, layout: _Layout) -> SourceRow:
    texts, claims = count(len(source.origins), "text"), count(source.claims, "claim")
    return SourceRow(
        name=source.name,
        texts=f"{claims} in {texts}",
        place=_percent(_lane_place(place)),
        lanes=tuple(
            Lane(_percent(_lane_place(lane)), top=lane < place, bottom=True, joins=False)
            for lane in range(place + 1)
            if layout.lasts[lane] >= 0
        ),
    )


def _text_row(
    row: int, articles: Sequence[EventArticle], credits_: Sequence[str], layout: _Layout, index: ArticleIndex
) -> TextRow:
    first, reprints = articles[0], find_reprints(articles)
    reached = layout.reached[row]
    place = _lane_place(len(layout.names))
    outlet = index.outlet(first.article_id, first.publisher)
    copies = [article for article in articles[1:] if article.article_id in reprints]
    own = len(articles) - 1 - len(copies)
    carriers = dict.fromkeys(index.outlet(article.article_id, article.publisher) for article in copies)
    outlets = [name for name in carriers if name != outlet]
    dots = min(len(copies), _MOST_DOTS - len(layout.names))
    return TextRow(
        outlet=outlet,
        number=index.number(first.article_id),
        credit=format_list([name for name in credits_ if name != outlet], locale=ENGLISH) or None,
        reprints=tuple(outlets[:MOST_REPRINTS]),
        more_reprints=max(0, len(outlets) - MOST_REPRINTS),
        again=count(own, "more article") if own else None,
        sources=tuple(layout.names[lane] for lane in reached),
        place=_percent(place),
        hollow=tuple(_percent(place + 10 + 7 * at) for at in range(dots)),
        first_lane=_percent(_lane_place(reached[0])) if reached else None,
        lanes=tuple(
            Lane(_percent(_lane_place(lane)), top=True, bottom=row < last, joins=lane in reached)
            for lane, last in enumerate(layout.lasts)
            if row <= last
        ),
    )


def _credits(event: Event, origin_id: str, for_claims: Sequence[str]) -> list[str]:
    """The agency that a text credits as a whole, then those that it credits for single claims."""
    whole = next((shown(origin.wire_credit) for origin in event.origins if origin.origin_id == origin_id), "")
    others = [name for name in for_claims if not whole or find_agency(name) != (find_agency(whole) or whole)]
    return [*filter(None, (whole,)), *others]


def _sentence(event: Event, sources: Sequence[SharedSource]) -> str:
    """How many texts there are, and on whom several of them rely."""
    sentence = f"{counts_sentence(event.counts)}."
    if not sources:
        return sentence
    names = [source.name for source in sources[:MOST_SOURCES]]
    if len(sources) > MOST_SOURCES:
        names.append(count(len(sources) - MOST_SOURCES, "more source"))
    return f"{sentence} Several of them rely on {format_list(names, locale=ENGLISH)}."


def _left_out(sources: int, texts: int) -> str | None:
    parts = [f"{number(sources)} of the sources"] if sources > 0 else []
    parts += [f"{number(texts)} of the texts"] if texts > 0 else []
    return f"{' and '.join(parts)} {'is' if sources + texts == 1 else 'are'} not drawn." if parts else None
