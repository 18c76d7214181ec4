"""The values given for one counted thing by time: for when each is told, and when it was first reported. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.api.pages.plots.scale import Tick
from services.api.pages.plots.time_scale import FEWEST_MOMENTS, time_scale, time_ticks
from services.contracts.event_claims import Figure, FigureValue

_LONGER_THAN_A_MONTH = timedelta(days=32)


@dataclass(frozen=True)
class FigureTime:
    """One value. Places are in percent of the plot's width."""

    position: int
    """Of the value among those of its figure."""
    bar: tuple[str, str] | None
    """The day, month or interval that it is told for; None where no report says."""
    dot: str | None
    """When it was first reported; None where that is not known."""


@dataclass(frozen=True)
class FigureTimes:
    """One plot: the values that can be dated, in order of time."""

    rows: tuple[FigureTime, ...]
    ticks: tuple[Tick, ...]
    any_bar: bool
    undated: int
    """Values that are not drawn."""


def figure_times(figure: Figure) -> FigureTimes | None:
    """The plot; None where fewer than two values can be dated, or the days and moments are fewer than three."""
    spans = {position: span for position, value in enumerate(figure.values) if (span := told_for(value.as_of))}
    dots = {
        position: value.first_reported_at.timestamp()
        for position, value in enumerate(figure.values)
        if value.first_reported_at is not None
    }
    dated = sorted(spans.keys() | dots.keys(), key=lambda position: _order(position, figure.values, spans))
    scale = time_scale([end for span in spans.values() for end in span] + list(dots.values()))
    different = len(set(spans.values())) + len(set(dots.values()))
    if len(dated) < 2 or different < FEWEST_MOMENTS or scale is None:  # noqa: PLR2004 - two, to compare
        return None
    rows = tuple(
        FigureTime(
            position,
            (scale.place(spans[position][0]), scale.place(spans[position][1])) if position in spans else None,
            scale.place(dots[position]) if position in dots else None,
        )
        for position in dated
    )
    return FigureTimes(rows, time_ticks(scale), bool(spans), len(figure.values) - len(dated))


def times_legend(plots: Sequence[FigureTimes]) -> tuple[str, ...]:
    """What the marks of these plots mean, as far as they are used."""
    meanings = (
        (
            any(plot.any_bar for plot in plots),
            "a bar is the day or month (UTC) that a value is told for, the latest of several",
        ),
        (bool(plots), "a hollow dot is when a value was first reported"),
    )
    return tuple(words for used, words in meanings if used)


def _order(
    position: int, values: Sequence[FigureValue], spans: dict[int, tuple[float, float]]
) -> tuple[float, float, int]:
    """By the end of what a value is told for, else by its first report; then by first report."""
    reported = values[position].first_reported_at
    moment = reported.timestamp() if reported else float("inf")
    return spans[position][1] if position in spans else moment, moment, position


def told_for(iso: str | None) -> tuple[float, float] | None:
    """From when to when (seconds since 1970, UTC) a date, month, year or interval lasts.

    None for other texts: dates with open digits, and none at all.

    Args:
        iso: As `DateMention.iso`: "2026-03-03", "2026-03", "2026", "2026-03-03/2026-03-05".
    """
    first, _, last = (iso or "").partition("/")
    begin, end = _period(first), _period(last or first)
    if begin is None or end is None or end[1] <= begin[0]:
        return None
    return begin[0].timestamp(), end[1].timestamp()


def _period(iso: str) -> tuple[datetime, datetime] | None:
    """The first moment of a day, month or year, and of the next one."""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            begin = datetime.strptime(iso, form).replace(tzinfo=UTC)
            if form == "%Y-%m-%d":
                return begin, begin + timedelta(days=1)
            if form == "%Y":
                return begin, begin.replace(year=begin.year + 1)
            return begin, (begin.replace(day=1) + _LONGER_THAN_A_MONTH).replace(day=1)
        except (ValueError, OverflowError):  # another form, or the last year that there is
            continue
    return None
