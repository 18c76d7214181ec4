"""When each independent origin was published, and its reprints, as a plot: a row for each origin, x is time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.api.pages.article_index import ArticleIndex
from services.api.pages.origin_articles import find_reprints, further_words
from services.api.pages.plots.ends import both_ends
from services.api.pages.plots.scale import Scale, Tick
from services.api.pages.plots.time_scale import time_scale, time_ticks
from services.contracts.event import EventArticle
from services.contracts.publication_interval import is_day_only

MOST_ROWS = 12
MOST_MARKS = 8
"""Articles drawn of one origin, the first and the last; the words count all."""


@dataclass(frozen=True)
class TimeMark:
    """One article."""

    place: str
    own: bool
    """Whether its outlet wrote it: no reprint."""


@dataclass(frozen=True)
class TimeRow:
    """One origin."""

    outlet: str
    """Outlet of its first article."""
    number: int | None
    """Number of that article in the event's list."""
    further: str
    """Its reprints and further articles, in words; empty: none."""
    marks: tuple[TimeMark, ...]


@dataclass(frozen=True)
class TimePlot:
    """One plot."""

    rows: tuple[TimeRow, ...]
    ticks: tuple[Tick, ...]
    has_days: bool
    """Whether of an article only the day is known: it stands where the day begins."""
    further: int
    """Origins that are not drawn."""


def time_plot(articles: Sequence[EventArticle], index: ArticleIndex, origins: int) -> TimePlot | None:
    """The plot of the dated articles; None where fewer than two origins are dated, or at fewer than three moments.

    Of many origins the first and the last ones are drawn; likewise of the many articles of one origin.

    Args:
        articles: Of the whole event.
        index: Names the articles.
        origins: How many the event has, dated and listed or not.
    """
    groups: dict[str, list[tuple[datetime, EventArticle]]] = {}
    for article in articles:
        if article.published_at is not None:
            groups.setdefault(article.origin_id, []).append((article.published_at, article))
    rows = sorted(
        (sorted(group, key=lambda dated: (dated[0], dated[1].article_id)) for group in groups.values()),
        key=lambda group: (group[0][0], group[0][1].article_id),
    )
    shown = both_ends(rows, MOST_ROWS)
    reprints = find_reprints(articles)
    scale = time_scale([moment.timestamp() for group in shown for moment, _ in group])
    if len(rows) < 2 or scale is None:  # noqa: PLR2004 - two, to compare
        return None
    return TimePlot(
        rows=tuple(_row(group, scale, reprints, index) for group in shown),
        ticks=time_ticks(scale),
        has_days=any(is_day_only(moment, article.published_precision) for group in shown for moment, article in group),
        further=max(0, origins - len(shown)),
    )


def _row(
    group: Sequence[tuple[datetime, EventArticle]], scale: Scale, reprints: frozenset[str], index: ArticleIndex
) -> TimeRow:
    first = group[0][1]
    copies = sum(article.article_id in reprints for _, article in group[1:])
    return TimeRow(
        outlet=index.outlet(first.article_id, first.publisher),
        number=index.number(first.article_id),
        further=further_words(copies, len(group) - 1 - copies),
        marks=tuple(
            TimeMark(scale.place(moment.timestamp()), article.article_id not in reprints)
            for moment, article in both_ends(group, MOST_MARKS)
        ),
    )
