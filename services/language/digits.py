"""Amounts in digits: 12,000, 1,25,000, 1.2 million, Rs 45 crore, $1.2bn, 4.5%, 12 500 people, 3½ miles."""

import re

from services.language.case import lower_case
from services.language.currencies import currency_before
from services.language.number import Number
from services.language.number_words import PART_SIGNS, SCALES, SHORT_SCALES
from services.language.ranges import Range
from services.language.units import dimension_of, unit_after

MAX_DIGITS = 15
"""More digits are an identifier."""
_LABEL_DIGITS = 4
_THOUSAND = 1000
_POINT_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{2}0")
"""A point and three digits of which the last is 0: nobody writes so many decimals of money."""

_SCALE_WORD = "|".join(SCALES)
_METRIC = (
    r"hectares?|ha|(?:kilo|centi|milli)?met(?:re|er)s?|[kcm]m|kg|kilos?|kilogram\w*|lit(?:re|er)s?|tonnes?|degrees"
)
"""Units of countries that write a comma before decimals."""
DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])(?:,[0-9]+)?"
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,3}(?:'[0-9]{3})+(?![0-9'])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]|-\w)(?:[.,][0-9]+)?"
    rf"|[0-9]{{1,3}},[0-9]{{1,2}}(?= ?%| ?€| (?:{_SCALE_WORD}|per ?cent|percent|euros?|{_METRIC})\b)"
    rf"|[0-9]+(?:\.[0-9]+)?|[{''.join(PART_SIGNS)}]"
)
"""12,000.5 and 1,25,000 and 1.200.000,5 and 1.200,50 and 1'200 and 1 200 and 3,5 million and 3.5 and ½."""
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
    r"(?:(?:-|–|—| to | and | or )[0-9.,]+ ?[mb]\b)?"
    r"(?=(?: [a-z][\w-]*){0,2}? (?:people|men|women|children|[a-z]{2,}(?<![us])s)\b)"
    r"(?! (?:is|was|has|its|this|as|wide|high|deep|long|tall|of|in|at|on|from|to|and|above|below|away)\b)",
)
"""Behind a letter that may stand for millions or for metres: something is counted."""
_BEFORE_DASH = re.compile(r"(?:^|(?<![\w.,-]))[0-9.,]+(?: ?(?:bn|mln|mn|[kmb]))?-$")
_ARTICLE = re.compile(r"(?: of)? an?(?= )")
_CHAIN = re.compile(r"-[0-9]{1,15}-")
SUFFIX = re.compile(r"-(?:strong|odd|plus|ish)\b")
"""Behind a number, without making it a part of a word."""


def from_digits(text: str, match: re.Match[str]) -> Number | None:
    """The amount whose digits are a match of `DIGITS`; None for a part of a word, an identifier, a time or a date."""
    start, written = match.start(), match.group()
    read = _value(text, match)
    if read is None:
        return None
    value, end = read
    scale, factor, scaled_end = _scale_after(text, start, end)
    currency = currency_before(text, start, large=scale is not None or "," in written)
    if currency is None or (currency[1] is None and _is_joined_left(text, start)):
        return None
    begin, unit = currency
    if unit is not None and scale is None:
        scale, factor, scaled_end = _letters_after_money(text, end)
    bare = scaled_end - start == len(written) and written.isdigit() and unit is None
    end = _article_end(text, written, scaled_end)
    if unit is None and (measure := unit_after(text, end, scaled=scale is not None)) is not None:
        unit, end = measure
        bare = False
    elif unit is None and _is_joined_right(text, start, end):
        return None
    if scale is None and _POINT_THOUSANDS.fullmatch(written) and _cannot_be_part(text, unit, end):
        value *= _THOUSAND
    return Number(
        Range(begin, end),
        # 1.07 times a trillion is not to carry the noise of binary fractions.
        float(f"{value * factor:.12g}"),
        unit,
        digits=True,
        bare=bare,
        plain=bare and len(written) <= _LABEL_DIGITS,
        spaced=" " in written,
        scale=scale,
        factor=factor,
    )


def _value(text: str, match: re.Match[str]) -> tuple[float, int] | None:
    """Value of digits with a fraction behind them, and where they end: "3½", "2 1/2", "2 and a half"."""
    written, end = match.group(), match.end()
    if written in PART_SIGNS:
        return PART_SIGNS[written], end
    value = _decimal(written)
    if value is None:
        return None
    part = _PART_AFTER.match(text, end, end + 12)
    if part is None:
        return value, end
    if part["over"] is not None:
        return value + int(part["over"]) / int(part["under"]), part.end()
    return value + (PART_SIGNS[part["sign"]] if part["sign"] else 1 / 2), part.end()


def _letters_after_money(text: str, end: int) -> tuple[str | None, float, int]:
    """As `_scale_after`, where a currency stands before: there "m" is no metre."""
    match = _SCALE_AFTER.match(text, end, end + 5)
    if match is None or match["letters"] is None:
        return None, 1.0, end
    letters = lower_case(match["letters"])
    return letters, SHORT_SCALES[letters], match.end()


def _article_end(text: str, written: str, end: int) -> int:
    """Where the unit starts: behind the article of "½ a mile"."""
    article = _ARTICLE.match(text, end) if written in PART_SIGNS else None
    return article.end() if article is not None and unit_after(text, article.end()) is not None else end


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
        words = [word if word in SCALES else word[:-1] for word in re.split("[ -]", lower_case(match["words"]))]
        factor = 1.0
        for word in words:
            factor *= SCALES[word]
        return " ".join(words), factor, match.end()
    letters = lower_case(match["letters"])
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
    if after == "-" and SUFFIX.match(text, end) is not None:
        return False
    if after in ("-", ":", "/", ".", ",", "'", "x"):
        return following.isalnum()
    return after.isalnum() or after in ("_", "@", "°", "\\", "=")
