"""Figures: amounts with what limits them and what they count."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.claim import Bound, Quantity
from services.extract.figures.counted import counts_people, noun_after, noun_before
from services.extract.figures.limits import Limit, read_limit
from services.extract.figures.not_amounts import is_no_amount
from services.extract.figures.numbers import TIME_UNITS, Number, find_numbers
from services.extract.text.document import Document
from services.extract.text.lexicon import Lexicon
from services.extract.text.ranges import Range

_FEW = 4
_LARGE = 1000
"""A bare number from here on is worth keeping, written with a comma."""
_GAPS = ("-", "–", "—", " - ", " – ", " — ", " to ", " and ")
_BEFORE_RANGE_CHARS = 12


@dataclass(frozen=True)
class Figure:
    """A quantity in the text."""

    quantity: Quantity
    range: Range
    telling: bool
    """Whether it counts or measures something that a claim can be about: not just a duration or a bare number."""


def find_figures(document: Document, area: Range, lexicon: Lexicon, dates: Sequence[Range] = ()) -> list[Figure]:
    """Figures of one sentence in text order. Numbers in its `dates` are none."""
    text = document.text
    numbers = [
        number
        for number in find_numbers(text, area)
        if not any(place.meets(number.range) for place in dates) and not is_no_amount(text, number, area, lexicon)
    ]
    figures: list[Figure] = []
    position = 0
    while position < len(numbers):
        first = numbers[position]
        last = numbers[position + 1] if position + 1 < len(numbers) else None
        if last is None or not _is_range(text, first, last, area):
            last = None
        position += 1 if last is None else 2
        limit = read_limit(text, first, last, area)
        counted = _counted(text, limit, area, lexicon)
        if counted is None and limit.increment and figures:
            # "38 homes were destroyed and another 20 damaged": still homes.
            counted = figures[-1].quantity.counted
        if _is_worth_keeping(first, limit, counted):
            figures.append(_figure(document, first, last, limit, counted))
    return figures


def _is_range(text: str, first: Number, last: Number, area: Range) -> bool:
    """Whether two amounts are the ends of one: "10 to 15", "between 40 and 50", "2-3 million" apart."""
    gap = text[first.range.end : last.range.start]
    if gap not in _GAPS or first.vague or last.vague or first.value >= last.value:
        return False
    if first.unit is not None and first.unit != last.unit:
        return False
    before = text[max(area.start, first.range.start - _BEFORE_RANGE_CHARS) : first.range.start].lower()
    if gap == " and ":
        return before.endswith("between ")
    if gap == " to ":
        # "Rose from 5 to 10" and "passed by 98 to 101" are two values each.
        return not before.endswith(("from ", "by "))
    return first.digits == last.digits


def _counted(text: str, limit: Limit, area: Range, lexicon: Lexicon) -> str | None:
    if limit.unit is not None:
        return None
    noun = noun_after(text, limit.noun_from, area.end, lexicon)
    return noun.of(text) if noun else noun_before(text, limit.range.start, area.start)


def _is_worth_keeping(number: Number, limit: Limit, counted: str | None) -> bool:
    """A number that counts nothing, in words or small and unlimited, is dropped."""
    if counted is not None or limit.unit is not None:
        return True
    large = not number.plain and number.value >= _LARGE
    return number.digits and (limit.bound is not Bound.EXACT or large)


def _figure(document: Document, first: Number, last: Number | None, limit: Limit, counted: str | None) -> Figure:
    low, high, value = _interval(first, last, limit.bound)
    quantity = Quantity(
        value=value,
        low=low,
        high=high,
        bound=limit.bound,
        unit=limit.unit,
        counted=counted,
        increment=limit.increment,
        surface=limit.range.of(document.raw),
        span=limit.range.to_span(),
    )
    # "Two sides" and the like are said of everything; two people are news.
    trivial = not first.digits and first.value < _FEW and (counted is None or not counts_people(counted))
    tells = counted is not None or (limit.unit is not None and limit.unit not in TIME_UNITS)
    return Figure(quantity, limit.range, tells and not trivial)


def _interval(first: Number, last: Number | None, bound: Bound) -> tuple[float | None, float | None, float]:
    """Lowest and highest possible value, and the one that stands for them. "About" keeps the value itself."""
    if last is not None:
        return first.value, last.value, (first.value + last.value) / 2
    if bound is Bound.AT_LEAST:
        return first.value, None, first.value
    if bound is Bound.AT_MOST:
        return None, first.value, first.value
    return first.value, first.value, first.value
