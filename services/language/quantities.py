"""When two numbers can be one figure."""

SAME_VALUE = 0.005
"""Relative difference up to which two numbers are one number, rounded."""
ABOUT = 0.1
"""Relative width of "about"."""


def same_value(one: float, other: float) -> bool:
    """Whether two numbers are one number, rounded: they differ by at most half a per cent of the larger."""
    return abs(one - other) <= SAME_VALUE * max(abs(one), abs(other))


def ranges_meet(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> bool:
    """Whether one true value can lie in both ranges (lowest, highest), ends included; None is an open end."""
    low = max(_or(one[0], float("-inf")), _or(other[0], float("-inf")))
    high = min(_or(one[1], float("inf")), _or(other[1], float("inf")))
    return low <= high


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
