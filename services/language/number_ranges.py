"""Two amounts that belong together: "10 to 15", "between 2 and 3 million", "$3-5 million", "5 and 6 tonnes"."""

import re
from collections.abc import Sequence

from services.language.number import Number
from services.language.quantities import converted
from services.language.ranges import Range
from services.language.units import TIME_UNITS, dimension_of

_DASHES = ("-", "–", "—", " - ", " – ", " — ")
_GAPS = (*_DASHES, " to ", " and ", " or ", "-to-")
_BEFORE_CHARS = 24
_THOUSAND = 1000
_POINT_OF_TIME = re.compile(r" (?:later|ago|earlier|before|after)\b")
_RANGING = re.compile(r"\b(?:anywhere|ranging|ranges?|ranged|vary|varying|varied|estimates) from (?:about )?$")
_TWO_VALUES = re.compile(r"\b(?:from|by|vote[sd]?|voted|of odds|odds of)(?: of)? (?:about |nearly |some )?$")
"""Before "5 to 10" where these are two values: "rose from 5 to 10", "passed by 98 to 101"."""


def share(text: str, numbers: Sequence[Number], area: Range) -> list[Number]:
    """Give a number the scale and unit that stand once for it and the number beside it, in either direction.

    The numbers are those of one sentence in text order.
    """
    shared = list(numbers)
    listed = False
    for position in range(len(shared) - 2, -1, -1):
        left, right = shared[position], shared[position + 1]
        gap = text[left.range.end : right.range.start]
        # "5, 6 and 7 tonnes" is a list, "$5-6 million, $7 to $8" is none.
        in_list = gap == ", " and listed
        listed = in_list or gap in (" and ", " or ")
        if (in_list or gap in _GAPS) and left.digits == right.digits and not left.vague and not right.vague:
            shared[position] = _from_right(text, left, right, gap)
            shared[position + 1] = _from_left(text, left, right, gap, area)
    return shared


def _from_right(text: str, left: Number, right: Number, gap: str) -> Number:
    if left.scale is None and 1 <= left.value < _THOUSAND and not left.spaced and _may_share_unit(left, right):
        if right.scale is not None and left.value < abs(right.value) / right.factor:
            left = left._replace(value=left.value * right.factor, scale=right.scale, factor=right.factor, plain=False)
        elif gap in _DASHES and left.plain and left.value < right.value / _THOUSAND and "," in right.range.of(text):
            # "20-30,000 people".
            left = left._replace(value=left.value * _THOUSAND, plain=False)
    later = right.unit in TIME_UNITS and _POINT_OF_TIME.match(text, right.range.end)
    if left.unit is None and right.unit is not None and not (later and gap == " and "):
        left = left._replace(unit=right.unit, plain=False, bare=False)
    if left.unit == right.unit and left.value < 0 < right.value and gap in _DASHES:
        return left
    return left._replace(bare=left.bare and right.bare)


def _from_left(text: str, left: Number, right: Number, gap: str, area: Range) -> Number:
    """Money's sign before the first of two stands for both: "$3-5 million"."""
    if right.unit is not None or dimension_of(left.unit) != "money":
        return right
    if gap in _DASHES or (gap == " to " and right.scale is not None) or _is_between(text, left, area):
        return right._replace(unit=left.unit, plain=False, bare=False)
    return right


def _may_share_unit(left: Number, right: Number) -> bool:
    return left.unit is None or right.unit is None or left.unit == right.unit


def _is_between(text: str, first: Number, area: Range) -> bool:
    return _before(text, first, area).endswith(("between ", "between about ", "between around "))


def in_one_unit(first: Number, last: Number) -> Number:
    """The lower end of a range in the unit of the upper one: "15 inches to 9 feet" starts at 1.25 feet."""
    value = converted(first.value, first.unit, last.unit)
    return first if value is None or value == first.value else first._replace(value=value, unit=last.unit)


def is_range(text: str, first: Number, last: Number, area: Range) -> bool:
    """Whether two amounts are the ends of one: "10 to 15", "between 40 and 50", "minus 20 to minus 25"."""
    gap = text[first.range.end : last.range.start]
    if gap not in _GAPS or not _may_be_ends(first, last):
        return False
    before = _before(text, first, area)
    if gap == " and ":
        return _is_between(text, first, area)
    if gap == " or ":
        # "Two or three": neighbours; "10 or 500" are two values.
        step = max(first.value / 2, first.factor)
        return last.value <= first.value + step and first.digits == last.digits
    if gap in (" to ", "-to-"):
        return _RANGING.search(before) is not None or _TWO_VALUES.search(before) is None
    return first.digits == last.digits


def _may_be_ends(first: Number, last: Number) -> bool:
    low = first.value if first.unit is None else converted(first.value, first.unit, last.unit)
    if first.vague or last.vague or low is None or low == last.value:
        return False
    # Below zero the greater is often told first: "minus 20 to minus 25".
    return low < last.value or low < 0


def _before(text: str, number: Number, area: Range) -> str:
    return text[max(area.start, number.range.start - _BEFORE_CHARS) : number.range.start].lower()
