"""When two numbers can be one figure.

One answer for the whole project: equal but for rounding, told with fewer digits, or measured in another unit.
"""

import math
import re
from itertools import takewhile

SAME_VALUE = 0.005
"""Relative difference up to which two numbers can be one number, rounded."""
FEWEST_ROUNDED = 100
"""Smallest count of which the zeros at its end can come from rounding: ten dead are counted."""
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
_FLOAT_NOISE = 1e-9
_STRICT_BOUND = re.compile(
    r"(?<!no )(?<!not )\b(?:more|fewer|less|greater|larger|higher|longer|lower|smaller|shorter) than\b"
    r"|(?<!no )(?<!not )\b(?:over|above|under|below|exceed(?:ing|ed|s)|in excess of|(?:north|south|short|shy) of"
    r"|topp(?:ing|ed)|surpass(?:ing|ed)|beyond|past|not quite)\b",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(r"\d.* or (?:more|over|above|under|below|less|fewer)\b", re.IGNORECASE)


def same_value(one: float, other: float) -> bool:
    """Whether two numbers are one number, at most rounded.

    They are equal, or differ by at most half a per cent of the larger and one of them has fewer significant digits:
    1,000 and 1,005, but not 238 and 239.
    """
    largest = max(abs(one), abs(other))
    difference = abs(one - other)
    if difference <= _FLOAT_NOISE * largest:
        return True
    return difference <= SAME_VALUE * largest and significant_digits(one) != significant_digits(other)


def converted(value: float, unit: str | None, other_unit: str | None) -> float | None:
    """A measure in another unit; None where the two do not measure the same: 15 inches are 1.25 feet."""
    if unit == other_unit:
        return value
    here, there = METRIC.get(unit or ""), METRIC.get(other_unit or "")
    if here is None or there is None or here[0] != there[0]:
        return None
    return value * here[1] / there[1]


def can_be_rounded(value: float) -> bool:
    """Whether a count can be a rounded number: 1,500 or 30,000, but not 44, and not ten."""
    return abs(value) >= FEWEST_ROUNDED and significant_digits(value) < len(f"{abs(value):.0f}")


def strict_range(low: float, high: float, surface: str) -> tuple[float, float]:
    """The lowest and highest value of an amount, without the number itself where its words leave that out.

    "More than 44" leaves 44 out, "at least 44" and "44 or more" do not.
    """
    if _STRICT_BOUND.search(surface) is None or _BOUND_BEHIND.search(surface) is not None:
        return low, high
    return (
        math.nextafter(low, math.inf) if math.isfinite(low) else low,
        math.nextafter(high, -math.inf) if math.isfinite(high) else high,
    )


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
