"""Numbers of a text, in digits or words, with the range of values that each stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.language.case import lower_case
from services.language.number import Number
from services.language.number_ranges import is_range, share
from services.language.number_words import (
    PART_SIGNS,
    PARTS,
    SCALES,
    SHORT_SCALES,
    SMALL_NUMBERS,
    VAGUE,
    read_words,
)
from services.language.numbers import find_numbers
from services.language.ranges import Range

MAX_DIGITS = 15
"""More digits are an identifier."""
FAR = 5.0
"""How many times its least value a vague number may be: "hundreds" are up to a thousand."""
_READ = "|".join((*SMALL_NUMBERS, *SCALES))
_LABEL = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?:{_READ})(?:[ -](?:{_READ}))*\b",
    re.IGNORECASE,
)
"""Numbers in an identifier, a score or a word ("seven-year"), which are no amounts: they too must agree."""
_NUMBER_WORDS = frozenset(
    (
        *SMALL_NUMBERS,
        *SCALES,
        *SHORT_SCALES,
        *VAGUE,
        *PARTS,
        *(f"{part}s" for part in PARTS),
        *(f"{one}s" for one in SCALES),
    )
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SIGN_OF_AMOUNT = re.compile(rf"[\d{''.join(PART_SIGNS)}]")
_LETTERS = re.compile("[a-z]+")
_WORDS_OF_AMOUNTS = frozenset((*SMALL_NUMBERS, *SCALES, *VAGUE, *PARTS, *(f"{part}s" for part in PARTS), "handful"))
"""Every amount has one of them, or a digit or sign."""
_DASHES = ("-", "–")
_COUNTED = re.compile(r" (?:people|[a-z]{3,}s)\b")
_HANDFUL = re.compile(r"\ba handful of\b", re.IGNORECASE)
_FEWEST, _FEW, _MOST = 2.0, 5.0, 10.0
"""Of a handful."""
_COUNTS = "one|two|three|four|five|six|seven|eight|nine|[1-9]"
_WHOLES = "two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|[1-9]|10|20|100"
_PART = re.compile(
    rf"(?<![\w-])(?:(?P<count>{_COUNTS}) (?:in|out of)(?: every)? (?P<whole>{_WHOLES})(?= [a-z]+s\b| people\b| of\b)"
    rf"|(?:(?P<times>an?|one|two|three|four)[ -])?(?P<part>{'|'.join(PARTS)})s?"
    r"(?= of\b(?! an?\b)|(?<=half) (?:the|its|their|his|her|our)\b))",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(r"(?:first|second|third|fourth|last|other|latter|final|top|bottom|the) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """One number. `low` and `high`: least and greatest value that it stands for."""

    start: int
    end: int
    """Where its words end, without its unit."""
    value: float
    low: float
    high: float
    vague: bool
    about: bool
    unit: str | None


def find_amounts(text: str) -> Iterator[Amount]:
    """Find all numbers of a text in text order; a range is one number, for both of its ends."""
    if not _may_have_amounts(text):  # most texts
        return
    amounts = sorted([*_parts(text), *_numbers(text)], key=lambda amount: (amount.start, -amount.end))
    end = 0
    for amount in amounts:
        if amount.start >= end:
            yield from _labels(text, end, amount.start)
            yield amount
            end = amount.end
    yield from _labels(text, end, len(text))


def _may_have_amounts(text: str) -> bool:
    return _SIGN_OF_AMOUNT.search(text) is not None or not _WORDS_OF_AMOUNTS.isdisjoint(
        _LETTERS.findall(lower_case(text))
    )


def _numbers(text: str) -> Iterator[Amount]:
    area = Range(0, len(text))
    numbers = share(text, list(find_numbers(text, area)), area)
    at = 0
    while at < len(numbers):
        first = numbers[at]
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        last = following if following is not None and _are_ends(text, first, following, area) else first
        at += 1 if last is first else 2
        low, high = sorted((first.value, last.value))
        if first.vague:
            low, high = low / 2, high * FAR
        value = first.value if last is first else (first.value + last.value) / 2
        unit = first.unit or last.unit
        yield Amount(first.range.start, _words_end(text, last), value, low, high, first.vague, first.about, unit)


def _are_ends(text: str, first: Number, last: Number, area: Range) -> bool:
    """Whether two numbers are the ends of a range; "1-4" is a score where it counts nothing."""
    score = first.bare and last.bare and text[first.range.end : last.range.start] in _DASHES
    return is_range(text, first, last, area) and not (score and _COUNTED.match(text, last.range.end) is None)


def _words_end(text: str, number: Number) -> int:
    """Where the number ends without its unit: "80" in "80 percent"."""
    start, end = number.range
    words = list(_WORD.finditer(text, start, end))
    last = next((each for each in reversed(words) if each[0].isdecimal() or lower_case(each[0]) in _NUMBER_WORDS), None)
    return end if last is None else last.end()


def _parts(text: str) -> Iterator[Amount]:
    """Parts of a whole, in percent: "a third of the homes", "one in four homes"; and a handful."""
    for match in _HANDFUL.finditer(text):
        yield Amount(match.start(), match.end(), _FEW, _FEWEST, _MOST, vague=True, about=False, unit=None)
    for match in _PART.finditer(text):
        if match["count"]:
            count, whole = _small(match["count"]), _small(match["whole"])
            part = count / whole
        elif match["times"] is None and (
            match["part"].lower() != "half" or _ORDINAL_BEFORE.search(text[: match.start()])
        ):
            continue
        else:
            times = match["times"] or "a"
            part = PARTS[lower_case(match["part"])] * (1.0 if times.lower() in ("a", "an") else _small(times))
        if part < 1:
            value = float(f"{100 * part:.12g}")
            yield Amount(match.start(), match.end(), value, value, value, vague=False, about=True, unit="percent")


def _small(word: str) -> float:
    lower = lower_case(word)
    return float(lower) if lower.isdecimal() else SMALL_NUMBERS.get(lower) or SCALES[lower]


def _labels(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in _LABEL.finditer(text, start, end):
        value = _label_value(match)
        if value is not None:
            yield Amount(match.start(), match.end(), value, value, value, vague=False, about=False, unit=None)


def _label_value(match: re.Match[str]) -> float | None:
    if match["digits"] is None:
        read = read_words(lower_case(match[0]).replace("-", " ").split())
        return None if read is None else read.value
    digits = match["digits"].replace(",", "")
    return float(digits) if len(digits) <= MAX_DIGITS else None
