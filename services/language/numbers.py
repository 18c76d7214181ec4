"""Amounts in digits and words: 12,000, 1.2 million, 45 crore, two dozen, $1.2bn, 4.5%, minus 12 km, thousands of."""

import re
from collections.abc import Iterator

from services.language.case import lower_case
from services.language.digits import DIGITS, from_digits
from services.language.number import Number
from services.language.number_words import PART_SIGNS, PARTS, SCALES, SMALL_NUMBERS, VAGUE
from services.language.ranges import Range
from services.language.spelled import number_in_words
from services.language.units import dimension_of

_LEAD = re.compile(r"(?<!\w)(?:half an? |an? |(?:a )?couple of |several |(?:a )?few )$", re.IGNORECASE)
_LEAD_CHARS = 12
_ASCII_RUN = re.compile("[0-9]+")
_DIGIT_RUN = re.compile(rf"[0-9]+|[{''.join(PART_SIGNS)}]")
_LETTERS = re.compile(r"[a-z]+")
_HINTS = frozenset((*SMALL_NUMBERS, *SCALES, *VAGUE, *PARTS, *(f"{part}s" for part in PARTS)))
_HINT_PATTERNS = {word: re.compile(rf"(?<!\w){word}(?!\w)") for word in sorted(_HINTS)}
_MINUS_WORD = re.compile(r"(?<![0-9] )\b(?:minus|negative) $", re.IGNORECASE)
_TO_A_UNIT = re.compile(r"(?: to | and |-|–)[-−]?[0-9.]{1,6} ?(?:degrees\b|°|[CF]\b|%|per ?cent\b)")
"""The other end of a range that measures something: "-4 to 2 degrees"."""
_MINUS_SIGNS = "-−–"


def find_numbers(text: str, area: Range) -> Iterator[Number]:
    """Amounts in `area`, in text order. Parts of words, times, dates with slashes and identifiers are left out."""
    position = area.start
    for start in _candidates(text, area):
        if start < position:
            continue
        last = position
        number, position = _read(text, start, position)
        if number is not None:
            position = max(position, number.range.end)
            # "5$6": the sign belongs to one of them only.
            if number.range.start >= last and number.range.end <= area.end:
                yield number


def _candidates(text: str, area: Range) -> list[int]:
    """Where an amount may start, but for words such as "a few": digits and number words."""
    part = area.of(text)
    runs = _ASCII_RUN if part.isascii() else _DIGIT_RUN
    starts = [match.start() for match in runs.finditer(text, area.start, area.end)]
    lower = lower_case(part)
    # Most sentences have none: to look the words up costs less than a pattern that tries each at every character.
    words = _LETTERS.findall(lower)
    if _HINTS.isdisjoint(words):
        return starts
    if len(lower) != len(part):
        lower = "".join(c if len(lower_case(c)) != 1 else lower_case(c) for c in part)
    for word in _HINTS.intersection(words):
        starts.extend(area.start + match.start() for match in _HINT_PATTERNS[word].finditer(lower))
    return sorted(starts)


def _read(text: str, start: int, position: int) -> tuple[Number | None, int]:
    """The amount at a place, and where to go on; `position`: where the one before ended."""
    digits = DIGITS.match(text, start)
    if digits is not None:
        number = from_digits(text, digits)
        return (_signed(text, number) if number is not None else None), digits.end()
    lead = _LEAD.search(text, max(position, start - _LEAD_CHARS), start)
    read = number_in_words(text, lead.start() if lead is not None else start, start)
    if read is None:
        return None, start
    number, end = read
    return (_signed(text, number) if number is not None else None), end


def _signed(text: str, number: Number) -> Number | None:
    """The number with its minus: "minus 20 degrees", "-25C", "20 degrees below zero".

    A hyphen right before a number that measures nothing is no minus: then None.
    """
    start, end = number.range
    if text.startswith(" below zero", end) and dimension_of(number.unit) == "temperature":
        return number._replace(range=Range(start, end + len(" below zero")), value=-number.value)
    if text.endswith(("minus ", "negative ", "Minus ", "Negative "), max(start - 9, 0), start) and (
        word := _MINUS_WORD.search(text, max(start - 12, 0), start)
    ):
        return number._replace(range=Range(word.start(), end), value=-number.value, bare=False, plain=False)
    if start == 0 or text[start - 1] not in _MINUS_SIGNS or (start > 1 and text[start - 2] not in " (\n"):
        return number
    if not number.digits or (number.unit is None and not _TO_A_UNIT.match(text, end)):
        return None
    return number._replace(range=Range(start - 1, end), value=-number.value)
