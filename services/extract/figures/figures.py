"""Figures: amounts with what limits them and what they count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.claim import Bound, Quantity
from services.extract.dates.dates import NamedDate
from services.extract.figures.circumstances import Circumstances, as_of, place_of
from services.extract.figures.counted import counts_people, noun_after, noun_before
from services.extract.figures.limits import Limit, read_limit
from services.extract.figures.not_amounts import is_no_amount
from services.extract.figures.numbers import TIME_UNITS, Number, find_numbers
from services.extract.names.names import Name
from services.extract.text.document import Document
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range

_FEW = 4
_TOTAL_BEFORE = re.compile(r"\b(?:total|overall) (?:number|figure)\b[^.;:\"0-9]{0,30}$|\b(?:the|a) total (?:of|to) $")
_LARGE = 1000
"""A bare number from here on is worth keeping, written with a comma."""
_GAPS = ("-", "–", "—", " - ", " – ", " — ", " to ", " and ", " or ")
_CURRENCIES = {"dollars": "USD", "euros": "EUR", "yuan": "CNY", "rupees": "INR", "rubles": "RUB", "roubles": "RUB"}
"""Counted nouns that are units: "thousands of dollars"."""
_BEFORE_RANGE_CHARS = 12


@dataclass(frozen=True)
class Figure:
    """A quantity in the text."""

    quantity: Quantity
    range: Range
    telling: bool
    """Whether it counts or measures something that a claim can be about: not just a duration or a bare number."""


def find_figures(
    document: Document,
    area: Range,
    lexicon: Lexicon,
    dates: Sequence[NamedDate] = (),
    names: Sequence[Name] = (),
    *,
    reference: date | None = None,
) -> list[Figure]:
    """Figures of one sentence in text order, with the sentence's dates and names to tell when and where they held.

    Numbers in its `dates` are none. `reference`: the day of publication; what is dated after it is not yet so.
    """
    text = document.text
    numbers = [
        number
        for number in find_numbers(text, area)
        if not any(named.range.meets(number.range) for named in dates) and not is_no_amount(text, number, area, lexicon)
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
        if counted is None and figures and _goes_on(text[figures[-1].range.end : limit.range.start]):
            counted = figures[-1].quantity.counted
        if _is_worth_keeping(first, limit, counted):
            lasts = limit.unit in TIME_UNITS
            held = Circumstances(
                place=None if lasts else place_of(text, limit.range, area, names),
                as_of=None if lasts else as_of(text, limit.range, dates, reference),
            )
            figures.append(_figure(document, first, last, limit, counted, held=held))
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
    if gap == " or ":
        # "Two or three": neighbours; "10 or 500" are two values.
        return last.value <= first.value + max(first.value / 2, 1) and first.digits == last.digits
    if gap == " to ":
        # "Rose from 5 to 10" and "passed by 98 to 101" are two values each.
        return not before.endswith(("from ", "by "))
    return first.digits == last.digits


def _goes_on(between: str) -> bool:
    """Whether a figure counts what the one before counts: "fell from 50 to 40", "…, the total number to reach 90"."""
    return between == " to " or _TOTAL_BEFORE.search(between) is not None


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


def _figure(
    document: Document, first: Number, last: Number | None, limit: Limit, counted: str | None, *, held: Circumstances
) -> Figure:
    currency = _CURRENCIES.get(counted.split()[-1].lower()) if counted else None
    low, high, value = _interval(first, last, limit.bound)
    quantity = Quantity(
        value=value,
        low=low,
        high=high,
        bound=limit.bound,
        unit=limit.unit or currency,
        counted=None if currency else counted,
        increment=limit.increment,
        place=held.place,
        as_of=held.as_of,
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
