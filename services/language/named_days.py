"""Days, months, years and times that a text names, by kind: a Sunday is not a Tuesday, but it may be October 27."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.language.calendar import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS, month_number, weekday_number

_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)}|(?:{'|'.join(SHORT_WEEKDAYS)})(?=\.? ?[,)]|\.))s?\b", re.IGNORECASE)
_MONTH = "|".join(sorted((*MONTHS, *SHORT_MONTHS), key=len, reverse=True))
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?![:,]?\d)|\b(\d{{1,2}}) ({_MONTH})\b", re.IGNORECASE
)
_BARE_MONTH = re.compile(rf"\b({'|'.join(month.title() for month in MONTHS)}|(?:{_MONTH})\.)(?!\w| ?\d{{1,2}}\b)")
_BEFORE_MAY = re.compile(r"\b(?:in|last|since|by|until|of|this|next|from|and|to|early|late) $", re.IGNORECASE)
"""Before "May" where it is the month, not the verb."""
_YEAR = re.compile(r"(?<![\d$€£,.:-])(1[5-9]\d\d|20\d\d)(?!\d|[,.:]\d|-\d| (?:people|percent))(?:s\b)?")
_COUNTED = "a|one|two|three|four|five|six|seven|eight|nine|ten|several|[0-9]+"
_PERIODS = "day|night|week|month|quarter|year|decade|summer|winter|spring|fall|autumn"
_RELATIVE = re.compile(
    rf"\b(?:yesterday|tomorrow|tonight|today|(?:last|next|this|previous|coming) (?:{_PERIODS})"
    rf"|(?:{_COUNTED}) (?:{_PERIODS})s? (?:ago|earlier|later))\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\b|\b(\d{1,2}):(\d{2})\b|\b(\d{2})(\d{2}) (?:GMT|UTC|ET|EDT|EST|BST)\b",
    re.IGNORECASE,
)
HALF_DAY = 12
_DIGIT = re.compile(r"\d")
"""Dates with numbers need one; most texts have none."""
_OF_RELATIVES = {"previous": "last", "coming": "next"}


@dataclass(frozen=True, slots=True)
class NamedDay:
    """One date. `value` is comparable among those of one `kind`: weekday, day, month, year, time, relative."""

    kind: str
    value: str
    iso: str | None
    """ISO form, if somebody resolved the date completely."""
    at: int
    end: int


def find_named_days(text: str, resolved: Sequence[tuple[int, int, str]] = ()) -> tuple[NamedDay, ...]:
    """Find the dates that a text names, in text order.

    Args:
        text: The text.
        resolved: Dates in it that somebody has resolved: start, end and ISO form of each.
    """
    return tuple(sorted(_find(text, resolved), key=lambda day: (day.at, day.kind)))


def _find(text: str, resolved: Sequence[tuple[int, int, str]]) -> Iterator[NamedDay]:
    def day(kind: str, value: object, match: re.Match[str]) -> NamedDay:
        start, end = match.span()
        iso = next((iso for first, last, iso in resolved if first < end and start < last), None)
        return NamedDay(kind, str(value), iso, start, end)

    digits = _DIGIT.search(text) is not None
    for match in _WEEKDAY.finditer(text):
        yield day("weekday", weekday_number(match[1]), match)
    for match in _MONTH_DAY.finditer(text) if digits else ():
        month, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield day("day", f"{month_number(month)}-{int(number)}", match)
    for match in _BARE_MONTH.finditer(text):
        if match[1] != "May" or _BEFORE_MAY.search(text[: match.start()]):
            yield day("month", month_number(match[1]), match)
    for match in _YEAR.finditer(text) if digits else ():
        yield day("year", match[0], match)
    for match in _CLOCK.finditer(text) if digits else ():
        yield day("time", _time(match), match)
    for match in _RELATIVE.finditer(text):
        yield day("relative", _relative(match), match)


def _time(match: re.Match[str]) -> str:
    if match[3]:
        hour = int(match[1]) % HALF_DAY + (HALF_DAY if match[3].lower() == "p" else 0)
        return f"{hour}:{match[2] or '00'}"
    return f"{int(match[4] or match[6])}:{match[5] or match[7]}"


def _relative(match: re.Match[str]) -> str:
    words = match[0].lower().split()
    return " ".join(_OF_RELATIVES.get(word, word) for word in words)
