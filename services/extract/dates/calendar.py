"""Days, weeks, months and years as the contracts write them, and which of several possible ones is meant."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from services.contracts.article import Precision

UNKNOWN_YEAR = "XXXX"
"""Stands for a year that the article does not give (ISO 8601-2: unspecified digits)."""
_LEAP_YEAR = 2000
_WEEK_DAYS = 7
_HALF_WEEK = 3
_MONTHS = 12
_STALE_DAYS = 7
"""How old a report may be that still writes of a coming day."""
_SOON_DAYS, _LONG_DAYS = 45, 300
"""A day so near is meant even where the tense says otherwise, if the one that the tense means is so far."""
_WEEKDAY_YEARS = 6
"""Within so many years a date falls on every weekday at least once, leap days aside."""


class Direction(IntEnum):
    """Where from the day of publication a date lies that does not say it by itself."""

    BACK = -1
    UNKNOWN = 0
    FORWARD = 1


@dataclass(frozen=True)
class Reading:
    """What a date comes to. `iso`: as in `DateMention`."""

    iso: str
    precision: Precision


def day(year: int | None, month: int, number: int) -> str | None:
    """A day, its year perhaps unknown; None when the calendar has no such day."""
    if not 1 <= month <= _MONTHS or not 1 <= number <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    return f"{_year(year)}-{month:02d}-{number:02d}"


def month_of(year: int | None, month: int) -> Reading:
    """A month, its year perhaps unknown."""
    return Reading(f"{_year(year)}-{month:02d}", Precision.MONTH)


def year_of(year: int) -> Reading:
    """A year."""
    return Reading(f"{year:04d}", Precision.YEAR)


def interval(start: str, end: str) -> str:
    """From the one to the other, both included."""
    return f"{start}/{end}"


def last_day(year: int | None, month: int) -> str:
    """The last day of a month."""
    return f"{_year(year)}-{month:02d}-{monthrange(year or _LEAP_YEAR + 1, month)[1]:02d}"


def week_of(moment: date) -> Reading:
    """The week, Monday to Sunday, that a day lies in."""
    monday = moment - timedelta(days=moment.weekday())
    return Reading(interval(monday.isoformat(), (monday + timedelta(days=6)).isoformat()), Precision.WEEK)


def weekend_of(moment: date) -> Reading:
    """Saturday and Sunday of the week that a day lies in."""
    saturday = moment - timedelta(days=moment.weekday()) + timedelta(days=5)
    return Reading(interval(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat()), Precision.DAY)


def shift_months(moment: date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day."""
    count = moment.year * _MONTHS + moment.month - 1 + months
    return count // _MONTHS, count % _MONTHS + 1


def weekday_near(reference: date, weekday: int, direction: Direction) -> date:
    """The nearest day of that name (0: Monday), the reference day included; without direction 3 days either way."""
    ahead = (weekday - reference.weekday()) % _WEEK_DAYS
    if direction is Direction.BACK or (direction is Direction.UNKNOWN and ahead > _HALF_WEEK):
        ahead -= _WEEK_DAYS if ahead else 0
    return reference + timedelta(days=ahead)


def weekday_beyond(reference: date, weekday: int, direction: Direction) -> date:
    """The first day of that name strictly before or after the reference day."""
    return weekday_near(reference + timedelta(days=int(direction)), weekday, direction)


def year_for_day(
    reference: date, month: int, number: int, direction: Direction, weekday: int | None = None
) -> int | None:
    """The year in which a day without one lies; None when the day does not exist in the years around.

    The weekday named with it decides, else the direction, else which is nearest.
    """
    reach = _WEEKDAY_YEARS if weekday is not None else 1
    possible = [
        date(year, month, number)
        for year in range(max(reference.year - reach, 1), min(reference.year + reach, 9999) + 1)
        if day(year, month, number) is not None
    ]
    named = [moment for moment in possible if moment.weekday() == weekday]
    if named:
        possible = named
    elif direction is Direction.BACK:
        # A day ahead may be today where the article was written.
        past = [moment for moment in possible if moment <= reference + timedelta(days=1)]
        soon = any(0 < (moment - reference).days <= _SOON_DAYS for moment in possible)
        if past and not (soon and (reference - max(past)).days >= _LONG_DAYS):
            possible = past
    elif direction is Direction.FORWARD:
        coming = [moment for moment in possible if moment >= reference - timedelta(days=_STALE_DAYS)]
        recent = any(0 < (reference - moment).days <= _SOON_DAYS for moment in possible)
        if coming and not (recent and (min(coming) - reference).days >= _LONG_DAYS):
            possible = coming
    nearest = min(possible, key=lambda moment: (abs((moment - reference).days), moment), default=None)
    return None if nearest is None else nearest.year


def year_for_month(reference: date, month: int, direction: Direction) -> int:
    """The year in which a month without one lies: the running one, or the nearest in the direction."""
    ahead = (month - reference.month) % _MONTHS
    if ahead and (direction is Direction.BACK or (direction is Direction.UNKNOWN and 2 * ahead >= _MONTHS)):
        ahead -= _MONTHS
    return shift_months(reference, ahead)[0]


def _year(year: int | None) -> str:
    return UNKNOWN_YEAR if year is None else f"{year:04d}"
