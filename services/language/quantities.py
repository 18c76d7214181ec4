"""When two numbers can be one figure.

One answer for the whole project: equal but for rounding, told with fewer digits, or measured in another unit.
"""

from itertools import takewhile

SAME_VALUE = 0.005
"""Relative difference up to which two numbers are one number, rounded."""
ABOUT = 0.1
"""Relative width of "about"."""
CONVERTED = 0.05
"""Relative difference up to which two measures in different units are one."""
FEWEST_DIGITS = 2
"""Significant digits that a rounded number has at least."""
METRIC = {
    "pounds": ("kg", 0.4536), "miles": ("km", 1.609), "feet": ("m", 0.3048), "inches": ("m", 0.0254),
    "acres": ("hectares", 0.4047), "mph": ("km/h", 1.609), "square_miles": ("km2", 2.59), "gallons": ("litres", 3.785),
}  # fmt: skip
"""Metric unit and factor by unit."""


def same_value(one: float, other: float) -> bool:
    """Whether two numbers are one number, rounded: they differ by at most half a per cent of the larger."""
    return abs(one - other) <= SAME_VALUE * max(abs(one), abs(other))


def ranges_meet(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> bool:
    """Whether one true value can lie in both ranges (lowest, highest), ends included; None is an open end."""
    low = max(_or(one[0], float("-inf")), _or(other[0], float("-inf")))
    high = min(_or(one[1], float("inf")), _or(other[1], float("inf")))
    return low <= high


def significant_digits(value: float) -> int:
    """How many digits of a number count: 2 for 1,500."""
    digits = f"{value:.12g}".replace(".", "").replace("-", "").split("e")[0]
    zeros = len(list(takewhile(lambda digit: digit == "0", reversed(digits))))
    return max(1, len(digits) - zeros)


def is_rounded(rough: float, fine: float) -> bool:
    """Whether one value is the other with fewer digits: 4,200 is 4,213 rounded, 4,000 is not."""
    digits = significant_digits(rough)
    if not FEWEST_DIGITS <= digits < significant_digits(fine):
        return False
    return float(f"{fine:.{digits - 1}e}") == float(f"{rough:.{digits - 1}e}")


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
