"""When each independent origin was published, and its reprints, as a plot: a row for each origin, x is time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from babel.dates import format_datetime

from services.api.pages.article_index import ArticleIndex
from services.api.pages.numbers import ENGLISH
from services.api.pages.plots.scale import MOST_TICKS, Scale, Tick, anchor_of
from services.contracts.event import EventArticle

MOST_ROWS = 12
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = (
    *(minutes * _MINUTE for minutes in (1, 5, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 7, 14, 30, 90, 365)),
)
_ROOM = 0.04
"""Share of the time shown that stands free at each side."""


@dataclass(frozen=True)
class TimeMark:
    """One article."""

    place: str
    first: bool
    """Whether it is the first of its origin, not a reprint."""


@dataclass(frozen=True)
class TimeRow:
    """One origin."""

    outlet: str
    """Outlet of its first article."""
    number: int | None
    """Number of that article in the event's list."""
    reprints: int
    marks: tuple[TimeMark, ...]


@dataclass(frozen=True)
class TimePlot:
    """One plot."""

    rows: tuple[TimeRow, ...]
    ticks: tuple[Tick, ...]
    further: int
    """Origins that are not drawn."""


def time_plot(articles: Sequence[EventArticle], index: ArticleIndex) -> TimePlot | None:
    """The plot of the dated articles; None where fewer than two origins are dated, or all at one moment."""
    groups: dict[str, list[tuple[datetime, EventArticle]]] = {}
    for article in articles:
        if article.published_at is not None:
            groups.setdefault(article.origin_id, []).append((article.published_at, article))
    rows = sorted(
        (sorted(group, key=lambda dated: (dated[0], dated[1].article_id)) for group in groups.values()),
        key=lambda group: (group[0][0], group[0][1].article_id),
    )
    shown = rows[:MOST_ROWS]
    times = [moment.timestamp() for group in shown for moment, _ in group]
    if len(rows) < 2 or min(times) == max(times):  # noqa: PLR2004 - two, to compare
        return None
    room = _ROOM * (max(times) - min(times))
    scale = Scale(min(times) - room, max(times) + room)
    return TimePlot(tuple(_row(group, scale, index) for group in shown), _ticks(scale), len(rows) - len(shown))


def _row(group: Sequence[tuple[datetime, EventArticle]], scale: Scale, index: ArticleIndex) -> TimeRow:
    first = group[0][1]
    return TimeRow(
        outlet=index.outlet(first.article_id, first.publisher),
        number=index.number(first.article_id),
        reprints=len(group) - 1,
        marks=tuple(TimeMark(scale.place(moment.timestamp()), place == 0) for place, (moment, _) in enumerate(group)),
    )


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    """At whole hours, days and so on (UTC), which days in words."""
    length = scale.high - scale.low
    step = next((step for step in _STEPS if length / step <= MOST_TICKS), length / MOST_TICKS)
    pattern = "d MMM y" if step >= 365 * _DAY else "d MMM" if step >= _DAY else "d MMM, HH:mm"
    return tuple(
        Tick(
            place := scale.place(value),
            format_datetime(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value), pattern, UTC, locale=ENGLISH),
            anchor_of(place),
        )
        for value in scale.values(step)
    )
