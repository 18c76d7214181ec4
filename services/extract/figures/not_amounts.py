"""Numbers that are no amounts: years, dates, times of day, ages, fractions, labels ("Highway 9")."""

import re

from services.extract.figures.counted import is_fraction, noun_after
from services.extract.figures.limits import WINDOW_CHARS, is_limited
from services.extract.figures.numbers import Number
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range

_MONTH = r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{3,6})?\b"
_MONTH_BEFORE = re.compile(rf"{_MONTH}\.? (?:[0-9]{{1,2}}(?:-|–|—|, | and | to ))?$")
_MONTH_AFTER = re.compile(rf"(?:(?: ?[-–—] ?| and | to )[0-9]{{1,2}})? (?:of )?{_MONTH}")
_TIME_AFTER = re.compile(r"(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b|o'clock|GMT|UTC|E[SD]?T\b|BST\b)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"\b(?:[Nn]os?\.|[Nn]umber|[Pp]age|[Cc]hapter|[Aa]rticle|[Ss]ection|[Aa]ged?|[Ll]evel|[Rr]oom|[Cc]hannel) $"
)
_CAPITAL_BEFORE = re.compile(r"(?:^|(?<= ))([A-Z][\w.'&-]*) $")
_ONE_IN_BEFORE = re.compile(
    r"\b(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) $", re.IGNORECASE
)
"""Shares: "seven in 10 voters"."""
_OLDER_OR_YOUNGER = re.compile(
    r"\b(?:\w+s|people|those|anyone|men|women|children|is|are|was|were) (?:aged )?(?:under|over|above|below) $",
    re.IGNORECASE,
)
"""Ages: "voters under 30"."""
_OLDEST = 120
_ODDS_AFTER = re.compile(r"[ -]to[ -](?:1|one)\b")
_ODDS_BEFORE = re.compile(r"\b[0-9]{1,3} to $")
_TITLE_AFTER = re.compile(r" (?:Minutes|Rules|Days|Nights|Hours)\b")
"""Works and programmes: "60 Minutes"."""
_SOME_BEFORE = re.compile(r"\bsome $", re.IGNORECASE)
"""With a year's digits: "some 2020 hopefuls"."""
_YEARS = range(1800, 2101)
_YEAR_DIGITS = 4
_NOT_OF_A_YEAR = frozenset(("people", "troops", "soldiers", "men", "women", "jobs"))


def is_no_amount(text: str, number: Number, area: Range, lexicon: Lexicon) -> bool:
    """Whether the number names something instead of counting it."""
    if is_fraction(text, number.range.end) or _is_of_a_date(text, number, area):
        return True
    if _ONE_IN_BEFORE.search(text, max(area.start, number.range.start - WINDOW_CHARS), number.range.start):
        return True
    if not number.plain:
        return False
    before = text[max(area.start, number.range.start - WINDOW_CHARS) : number.range.start]
    if _is_title_odds_or_age(text, number, before, area, lexicon) or _is_year(text, number, before, area, lexicon):
        return True
    if is_limited(before):
        return False
    return _is_label(before, at_start=number.range.start - len(before) <= area.start, lexicon=lexicon)


def _is_title_odds_or_age(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    if _TITLE_AFTER.match(text, number.range.end, area.end):
        return True
    if _ODDS_AFTER.match(text, number.range.end, area.end) or (number.value == 1 and _ODDS_BEFORE.search(before)):
        return True
    younger = number.value < _OLDEST and _OLDER_OR_YOUNGER.search(before) is not None
    return younger and noun_after(text, number.range.end, area.end, lexicon) is None


def _is_year(text: str, number: Number, before: str, area: Range, lexicon: Lexicon) -> bool:
    if number.value not in _YEARS or number.range.end - number.range.start != _YEAR_DIGITS:
        return False
    if is_limited(before) and not _SOME_BEFORE.search(before):
        return False
    noun = noun_after(text, number.range.end, area.end, lexicon)
    return noun is None or noun.of(text).lower() not in _NOT_OF_A_YEAR


def _is_of_a_date(text: str, number: Number, area: Range) -> bool:
    if number.unit is not None or not number.digits:
        return False
    start, end = number.range
    before = text[max(area.start, start - WINDOW_CHARS) : start]
    after = text[end : min(area.end, end + WINDOW_CHARS)]
    found = _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after) or _TIME_AFTER.match(after)
    return found is not None


def _is_label(before: str, *, at_start: bool, lexicon: Lexicon) -> bool:
    """Whether "No.", "page" or a capitalised word inside the sentence stands right before."""
    if _LABEL_BEFORE.search(before):
        return True
    capital = _CAPITAL_BEFORE.search(before)
    if capital is None or (at_start and capital.start() == 0):
        return False
    word = capital.group(1).lower()
    return word not in lexicon.not_names and word not in lexicon.weekdays
