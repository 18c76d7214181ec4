"""Amounts in digits and words: 12,000, 1.2 million, two dozen, $1.2bn, 4.5%, 12 km, thousands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.language.number_words import SCALES, SHORT_SCALES, SMALL_NUMBERS
from services.language.ranges import Range

MAX_DIGITS = 15
"""More digits are an identifier."""
_LABEL_DIGITS = 4
_TWENTY = 20
_THOUSAND = 1e3

_VAGUE = {"dozens": 24.0, "hundreds": 2e2, "thousands": 2e3, "millions": 2e6, "billions": 2e9}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH"}
_DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "HK": "HKD", "NZ": "NZD", "S": "SGD"}
_MEASURES = {
    r"%|percent\b|per cent\b|pct\b": "percent",
    r"percentage points?\b": "percentage_points",
    r"basis points?\b": "basis_points",
    r"(?:US |U\.S\. )?dollars?\b|USD\b": "USD",
    r"euros?\b|EUR\b": "EUR",
    r"pounds? sterling\b|GBP\b": "GBP",
    r"yen\b|JPY\b": "JPY",
    r"yuan\b|CNY\b": "CNY",
    r"rou?bles?\b|RUB\b": "RUB",
    r"rupees?\b|INR\b": "INR",
    r"hryvnias?\b|UAH\b": "UAH",
    r"square kilomet(?:re|er)s?\b|sq\.? km\b|km2\b": "km2",
    r"square miles?\b": "square_miles",
    r"km/h\b|kph\b|kilomet(?:re|er)s (?:per|an) hour\b": "km/h",
    r"mph\b|miles (?:per|an) hour\b": "mph",
    r"km\b|kilomet(?:re|er)s?\b": "km",
    r"met(?:re|er)s?\b": "m",
    r"miles?\b": "miles",
    r"f(?:ee|oo)t\b": "feet",
    r"inch(?:es)?\b": "inches",
    r"hectares?\b": "hectares",
    r"acres?\b": "acres",
    r"(?:metric )?tons?\b|tonnes?\b": "tonnes",
    r"kg\b|kilos?\b|kilograms?\b": "kg",
    r"pounds?\b|lbs?\b": "pounds",
    r"lit(?:re|er)s?\b": "litres",
    r"gallons?\b": "gallons",
    r"degrees?\b": "degrees",
    r"seconds?\b": "seconds",
    r"minutes?\b": "minutes",
    r"hours?\b": "hours",
    r"days?\b": "days",
    r"weeks?\b": "weeks",
    r"months?\b": "months",
    r"years?\b(?! old\b)": "years",
    r"decades?\b": "decades",
}
TIME_UNITS = frozenset(("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"))

_NUMBER_WORD = "|".join(sorted((*SMALL_NUMBERS, *SCALES), key=len, reverse=True))
_ANY = re.compile(
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"|\b(?P<words>(?:half an? |an? |several )?(?:{_NUMBER_WORD})(?:[ -](?:and )?(?:{_NUMBER_WORD})){{0,6}})\b"
    rf"|\b(?P<vague>(?:(?:tens|hundreds) of )?(?:{'|'.join(_VAGUE)}))\b(?= of\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[a-z]+")
_HINTS = frozenset((*SMALL_NUMBERS, *SCALES, *_VAGUE))
_SCALE_AFTER = re.compile(
    r"[ -](thousand|million|billion|trillion|hundred|dozen)\b|( ?)(bn|mln|mn|trn|tn|[kmb])\b", re.IGNORECASE
)
_MEASURE_AFTER = re.compile(" ?(?:" + "|".join(f"({form})" for form in _MEASURES) + ")")
_MEASURE_NAMES = tuple(_MEASURES.values())


_BEFORE_DASH = re.compile(r"(?:^|(?<![\w.,-]))[0-9.,]+-$")
_CHAIN = re.compile(r"-[0-9]{1,15}-")


class Number(NamedTuple):
    """An amount with its sign and unit, without what limits it."""

    range: Range
    value: float
    unit: str | None
    vague: bool
    """Whether it is "dozens" or the like: `value` is then the least it can mean."""
    digits: bool
    plain: bool
    """Four digits or fewer without comma, point, scale or unit: may be a year or a label."""


def find_numbers(text: str, area: Range) -> Iterator[Number]:
    """Amounts in `area`, in text order. Parts of words, times, dates with slashes and identifiers are left out."""
    # Most sentences have none, and the pattern below looks at every character.
    if _DIGIT.search(text, *area) is None and _HINTS.isdisjoint(_LETTERS.findall(area.of(text).lower())):
        return
    for match in _ANY.finditer(text, area.start, area.end):
        if match.lastgroup == "digits":
            number = _from_digits(text, match.start(), match.end())
        else:
            number = _from_words(text, match, vague=match.lastgroup == "vague")
        if number is not None:
            yield number


def unit_after(text: str, end: int) -> tuple[str, int] | None:
    """Unit that follows an amount, and where it ends."""
    match = _MEASURE_AFTER.match(text, end, end + 30)
    if match is None or match.lastindex is None:
        return None
    return _MEASURE_NAMES[match.lastindex - 1], match.end()


def _from_digits(text: str, start: int, end: int) -> Number | None:
    digits = text[start:end].replace(",", "")
    if len(digits) > MAX_DIGITS or (digits[0] == "0" and digits[1:2].isdigit()):
        return None
    begin, unit = _currency_before(text, start)
    if unit is None and _is_joined_left(text, start):
        return None
    value = float(digits)
    scale = _SCALE_AFTER.match(text, end, end + 12)
    if scale is not None and (scale.group(1) or unit is not None or len(scale.group(3)) > 1):
        value *= SCALES[scale.group(1).lower()] if scale.group(1) else SHORT_SCALES[scale.group(3).lower()]
        end = scale.end()
    plain = end - start == len(digits) <= _LABEL_DIGITS and "." not in digits and unit is None
    if unit is None and (measure := unit_after(text, end)) is not None:
        unit, end = measure
        plain = False
    elif _is_joined_right(text, start, end):
        return None
    # 1.07 times a trillion is not to carry the noise of binary fractions.
    value = float(f"{value:.12g}")
    return Number(Range(begin, end), value, unit, vague=False, digits=True, plain=plain)


def _currency_before(text: str, start: int) -> tuple[int, str | None]:
    """Where the amount starts with its currency sign, and the currency."""
    sign = start - 1
    if sign < 0 or text[sign] not in _SIGNS:
        return start, None
    for size in (2, 1):
        letters = text[max(sign - size, 0) : sign]
        before = text[sign - size - 1 : sign - size] if sign > size else " "
        if text[sign] == "$" and letters in _DOLLARS and not before.isalnum():
            return sign - size, _DOLLARS[letters]
    return sign, _SIGNS[text[sign]]


def _is_joined_left(text: str, start: int) -> bool:
    before = text[start - 1] if start > 0 else " "
    if before == "-":
        # "10-15" may be a range, "F-16" and "555-0199-2233" are names.
        return _BEFORE_DASH.search(text, max(start - MAX_DIGITS, 0), start) is None
    return before.isalnum() or before in "._,:/\\#@'+=*^~&"


def _is_joined_right(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    following = text[end + 1 : end + 2]
    if after == "-" and following.isdigit():
        return _CHAIN.match(text, end) is not None or (start > 0 and text[start - 1] == "-")
    if after in ("-", ":", "/", ".", ",", "'", "x"):
        return following.isalnum()
    return after.isalnum() or after in ("_", "@", "°", "\\", "=")


def _from_words(text: str, match: re.Match[str], *, vague: bool) -> Number | None:
    start, end = match.span()
    if text[end : end + 1] in ("-", "'") or (start > 0 and text[start - 1] in "-'."):
        return None
    words = match.group().lower().replace("-", " ").split()
    if vague:
        value = _VAGUE[words[-1]]
        if len(words) > 1:
            value *= 10 if words[0] == "tens" else 100
        return Number(Range(start, end), value, None, vague=True, digits=False, plain=False)
    several = words[0] == "several"
    amount = _value(words)
    if amount is None or amount < (2 if len(words) == 1 else 1):
        return None
    unit = None
    if (measure := unit_after(text, end)) is not None:
        unit, end = measure
    return Number(Range(start, end), amount, unit, vague=several, digits=False, plain=False)


def _value(words: list[str]) -> float | None:
    """Value of a run of number words; None when they do not make one amount."""
    total, current = 0.0, 0.0
    if words[0] in ("a", "an", "several", "half"):
        current = {"several": 2.0, "half": 0.5}.get(words[0], 1.0)
        words = words[2:] if words[0] == "half" else words[1:]
        if not words or words[0] not in SCALES:
            return None
    elif words[0] in SCALES:
        return None
    last = 1e15
    for word in words:
        if word == "and":
            continue
        if word in SMALL_NUMBERS:
            if SMALL_NUMBERS[word] >= last:
                return None
            current += SMALL_NUMBERS[word]
            last = 10.0 if SMALL_NUMBERS[word] >= _TWENTY else 0.0
        elif SCALES[word] < _THOUSAND:
            current *= SCALES[word]
            last = 1e15
        else:
            total += current * SCALES[word]
            current = 0.0
            last = 1e15
    return total + current
