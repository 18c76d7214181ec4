"""Amounts in words: two million, three hundred and twenty, a few hundred, half a mile, tens of thousands."""

import re

from services.language.case import lower_case
from services.language.digits import SUFFIX
from services.language.number import Number
from services.language.number_words import PARTS, SCALES, SMALL_NUMBERS, VAGUE, read_words
from services.language.ranges import Range
from services.language.units import unit_after

_NUMBER_WORD = "|".join(sorted((*SMALL_NUMBERS, *SCALES), key=len, reverse=True))
_SCALE_WORD = "|".join(SCALES)
_FRACTION = re.compile(
    rf"(?:(?:an?|one|two|three|four)[ -])?(?P<part>{'|'.join(PARTS)})s?"
    rf"(?:[ -](?:of )?(?:(?:an?|one)[ -])?(?P<of>{_SCALE_WORD})|(?: of)? an?(?= ))\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?:half an? |an? |(?:a )?couple of |several |(?:a )?few )?(?:{_NUMBER_WORD})"
    rf"(?:[ -](?:and[ -])?(?:{_NUMBER_WORD}))*(?:[ -]and[ -]an?[ -](?:half|quarter)\b(?:[ -](?:{_SCALE_WORD}))*)?\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?:(?:tens|dozens|hundreds|thousands) of )?(?:{'|'.join(VAGUE)})\b"
    r"(?= (?:of|more|were|are|have|had|remain|died|fled|marched|gathered|injured|wounded|killed|hurt|arrested|missing|"
    r"dead|feared|homeless|displaced|stranded|trapped|protested|rallied|attended)\b)",
    re.IGNORECASE,
)
_TIMES = {"tens": 10, "dozens": 10, "hundreds": 100, "thousands": 1000}
"""What "tens of" and the like multiply by."""


def number_in_words(text: str, begin: int, start: int) -> tuple[Number | None, int] | None:
    """The amount in words at `begin`, and where its words end.

    Args:
        text: Any text.
        begin: Where a word such as "a few" may stand before the number word.
        start: Where the number word starts.

    Returns:
        None where no words stand that make a number; a number of None where they make no single one.
    """
    for pattern, read in ((_FRACTION, _from_fraction), (_WORDS, _from_words), (_VAGUE, _from_vague)):
        match = pattern.match(text, begin)
        if match is None or match.end() <= start:
            continue
        number = read(text, match)
        if number is not None:
            return number, number.range.end
        if pattern is not _FRACTION:
            return None, match.end()
    return None


def _from_words(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if _is_part_of_a_word(text, start, end):
        return None
    read = read_words(lower_case(match.group()).replace("-", " ").split())
    if read is None and " and " in match.group():
        # "Between one and two million".
        end = start + match.group().index(" and ")
        read = read_words(lower_case(text[start:end]).replace("-", " ").split())
    if read is None or read.value < 1:
        return None
    unit = None
    if (measure := unit_after(text, end, scaled=read.scale is not None)) is not None:
        unit, end = measure
    elif read.scale is not None and text.startswith(" of ", end) and (measure := unit_after(text, end + 3)) is not None:
        # "A lakh of rupees".
        unit, end = measure
    return Number(
        Range(start, end), read.value, unit, vague=read.vague, about=read.about, scale=read.scale, factor=read.factor
    )


def _from_vague(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if _is_part_of_a_word(text, start, end):
        return None
    words = lower_case(match.group()).split()
    times = _TIMES[words[0]] if len(words) > 1 else 1
    measure = unit_after(text, end + 3, scaled=True) if text.startswith(" of ", end) else None
    unit, end = measure if measure is not None else (None, end)
    value = VAGUE[words[-1]]
    return Number(Range(start, end), value * times, unit, vague=True, scale=words[-1][:-1], factor=value / 2)


def _from_fraction(text: str, match: re.Match[str]) -> Number | None:
    """A part of a million, or of a unit: "three quarters of a million homes", "half a mile"."""
    start, end = match.span()
    if _is_part_of_a_word(text, start, end):
        return None
    count = re.match(r"(?:two|three|four)\b", match.group(), re.IGNORECASE)
    value = (SMALL_NUMBERS[lower_case(count.group())] if count else 1.0) * PARTS[lower_case(match["part"])]
    scale = lower_case(match["of"]) if match["of"] else None
    factor = SCALES[scale] if scale is not None else 1.0
    measure = unit_after(text, end, scaled=scale is not None)
    if scale is None and measure is None:
        return None
    unit, end = measure if measure is not None else (None, end)
    return Number(Range(start, end), float(f"{value * factor:.12g}"), unit, scale=scale, factor=factor)


def _is_part_of_a_word(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] == "-" and SUFFIX.match(text, end) is not None:
        return start > 0 and text[start - 1] in "-'."
    return text[end : end + 1] in ("-", "'") or (start > 0 and text[start - 1] in "-'.")
