"""An axis: values to places in percent of its length, and the values at which it has ticks. Pure.

Places are in percent, so that a plot is as wide as its column at every width while its dots stay round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_TICKS = 5
LARGEST = 1e15
"""Numbers beyond it are drawn nowhere: they are mistakes, and spoil the axis for all others."""
_NEAR = 0.25
"""Where values differ by less than this share of the largest, an axis from zero would show no difference."""
_ROUNDING = 1e-9
"""Differences below this share of a value are errors of rounding."""
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Tick:
    """A value on the axis."""

    place: str
    label: str
    anchor: str
    """Where the label stands to its tick: `start` and `end` keep labels at the ends inside the plot."""


@dataclass(frozen=True)
class Scale:
    """From the value at the left end to the value at the right end."""

    low: float
    high: float

    def place(self, value: float) -> str:
        """The place of a value: "37.5%". A value beyond an end stands at that end."""
        share = (value - self.low) / (self.high - self.low)
        return f"{100 * min(max(share, 0.0), 1.0):.4g}%"

    def values(self, step: float) -> list[float]:
        """The multiples of `step` on the axis, ends included."""
        first, last = math.ceil(self.low / step - _ROUNDING), math.floor(self.high / step + _ROUNDING)
        return [multiple * step for multiple in range(first, last + 1)]


def scale_of(values: Sequence[float], *, open_end: bool = False) -> Scale:
    """The axis that holds all values, at least one, each within ±LARGEST. Its ends are round numbers.

    It begins at zero unless all values are close to each other, or some are negative.

    Args:
        values: What is drawn.
        open_end: Whether a range is open upwards, and needs room for its arrow.
    """
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    room = 0.5 * (high - low) if high - low > _ROUNDING * largest else largest or 1.0
    if low >= 0 and high - low >= _NEAR * high > 0:
        low = 0.0
    else:
        low = max(0.0, low - room) if low >= 0 else low - room
        high += room
    if open_end:
        high += 0.15 * (high - low)
    step = step_of(high - low)
    return Scale(math.floor(low / step + _ROUNDING) * step, math.ceil(high / step - _ROUNDING) * step)


def step_of(length: float) -> float:
    """The round number that is the step between at most `MOST_TICKS` ticks."""
    rough = length / (MOST_TICKS - 1)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    return next(step * magnitude for step in _STEPS if step * magnitude >= rough * (1 - _ROUNDING))


def anchor_of(place: str) -> str:
    """On which side of its tick a label stands, so that it stays inside the plot."""
    share = float(place.rstrip("%"))
    return "start" if share < 10 else "end" if share > 90 else "middle"  # noqa: PLR2004 - percent of the width
