"""The numbers of a claim, whatever they stand for: they must agree before two claims can be one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.contracts.claim import Claim
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.vetoes.shifts import Shift, read_amount_role
from services.language.amounts import Amount, find_amounts
from services.language.quantities import (
    ABOUT,
    CONVERTED,
    METRIC,
    is_rounded,
    ranges_meet,
    same_value,
    significant_digits,
)

MEETING_RATIO = 1.2
"""Most that "more than 100" can be stretched to be the same figure: "118"."""

_SIGNS = "$€£¥"
_ONE_COUNTS = re.compile(r"(?:-| (?!of|or|another|who|that|which|is|was|in|on|to|and|for|by|day\b)[a-z]{3,})")
"""After "one" where it is a number; elsewhere it is a pronoun."""
_UNIT = re.compile(
    r"[ -]?(?:(?P<percent>%|percent\b|per cent\b|pct\b)|(?P<point>(?:percentage )?points?\b)|cents?\b)", re.IGNORECASE
)
_ANOTHER = re.compile(r"\b(?:another|additional|extra|further)\b(?: \w+)? ?[$€£¥]?$|\bmore\b[$€£¥ ]*$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|approximately|an estimated|close to) [$€£¥]?$", re.IGNORECASE
)
_LASTING = re.compile(r"(?: more)?[ -](second|minute|hour|day|night|week|month|year|decade)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number. `low` and `high` as in `Quantity`: None is an open end."""

    value: float
    low: float | None
    high: float | None
    about: bool
    vague: bool
    """Whether it is "dozens" or the like."""
    unit: str | None
    increment: bool
    """Whether it adds to another number: "another 48"."""
    shift: Shift | None
    """Whether something moved by it, to it or from it."""
    digits: int
    """Significant digits: 2 for 1,500; 0 where the number was converted."""
    at: int
    """Where it starts in the claim."""
    surface: str

    @property
    def end(self) -> int:
        """Where it ends in the claim."""
        return self.at + len(self.surface)


def read_numerals(claim: Claim, excluded_ranges: Sequence[tuple[int, int]]) -> tuple[Numeral, ...]:
    """Read all numbers of a claim in text order, but for those in `excluded_ranges`, which are dates.

    Units and bounds come from the claim's quantities where they have them.
    """
    return tuple(_iterate_numerals(claim, excluded_ranges))


def _iterate_numerals(claim: Claim, excluded_ranges: Sequence[tuple[int, int]]) -> Iterator[Numeral]:
    text = claim.text
    for number in find_amounts(text):
        start, end = number.start, number.end
        if any(first < end and start < last for first, last in excluded_ranges):
            continue
        if text[start:end].lower() == "one" and not _ONE_COUNTS.match(text, end):
            continue
        yield _build_numeral(claim, number)


def _build_numeral(claim: Claim, amount: Amount) -> Numeral:
    text, start, end = claim.text, amount.start, amount.end
    before = text[max(0, start - 30) : start]
    offset = claim.span.start
    quantity = next(
        (one for one in claim.quantities if one.span.start - offset < end and start < one.span.end - offset), None
    )
    low: float | None = amount.low
    high: float | None = amount.high
    if quantity is not None and quantity.bound is Bound.AT_LEAST and not amount.vague:
        high = None
    elif quantity is not None and quantity.bound is Bound.AT_MOST:
        low = None
    elif quantity is not None and quantity.bound is Bound.RANGE:
        low, high = quantity.low, quantity.high
    lasting = _LASTING.match(text, end)
    unit = _find_unit(text, amount, quantity, lasting)
    factor = 1.0
    if unit in METRIC:
        unit, factor = METRIC[unit]
    about = amount.about or (quantity is not None and quantity.bound is Bound.ABOUT)
    return Numeral(
        value=amount.value * factor,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
        about=about or _ABOUT.search(before) is not None,
        vague=amount.vague,
        unit=unit,
        # "Another two years" is a stretch of time from now, on top of no figure.
        increment=lasting is None
        and ((quantity is not None and quantity.increment) or _ANOTHER.search(before) is not None),
        shift=read_amount_role(text, start, quantity),
        digits=significant_digits(amount.value) if factor == 1.0 else 0,
        at=start,
        surface=text[start:end],
    )


def _find_unit(text: str, amount: Amount, quantity: Quantity | None, duration: re.Match[str] | None) -> str | None:
    unit = quantity.unit if quantity is not None and amount.unit is None else amount.unit
    written = _UNIT.match(text, amount.end)
    if unit is None and written is not None:
        unit = "percent" if written["percent"] else "points" if written["point"] else "cents"
    if unit is None and text[amount.start] in _SIGNS:
        unit = "money"
    if unit is None and duration is not None:
        unit = duration[1].lower() + "s"
    return unit


def may_be_same_figure(numeral: Numeral, other_numeral: Numeral) -> bool:
    """Whether two numbers can be one figure, given with more or less precision."""
    if not _has_compatible_unit(numeral, other_numeral):
        return False
    largest = max(abs(numeral.value), abs(other_numeral.value))
    difference = abs(numeral.value - other_numeral.value)
    if numeral.vague or other_numeral.vague:
        return has_overlapping_bounds(numeral, other_numeral)
    if (
        same_value(numeral.value, other_numeral.value)
        or _is_rounding_of(numeral, other_numeral)
        or _is_rounding_of(other_numeral, numeral)
    ):
        return True
    if 0 in (numeral.digits, other_numeral.digits):
        return difference <= CONVERTED * largest
    if numeral.about or other_numeral.about:
        return difference <= ABOUT * largest
    return has_overlapping_bounds(numeral, other_numeral) and largest <= MEETING_RATIO * min(
        abs(numeral.value), abs(other_numeral.value)
    )


def has_overlapping_bounds(numeral: Numeral, other_numeral: Numeral) -> bool:
    """Whether one true value could satisfy both bounds: "at least 1,500" and "3,000"."""
    return ranges_meet((numeral.low, numeral.high), (other_numeral.low, other_numeral.high))


def _has_compatible_unit(numeral: Numeral, other_numeral: Numeral) -> bool:
    return (
        numeral.unit == other_numeral.unit
        or None in (numeral.unit, other_numeral.unit)
        or {numeral.unit, other_numeral.unit} <= {"USD", "money"}
    )


def _is_rounding_of(rounded: Numeral, exact: Numeral) -> bool:
    return 0 not in (rounded.digits, exact.digits) and is_rounded(rounded.value, exact.value)
