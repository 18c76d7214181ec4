"""The values given for one counted thing as a plot: a row for each value, x is the value. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages.numbers import short_number
from services.api.pages.plots.scale import LARGEST, Scale, Tick, anchor_of, scale_of, step_of
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict
from services.contracts.quantity import Bound
from services.language.quantities import ABOUT, can_be_rounded, ranges_meet, same_value, strict_range


@dataclass(frozen=True)
class Mark:
    """How one value is drawn. Places are in percent of the plot's width."""

    dot: str | None
    """The value itself; None for a range, whose middle nobody gives."""
    line: tuple[str, str] | None
    """The values that the wording allows, from left to right; None where it allows one only."""
    about: bool
    """Whether the ends of the line are not sharp."""
    open_low: bool
    """Whether there is no least value: an arrow to the left."""
    open_high: bool
    """Likewise to the right."""


@dataclass(frozen=True)
class FigurePlot:
    """One plot."""

    marks: tuple[Mark | None, ...]
    """One for each value, in the order given; None for a number that cannot be drawn."""
    ticks: tuple[Tick, ...]


def figure_plot(figure: Figure) -> FigurePlot | None:
    """The plot; None where there is nothing to compare: fewer than two values that differ."""
    drawn = [value for value in figure.values if _can_be_drawn(value)]
    if len({(value.value, value.low, value.high) for value in drawn}) <= 1:
        return None
    extents = [end for value in drawn for end in allowed_range(value) if end is not None]
    scale = scale_of(extents, open_end=any(allowed_range(value)[1] is None for value in drawn))
    values = scale.values(step_of(scale.high - scale.low))
    return FigurePlot(
        marks=tuple(_mark(value, scale) if _can_be_drawn(value) else None for value in figure.values),
        ticks=tuple(Tick(place := scale.place(value), short_number(value), anchor_of(place)) for value in values),
    )


def superseded_values(figure: Figure) -> frozenset[int]:
    """Positions of values that a newer value replaces.

    That is a later one that its own source gives for the same place, or, where the verdict on the whole figure is that
    values are replaced (no two of them conflict), any later one that it cannot hold beside.
    """
    values = figure.values
    return frozenset(
        position
        for position, value in enumerate(values)
        if any(_replaces(later, value, figure.verdict) for later in values[position + 1 :])
    )


def _replaces(later: FigureValue, earlier: FigureValue, verdict: FigureVerdict) -> bool:
    if later.increment or earlier.increment or later.outlook is not earlier.outlook or later.place != earlier.place:
        return False
    if ranges_meet(allowed_range(later), allowed_range(earlier)):
        return False
    return verdict is FigureVerdict.SUPERSEDED or bool(set(later.sources) & set(earlier.sources))


def _can_be_drawn(value: FigureValue) -> bool:
    numbers = (value.value, *(end for end in (value.low, value.high) if end is not None))
    return all(math.isfinite(number) and abs(number) <= LARGEST for number in numbers)


def allowed_range(value: FigureValue) -> tuple[float | None, float | None]:
    """The least and greatest true value that the wording allows."""
    if value.bound is Bound.ABOUT:
        width = abs(value.value) * ABOUT
        return value.value - width, value.value + width
    if value.bound is Bound.EXACT:
        return value.value, value.value
    low, high = strict_range(
        -math.inf if value.low is None else value.low, math.inf if value.high is None else value.high, value.surface
    )
    return None if value.low is None else low, None if value.high is None else high


def can_both_hold(value: FigureValue, other: FigureValue) -> bool:
    """Whether one true number can satisfy both, where a rounded one stands for what is near it."""
    if ranges_meet(allowed_range(value), allowed_range(other)):
        return True
    rounded = any(one.bound is Bound.EXACT and can_be_rounded(one.value) for one in (value, other))
    return rounded and same_value(value.value, other.value)


def _mark(value: FigureValue, scale: Scale) -> Mark:
    low, high = allowed_range(value)
    line = (
        scale.place(scale.low if low is None else low),
        scale.place(scale.high if high is None else high),
    )
    return Mark(
        dot=None if value.bound is Bound.RANGE else scale.place(value.value),
        line=None if low == high else line,
        about=value.bound is Bound.ABOUT,
        open_low=low is None,
        open_high=high is None,
    )


def legend(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What the marks of the plots of these figures mean, as far as they are used."""
    drawn = [figure for figure in figures if figure_plot(figure) is not None]
    bounds = {value.bound for figure in drawn for value in figure.values}
    meanings = (
        (bool(drawn), "A dot is a value that is reported"),
        (bool(bounds & {Bound.AT_LEAST, Bound.AT_MOST}), "an arrow says “at least” or “at most”"),
        (Bound.ABOUT in bounds, "a dotted line says “about”, drawn a tenth to each side"),
        (Bound.RANGE in bounds, "a line with two ends is a range"),
        (any(superseded_values(figure) for figure in drawn), "pale: a newer value replaced it"),
    )
    return tuple(words for used, words in meanings if used)
