"""The values given for one counted thing by time: for when each is told, and when it was first reported. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.api.pages.plots.scale import Tick
from services.api.pages.plots.time_scale import FEWEST_MOMENTS, time_scale, time_ticks
from services.contracts.event_claims import FigureValue

_LONGER_THAN_A_MONTH = timedelta(days=32)


@dataclass(frozen=True)
class FigureTime:
    """One value. Places are in percent of the plot's width."""

    bar: tuple[str, str] | None
    """The day, month or interval that it is told for; None where no report says."""
    dot: str | None
    """When it was first reported; None where that is not known."""


@dataclass(frozen=True)
class FigureTimes:
    """One plot."""

    marks: tuple[FigureTime | None, ...]
    """One for each value, in the order given; None for one that cannot be dated."""
    ticks: tuple[Tick, ...]
    legend: str
    """What the marks mean, as far as they are used: a sentence."""
    undated: int
    """Values that are not drawn."""


def figure_times(values: Sequence[FigureValue]) -> FigureTimes | None:
    """The plot; None where fewer than two values can be dated, or the days and moments are fewer than three."""
    spans = {place: span for place, value in enumerate(values) if (span := told_for(value.as_of))}
    dots = {
        place: value.first_reported_at.timestamp()
        for place, value in enumerate(values)
        if value.first_reported_at is not None
    }
    dated = spans.keys() | dots.keys()
    scale = time_scale([end for span in spans.values() for end in span] + list(dots.values()))
    different = len(set(spans.values())) + len(set(dots.values()))
    if len(dated) < 2 or different < FEWEST_MOMENTS or scale is None:  # noqa: PLR2004 - two, to compare
        return None
    marks = tuple(
        FigureTime(
            (scale.place(spans[place][0]), scale.place(spans[place][1])) if place in spans else None,
            scale.place(dots[place]) if place in dots else None,
        )
        if place in dated
        else None
        for place in range(len(values))
    )
    meanings = [
        *(["a bar is the day or month (UTC) that a value is told for, the latest of several"] if spans else []),
        *(["a dot is when a value was first reported"] if dots else []),
    ]
    return FigureTimes(marks, time_ticks(scale), f"A{'; '.join(meanings)[1:]}.", len(values) - len(dated))


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
