"""Amounts in digits and words: 12,000, 1.2 million, 45 crore, two dozen, $1.2bn, 4.5%, minus 12 km, thousands of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.language.currencies import currency_before
from services.language.number_words import PART_SIGNS, PARTS, SCALES, SHORT_SCALES, SMALL_NUMBERS, VAGUE, read_words
from services.language.ranges import Range
from services.language.units import dimension_of, unit_after

MAX_DIGITS = 15
"""More digits are an identifier."""
_LABEL_DIGITS = 4
_THOUSAND = 1000
_POINT_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{2}0")
"""A point and three digits of which the last is 0: nobody writes so many decimals of money."""

_NUMBER_WORD = "|".join(sorted((*SMALL_NUMBERS, *SCALES), key=len, reverse=True))
_SCALE_WORD = "|".join(SCALES)
_PART = rf"(?:(?:an?|one|two|three|four)[ -])?(?P<part>{'|'.join(PARTS)})s?"
_DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])(?:,[0-9]+)?"
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,3}(?:'[0-9]{3})+(?![0-9'])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]|-\w)(?:[.,][0-9]+)?"
    rf"|[0-9]{{1,3}},[0-9]{{1,2}}(?= ?%| ?€| (?:{_SCALE_WORD}|per ?cent|percent|euros?)\b)"
    rf"|[0-9]+(?:\.[0-9]+)?|[{''.join(PART_SIGNS)}]"
)
"""12,000.5 and 1,25,000 and 1.200.000,5 and 1.200,50 and 1'200 and 1 200 and 3,5 million and 3.5 and ½."""
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
    rf"(?:(?:tens|dozens|hundreds|thousands) of )?(?:{'|'.join(VAGUE)})\b(?= (?:of|more)\b)", re.IGNORECASE
)
_LEAD = re.compile(r"(?<!\w)(?:half an? |an? |(?:a )?couple of |several |(?:a )?few )$", re.IGNORECASE)
_LEAD_CHARS = 12
_ASCII_RUN = re.compile("[0-9]+")
_DIGIT_RUN = re.compile(rf"[0-9]+|[{''.join(PART_SIGNS)}]")
_LETTERS = re.compile(r"[a-z]+")
_HINTS = frozenset((*SMALL_NUMBERS, *SCALES, *VAGUE, *PARTS, *(f"{part}s" for part in PARTS)))
_HINT_PATTERNS = {word: re.compile(rf"(?<!\w){word}(?!\w)") for word in sorted(_HINTS)}
_PART_AFTER = re.compile(
    rf" ?(?P<sign>[{''.join(PART_SIGNS)}])| (?P<over>[1-9])/(?P<under>[2-9])(?![0-9/])"
    r"|(?P<half>[ -]and[ -]a[ -]half\b)"
)
_SCALE_AFTER = re.compile(
    rf"[ -](?P<words>(?:{_SCALE_WORD})s?(?:[ -](?:{_SCALE_WORD})s?)?)\b| ?(?P<letters>bn|mln|mn|mio|trn|tn|cr|[kmb])\b",
    re.IGNORECASE,
)
_SHORT = frozenset("kmb")
_MONEY_RANGE_BEFORE = re.compile(r"[$€£¥₹][0-9.,]{1,12}(?:-|–|—| to | and | or )$")
_COUNTED_AFTER = re.compile(
    r"(?:(?:-|–|—| to | and | or )[0-9.,]+ ?[mb]\b)?(?=(?: [a-z][\w-]*){0,2}? (?:people|men|women|children|[a-z]{2,}(?<![us])s)\b)"
    r"(?! (?:is|was|has|its|this|as|wide|high|deep|long|tall|of|in|at|on|from|to|and|above|below|away)\b)",
)
"""Behind a letter that may stand for millions or for metres: something is counted."""
_BEFORE_DASH = re.compile(r"(?:^|(?<![\w.,-]))[0-9.,]+(?: ?(?:bn|mln|mn|[kmb]))?-$")
_ARTICLE = re.compile(r"(?: of)? an?(?= )")
_CHAIN = re.compile(r"-[0-9]{1,15}-")
_MINUS_WORD = re.compile(r"(?<![0-9] )\b(?:minus|negative) $", re.IGNORECASE)
_MINUS_SIGNS = "-−–"
_SUFFIX = re.compile(r"-(?:strong|odd|plus|ish)\b")
"""Behind a number, without making it a part of a word."""


class Number(NamedTuple):
    """An amount with its sign, scale and unit, without what limits it."""

    range: Range
    value: float
    unit: str | None = None
    vague: bool = False
    """Whether it is "dozens" or the like: `value` is then the least it can mean."""
    about: bool = False
    """Whether it is "a couple of hundred" or the like: `value` is then near what it means."""
    digits: bool = False
    bare: bool = False
    """Digits alone, without comma, point, scale or unit: may be a label."""
    plain: bool = False
    """Bare, and of four digits or fewer: may be a year."""
    spaced: bool = False
    """Thousands parted by blanks: "12 500", which may be two numbers."""
    scale: str | None = None
    """The word or letters that multiply, in lower case: "million", "bn", "lakh"."""
    factor: float = 1.0
    """What `scale` multiplies by."""


def find_numbers(text: str, area: Range) -> Iterator[Number]:
    """Amounts in `area`, in text order. Parts of words, times, dates with slashes and identifiers are left out."""
    position = area.start
    for start in _candidates(text, area):
        if start < position:
            continue
        number, position = _read(text, start, position)
        if number is not None:
            position = max(position, number.range.end)
            yield number


def _candidates(text: str, area: Range) -> list[int]:
    """Where an amount may start, but for words such as "a few": digits and number words."""
    part = area.of(text)
    runs = _ASCII_RUN if part.isascii() else _DIGIT_RUN
    starts = [match.start() for match in runs.finditer(text, area.start, area.end)]
    lower = part.lower()
    # Most sentences have none: to look the words up costs less than a pattern that tries each at every character.
    words = _LETTERS.findall(lower)
    if _HINTS.isdisjoint(words):
        return starts
    if len(lower) != len(part):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in part)
    for word in _HINTS.intersection(words):
        starts.extend(area.start + match.start() for match in _HINT_PATTERNS[word].finditer(lower))
    return sorted(starts)


def _read(text: str, start: int, position: int) -> tuple[Number | None, int]:
    """The amount at a place, and where to go on; `position`: where the one before ended."""
    digits = _DIGITS.match(text, start)
    if digits is not None:
        number = _from_digits(text, digits)
        return (_signed(text, number) if number is not None else None), digits.end()
    lead = _LEAD.search(text, max(position, start - _LEAD_CHARS), start)
    begin = lead.start() if lead is not None else start
    for pattern, read in ((_FRACTION, _from_fraction), (_WORDS, _from_words), (_VAGUE, _from_vague)):
        match = pattern.match(text, begin)
        if match is not None and (match.end() > start):
            number = read(text, match)
            if number is not None or pattern is not _FRACTION:
                return (None, match.end()) if number is None else (_signed(text, number), number.range.end)
    return None, start


def _from_digits(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    written = match.group()
    value = PART_SIGNS.get(written) or _decimal(written)
    if value is None:
        return None
    part = _PART_AFTER.match(text, end, end + 12) if written not in PART_SIGNS else None
    if part is not None:
        value += PART_SIGNS[part["sign"]] if part["sign"] else 0.5 if part["half"] else int(part["over"]) / int(part["under"])
        end = part.end()
    scale, factor, scaled_end = _scale_after(text, start, end)
    currency = currency_before(text, start, large=scale is not None or "," in written)
    if currency is None:
        return None
    begin, unit = currency
    if scale is None and unit is not None and (letters := _SCALE_AFTER.match(text, end, end + 5)) and letters["letters"]:
        scale, factor, scaled_end = letters["letters"].lower(), SHORT_SCALES[letters["letters"].lower()], letters.end()
    if unit is None and _is_joined_left(text, start):
        return None
    end = scaled_end
    if written in PART_SIGNS and (article := _ARTICLE.match(text, end)) and unit_after(text, article.end()):
        end = article.end()
    bare = end - start == len(written) and written.isdigit() and unit is None
    if unit is None and (measure := unit_after(text, end, scaled=scale is not None)) is not None:
        unit, end = measure
        bare = False
    elif unit is None and _is_joined_right(text, start, end):
        return None
    if scale is None and _POINT_THOUSANDS.fullmatch(written) and _cannot_be_part(text, unit, end):
        value *= _THOUSAND
    # 1.07 times a trillion is not to carry the noise of binary fractions.
    value = float(f"{value * factor:.12g}")
    plain = bare and len(written) <= _LABEL_DIGITS
    spaced = " " in written
    return Number(
        Range(begin, end), value, unit, digits=True, bare=bare, plain=plain, spaced=spaced, scale=scale, factor=factor
    )


def _cannot_be_part(text: str, unit: str | None, end: int) -> bool:
    """Whether an amount is of money or of things that are counted in whole: "2.500 euros", "1.200 people"."""
    if unit is not None:
        return dimension_of(unit) == "money"
    return _COUNTED_AFTER.match(text, end, end + 60) is not None


def _decimal(written: str) -> float | None:
    """Value of digits with commas, points, blanks or apostrophes; None for an identifier."""
    if written.isdigit():
        return None if len(written) > MAX_DIGITS or (written[0] == "0" and len(written) > 1) else float(written)
    if written.count(".") > 1 or ("," in written and written.rfind(".") < written.rfind(",") and "." in written):
        written = written.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3},[0-9]{1,2}", written) or (" " in written and "," in written):
        written = written.replace(",", ".")
    digits = re.sub("[, ']", "", written)
    if len(digits) > MAX_DIGITS or (digits[0] == "0" and digits[1:2].isdigit()):
        return None
    return float(digits)


def _scale_after(text: str, start: int, end: int) -> tuple[str | None, float, int]:
    """Scale that follows digits, what it multiplies by, and where it ends; a lone letter only where it is sure."""
    match = _SCALE_AFTER.match(text, end, end + 24)
    if match is None:
        return None, 1.0, end
    if match["words"] is not None:
        words = [word if word in SCALES else word[:-1] for word in re.split("[ -]", match["words"].lower())]
        factor = 1.0
        for word in words:
            factor *= SCALES[word]
        return " ".join(words), factor, match.end()
    letters = match["letters"].lower()
    if letters in _SHORT and not _is_sure(text, start, match):
        return None, 1.0, end
    return letters, SHORT_SCALES[letters], match.end()


def _is_sure(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a letter behind digits multiplies: "40k", "3m pounds", "2.5m people", "$40-50m"; not "a 3m wall"."""
    if match.group()[0] == " ":
        return False
    if match["letters"] == "k":
        return True
    measure = unit_after(text, match.end(), scaled=True)
    if measure is not None and dimension_of(measure[0]) == "money":
        return True
    if match["letters"] == "K":
        return match.start() - start > 1
    if _MONEY_RANGE_BEFORE.search(text, max(start - 20, 0), start):
        return True
    return _COUNTED_AFTER.match(text, match.end(), match.end() + 60) is not None


def _is_joined_left(text: str, start: int) -> bool:
    before = text[start - 1] if start > 0 else " "
    if before == "-":
        # "10-15" may be a range, " -15" is below zero, "F-16" and "555-0199-2233" are names.
        if start == 1 or text[start - 2] in " (\n":
            return False
        return _BEFORE_DASH.search(text, max(start - MAX_DIGITS, 0), start) is None
    return before.isalnum() or before in "._,:/\\#@'+=*^~&"


def _is_joined_right(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    following = text[end + 1 : end + 2]
    if after == "-" and following.isdigit():
        return _CHAIN.match(text, end) is not None or (start > 0 and text[start - 1] == "-")
    if after == "-" and _SUFFIX.match(text, end) is not None:
        return False
    if after in ("-", ":", "/", ".", ",", "'", "x"):
        return following.isalnum()
    return after.isalnum() or after in ("_", "@", "°", "\\", "=")


def _from_words(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if _is_part_of_a_word(text, start, end):
        return None
    read = read_words(match.group().lower().replace("-", " ").split())
    if read is None and " and " in match.group():
        # "Between one and two million".
        end = start + match.group().index(" and ")
        read = read_words(text[start:end].lower().replace("-", " ").split())
    if read is None or read.value < 1:
        return None
    unit = None
    if (measure := unit_after(text, end, scaled=read.scale is not None)) is not None:
        unit, end = measure
    return Number(
        Range(start, end), read.value, unit, vague=read.vague, about=read.about, scale=read.scale, factor=read.factor
    )


def _from_vague(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if _is_part_of_a_word(text, start, end):
        return None
    words = match.group().lower().split()
    times = {"tens": 10, "dozens": 10, "hundreds": 100, "thousands": 1000}[words[0]] if len(words) > 1 else 1
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
    value = (SMALL_NUMBERS[count.group().lower()] if count else 1.0) * PARTS[match["part"].lower()]
    scale = match["of"].lower() if match["of"] else None
    factor = SCALES[scale] if scale is not None else 1.0
    measure = unit_after(text, end, scaled=scale is not None)
    if scale is None and measure is None:
        return None
    unit, end = measure if measure is not None else (None, end)
    return Number(Range(start, end), float(f"{value * factor:.12g}"), unit, scale=scale, factor=factor)


def _is_part_of_a_word(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] == "-" and _SUFFIX.match(text, end) is not None:
        return start > 0 and text[start - 1] in "-'."
    return text[end : end + 1] in ("-", "'") or (start > 0 and text[start - 1] in "-'.")


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
    if number.unit is None or not number.digits:
        return None
    return number._replace(range=Range(start - 1, end), value=-number.value)
