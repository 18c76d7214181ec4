"""The values that filters take beside names and words: what an event has, spans of days, times. Pure."""

import calendar
import re
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import NamedTuple


class Has(StrEnum):
    """Something that an event has or has not."""

    CONTRADICTION = "contradiction"
    """Claims that cannot all hold."""
    CONFLICTING_FIGURE = "conflicting_figure"
    """A counted thing for which no single value could be true."""
    DENIAL = "denial"
    """A source that denies something."""
    CORRECTION = "correction"
    """An article that its publisher corrected."""


class Days(NamedTuple):
    """A span of days, both included, as proleptic Gregorian ordinals."""

    first: int
    last: int


_DAYS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def days_of(text: str) -> Days | None:
    """The days of an ISO 8601 date, month, year or interval `start/end`; None for other texts and for open digits."""
    start, slash, end = text.partition("/")
    first = _calendar_days(start)
    last = _calendar_days(end) if slash else first
    if first is None or last is None or last.last < first.first:
        return None
    return Days(first.first, last.last)


def _calendar_days(text: str) -> Days | None:
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return Days(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
        return Days(*[date(year, month, day).toordinal()] * 2)
    except ValueError:
        return None


def moment_of(text: str, *, ends: bool) -> datetime | None:
    """The moment, in UTC, that an RFC 3339 time or a date names; None where it names none.

    Args:
        text: As the client wrote it. A blank for the "+" of an offset is a "+" that was not escaped in an address.
        ends: Whether a date stands for its last moment rather than its first.
    """
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.max if ends else time.min, UTC)
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text.upper() else text)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
