"""Which occasion a figure is about, by the words around it: the event's own, an earlier one, a period, a capacity."""

import re
from datetime import MAXYEAR, MINYEAR, date, datetime
from enum import Enum, auto

from services.language.calendar import MONTHS, SHORT_MONTHS, month_number
from services.language.sentence_ends import last_sentence

_LONG_BEFORE_DAYS = 45
"""A month that ended so long before the report belongs to an earlier occasion."""
_MONTH_NAME = "|".join(name.title() for name in sorted((*MONTHS, *SHORT_MONTHS), key=len, reverse=True))
_CAPACITY = re.compile(
    r"\b(?:(?:can|could|able to|(?:equipp|design|buil|configur|licen[sc]|certifi)\w+ to|has (?:room|space|seats) to) "
    r"(?:carry|hold|seat|accommodate|transport|take|house|fit|sleep|shelter)|capacity (?:of|for)"
    r"|room for|seating(?: for)?)"
    r"(?: (?:up to|as many as|about|some|more than|over))? ?$",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?i:(?:so far )?this (?:year|decade|century|season)"
    r"|(?:over|in|during|for) the (?:last|past|previous|recent) (?:\w+ ){0,2}(?:months?|years?|decades?)"
    r"|in recent (?:months|years|decades)|(?:each|every) year)"
    # Months by their capital: "since may" is none.
    r"|[Ss]ince (?:the (?:start|beginning) of (?:the year|[12]\d{3})|[12]\d{3}"
    rf"|{'|'.join(month.title() for month in MONTHS)}))\b"
)
_YEARS_BEFORE = re.compile(
    r"\b(?:(?:\d+|a|an|two|three|four|five|six|seven|eight|nine|ten|several|some|many|a few) (?:months|years?|decades?)"
    r" (?:ago|earlier|before)|(?:months|years|decades) (?:ago|earlier|before|after)|last year)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:\b(?:[Ii]n|[Oo]n|[Ll]ast|[Tt]he|of|from|since) |['\u2019]s )"
    r"(?:early |late |mid-)?(?:\d{1,2} )?"
    rf"(?P<month>{_MONTH_NAME})\b(?:\.? \d{{1,2}}\b)?(?:,? (?P<year>(?:19|20)\d\d)\b)?"
)
_YEAR = re.compile(r"\b(?:[Ii]n|[Tt]he|of|[Ss]ince) (?P<year>(?:19|20)\d\d)\b(?!s)")
_HAPPENING = (
    r"(?:attack|blast|bombing|explosion|crash|collision|accident|incident|disaster|shooting|massacre|quake|earthquake"
    r"|flood|fire|storm|hurricane|cyclone|tragedy|outbreak|battle|assault|raid|strike)"
)
_POINTS_BACK = re.compile(
    rf"\b(?:those|that|these|the (?:earlier|previous|\w+day)) (?:\w+ )?{_HAPPENING}s?\b", re.IGNORECASE
)
"""Words for what the sentence before tells of."""
_SEVERAL_HAPPENINGS = re.compile(
    rf"\b(?:in|by|from) (?:(?:two|three|four|five|six|several|separate|various|other) )*{_HAPPENING}e?s\b",
    re.IGNORECASE,
)
"""Without an article: all that happened in a place or on a day, "in shootings across the city"."""
_SO_FAR = re.compile(r"^[^.;]{0,40}?\b(?:have|has) (?:now |already )?(?:been|died|perished)\b")
"""Behind a number that sums up what the sentence before tells of."""


class Occasion(Enum):
    """What a figure is about."""

    THIS = auto()
    """What the event is about, as far as the words tell."""
    EARLIER = auto()
    """Something that happened long before the report."""
    PERIOD = auto()
    """All that happened in a year or more, or in several happenings."""
    OF_SENTENCE_BEFORE = auto()
    """EARLIER or PERIOD, by the sentence before; the figure's own words do not say which occasion it counts."""
    CAPACITY = auto()
    """What something can hold."""


def read_occasion(before: str, after: str, preceding: str, published_at: datetime | None) -> Occasion:
    """Read which occasion a figure is about.

    Args:
        before: Words of its sentence before it.
        after: Words of its sentence behind it.
        preceding: The article up to its sentence.
        published_at: When the article appeared.
    """
    if _CAPACITY.search(before):
        return Occasion.CAPACITY
    own = f"{before}\u2026{after}"
    sentence_before = last_sentence(preceding.rstrip().rstrip('.!?"\u201d'))
    sums_up = not preceding.endswith("\n") and _SO_FAR.match(after) is not None
    if _PERIOD.search(own) or _SEVERAL_HAPPENINGS.search(own):
        return Occasion.PERIOD
    if _is_long_before(own, published_at):
        return Occasion.EARLIER
    points_back = _POINTS_BACK.search(own) is not None
    if (sums_up and _PERIOD.search(sentence_before)) or (
        points_back and _is_long_before(sentence_before, published_at)
    ):
        return Occasion.OF_SENTENCE_BEFORE
    return Occasion.THIS


def _is_long_before(words: str, published_at: datetime | None) -> bool:
    if _YEARS_BEFORE.search(words):
        return True
    if published_at is None:
        return False
    today = published_at.date()
    return any(_is_month_long_before(match, today) for match in _MONTH.finditer(words)) or any(
        int(match["year"]) < today.year - (today.month == 1) for match in _YEAR.finditer(words)
    )


def _is_month_long_before(match: re.Match[str], today: date) -> bool:
    """Whether a month, the last one of its name before the report where no year stands, ended long before."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    if not MINYEAR <= year < MAXYEAR:
        return False
    ended = date(year + month // 12, month % 12 + 1, 1)
    return (today - ended).days > _LONG_BEFORE_DAYS
