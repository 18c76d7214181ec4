"""Figures: amounts with what limits them and what they count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.contracts.quantity import Bound, Change, Dimension, Quantity
from services.extract.dates.dates import NamedDate
from services.extract.figures.circumstances import Circumstances, as_of, place_of
from services.extract.figures.counted import (
    counts_people,
    group_after,
    noun_after,
    noun_before,
    outcome_before,
    person_after,
    state_after,
)
from services.extract.figures.implied_counts import change_of, implied_count
from services.extract.figures.limits import Limit, bound_behind, per_what, read_limit
from services.extract.figures.not_amounts import counts_like_a_year, is_no_amount
from services.extract.names.names import Name
from services.extract.text.document import Document
from services.extract.vocabulary.lexicon import Lexicon
from services.language.currencies import iso_code
from services.language.number import Number
from services.language.number_ranges import in_one_unit, is_range, share
from services.language.numbers import find_numbers
from services.language.ranges import Range
from services.language.units import TIME_UNITS, dimension_of

_FEW = 4
_LARGE = 1000
"""A bare number from here on is worth keeping, written with a comma."""
_PAIRS = (" and ", " or ", ", ", " to ")


@dataclass(frozen=True)
class Figure:
    """A quantity in the text."""

    quantity: Quantity
    range: Range
    telling: bool
    """Whether it counts or measures something that a claim can be about: not just a duration or a bare number."""


@dataclass(frozen=True)
class _Amount:
    """A number, or the two ends of a range."""

    first: Number
    last: Number | None
    beside: Number | None
    """The number after it, with nothing but "and" between: "5 and 6 boats"."""


@dataclass(frozen=True)
class _What:
    """What an amount counts, per what, and where and when."""

    counted: str | None
    per: str | None
    held: Circumstances


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
    figures: list[Figure] = []
    before: list[Quantity] = []
    for amount in _amounts(document, area, lexicon, dates):
        limit = read_limit(text, amount.first, amount.last, area)
        counted = _counted(text, amount, limit, area, lexicon)
        if before and limit.increment and _is_of_another_outcome(text, before[-1], limit, area):
            # "Killed six Karvelians and wounded 27 more": 27 Karvelians, and not on top of the six.
            limit = replace(limit, increment=False)
            counted = before[-1].counted
        elif counted is None and limit.unit is None:
            counted = implied_count(text, limit, before, area)
        noun_end = _noun_end(text, limit, counted, area)
        if limit.bound is Bound.EXACT and noun_end is not None:
            limit = replace(limit, bound=bound_behind(text, noun_end, area) or Bound.EXACT)
        if not _is_worth_keeping(amount.first, limit, counted):
            continue
        lasts = limit.unit in TIME_UNITS
        held = Circumstances(
            place=None if lasts else place_of(text, limit.range, area, names),
            as_of=None if lasts else as_of(text, limit.range, dates, reference),
        )
        what = _What(counted, per_what(text, noun_end or limit.range.end, area), held)
        quantity = _quantity(document, amount, limit, what, area)
        before.append(quantity)
        figures.append(Figure(quantity, limit.range, _is_telling(text, amount.first, quantity, area)))
    return figures


def not_counted(dates: Sequence[NamedDate], figures: Sequence[Figure]) -> list[NamedDate]:
    """The dates of a sentence without those that are a figure's number: "1900 homes" has no year."""
    return [named for named in dates if not any(figure.range.holds(named.range) for figure in figures)]


def _amounts(document: Document, area: Range, lexicon: Lexicon, dates: Sequence[NamedDate]) -> Iterator[_Amount]:
    text = document.text
    numbers = [
        number
        for number in find_numbers(text, area)
        if not _is_dated(text, number, area, lexicon, dates) and not is_no_amount(text, number, area, lexicon)
    ]
    numbers = share(text, numbers, area)
    position = 0
    while position < len(numbers):
        first = numbers[position]
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        ends = following is not None and is_range(text, first, following, area)
        position += 2 if ends else 1
        if following is not None and ends:
            first = in_one_unit(first, following)
        beside = following if following is not None and not ends and _is_pair(text, first, following) else None
        yield _Amount(first, following if ends else None, beside)


def _is_dated(text: str, number: Number, area: Range, lexicon: Lexicon, dates: Sequence[NamedDate]) -> bool:
    """Whether the number is a date's, and not a count that looks like a year."""
    if not dates:
        return False
    meeting = next((named for named in dates if named.range.meets(number.range)), None)
    if meeting is None:
        return False
    return not number.plain or meeting.range != number.range or not counts_like_a_year(text, number, area, lexicon)


def _is_pair(text: str, first: Number, following: Number) -> bool:
    return first.digits == following.digits and text[first.range.end : following.range.start] in _PAIRS


def _counted(text: str, amount: _Amount, limit: Limit, area: Range, lexicon: Lexicon) -> str | None:
    """What the amount counts, as written after it, before it, or after the number beside it."""
    if limit.unit is not None:
        return None
    if amount.first.value == 1 and amount.last is None and not amount.first.factor > 1:
        noun = person_after(text, limit.noun_from, area.end, lexicon)
        if noun is None and limit.increment:
            noun = state_after(text, limit.noun_from, area.end)
        if noun is not None or not amount.first.digits:
            return noun.of(text) if noun else None
    noun = (
        (group_after(text, limit.noun_from, area.end) if limit.strong else None)
        or noun_after(text, limit.noun_from, area.end, lexicon)
        or (group_after(text, limit.noun_from, area.end) if limit.joined else None)
        or state_after(text, limit.noun_from, area.end)
    )
    if noun is not None:
        return noun.of(text)
    named = noun_before(text, limit.range.start, area.start)
    if named is None and limit.range.start != amount.first.range.start:
        # "Deaths topped 1,000".
        named = noun_before(text, amount.first.range.start, area.start)
    if named is None and amount.beside is not None and amount.beside.unit is None:
        noun = noun_after(text, amount.beside.range.end, area.end, lexicon)
        return noun.of(text) if noun else None
    return named


def _is_of_another_outcome(text: str, before: Quantity, limit: Limit, area: Range) -> bool:
    """Whether another thing happened to these than to those counted before."""
    own = outcome_before(text, limit.range.start, area.start)
    other = outcome_before(text, before.span.start, area.start)
    return own is not None and other is not None and own[:4] != other[:4]


def _noun_end(text: str, limit: Limit, counted: str | None, area: Range) -> int | None:
    """Where the counted noun ends that stands right after the amount."""
    if counted is None or not text.startswith(counted, limit.noun_from + 1, area.end):
        return None
    return limit.noun_from + 1 + len(counted)


def _is_worth_keeping(number: Number, limit: Limit, counted: str | None) -> bool:
    """A number that counts nothing, in words or small and unlimited, is dropped."""
    if counted is not None or limit.unit is not None:
        # "One day after …" measures nothing.
        return number.digits or number.value != 1 or limit.unit not in TIME_UNITS
    large = not number.bare and number.value >= _LARGE
    if not number.digits:
        # "One and a half million watched"; "a million" is also said of what nobody counted.
        return large and number.value != number.factor
    # "They are male, 16-25."
    return limit.bound not in (Bound.EXACT, Bound.RANGE) or large


def _is_telling(text: str, number: Number, quantity: Quantity, area: Range) -> bool:
    counted = quantity.counted
    if number.value == 1 and not number.digits:
        # "One person close to the talks" is no news, one person who died is.
        at = text.find(counted, quantity.span.end, area.end) if counted else -1
        return counted is not None and at >= 0 and state_after(text, at + len(counted), area.end) is not None
    # "Two sides" and the like are said of everything; two people are news.
    trivial = not number.digits and abs(number.value) < _FEW and (counted is None or not counts_people(counted))
    tells = counted is not None or (quantity.unit is not None and quantity.unit not in TIME_UNITS)
    return tells and not trivial


def _quantity(document: Document, amount: _Amount, limit: Limit, what: _What, area: Range) -> Quantity:
    first, last = amount.first, amount.last
    low, high, value = _interval(first, last, limit.bound)
    dimension = dimension_of(limit.unit)
    change = change_of(document.text, first.range.start, area)
    return Quantity(
        value=value,
        low=low,
        high=high,
        bound=limit.bound,
        unit=limit.unit,
        dimension=Dimension(dimension) if dimension is not None else None,
        currency=iso_code(limit.unit),
        scale=(last or first).scale,
        change=change,
        per=what.per,
        counted=what.counted,
        increment=limit.increment or (change is Change.RISE and limit.unit is None),
        place=what.held.place,
        as_of=what.held.as_of,
        surface=limit.range.of(document.raw),
        span=limit.range.to_span(),
    )


def _interval(first: Number, last: Number | None, bound: Bound) -> tuple[float | None, float | None, float]:
    """Lowest and highest possible value, and the one that stands for them. "About" keeps the value itself."""
    if last is not None:
        low, high = sorted((first.value, last.value))
        return low, high, (low + high) / 2
    if bound is Bound.AT_LEAST:
        return first.value, None, first.value
    if bound is Bound.AT_MOST:
        return None, first.value, first.value
    return first.value, first.value, first.value
