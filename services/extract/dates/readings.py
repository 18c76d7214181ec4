"""What each form of date comes to, given the day of publication. Each reading is None when the form tells no date."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.article import Precision
from services.extract.dates.calendar import (
    Direction,
    Reading,
    day,
    interval,
    last_day,
    month_of,
    shift_months,
    week_of,
    weekday_beyond,
    weekday_near,
    weekend_of,
    year_for_day,
    year_for_month,
    year_of,
)
from services.language.calendar import MONTH_NUMBERS, WEEKDAY_NUMBERS
from services.language.case import lower_case

_OFFSETS = {
    "last": -1,
    "this past": 0,
    "this": 0,
    "the": 0,
    "this coming": 1,
    "next": 1,
}
_QUARTER_MONTHS = 3
_HALF_MONTHS = 6
_DECEMBER = 12
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_CENTURY = 100


@dataclass(frozen=True)
class Anchor:
    """What a date is read by: the day of publication, if it is known, and the tense around the date."""

    reference: date | None
    direction: Callable[[], Direction]


def days(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """A day of a month, or the first and last of several."""
    given = match.groupdict()
    first = (given.get("month1"), given["day1"], given.get("year1")) if given.get("day1") else None
    month, number, year = given["month"], given["day"], given["year"]
    second = (given["month2"] or month, given["day2"], given.get("year2")) if given.get("day2") else None
    if first is not None:
        first, second = (first[0] or month, first[1], first[2] or year), (month, number, year)
    else:
        first = (month, number, year or (second[2] if second else None))
    weekday = _weekday(given["weekday"])
    start = _day(*first, weekday, anchor)
    if start is None or second is None:
        return None if start is None else Reading(start, Precision.DAY)
    own = second[2] or start[:4]
    end = _day(second[0], second[1], own if own.isdigit() else None, None, anchor) if own.isdigit() else None
    if not own.isdigit():
        end = day(None, _month(second[0]), _number(second[1]))
    if end is not None and end < start and own.isdigit() and second[2] is None:
        end = day(int(own) + 1, _month(second[0]), _number(second[1]))  # Dec. 30 to Jan. 2
    return None if end is None or end < start else Reading(interval(start, end), Precision.DAY)


def _day(month: str, number: str, year: str | None, weekday: int | None, anchor: Anchor) -> str | None:
    month_number, day_number = _month(month), _number(number)
    if day(None, month_number, day_number) is None:
        return None
    chosen = int(year) if year else None
    if chosen is None and anchor.reference is not None:
        chosen = year_for_day(anchor.reference, month_number, day_number, anchor.direction(), weekday)
    return day(chosen, month_number, day_number)


def numeric_day(match: re.Match[str], _: Anchor) -> Reading | None:
    """A day in digits, if only one order of day and month is possible."""
    if match["year"]:
        iso = day(int(match["year"]), int(match["month"]), int(match["day"]))
    else:
        first, second = int(match["first"]), int(match["second"])
        if first != second and max(first, second) <= _DECEMBER:
            return None
        iso = day(int(match["year2"]), min(first, second), max(first, second))
    return None if iso is None else Reading(iso, Precision.DAY)


def months(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """A month, its last day, or the first and last of several months."""
    month = _month(match["month"])
    year = int(match["year"] or match["year2"] or 0) or _year_of_month(match, month, anchor)
    if match["month2"]:
        last = _month(match["month2"])
        end = int(match["year2"] or 0) or year
        if end is not None and year is not None and last < month:
            year, end = (year - 1, end) if match["year2"] and not match["year"] else (year, end + 1)
        first, second = month_of(year, month).iso, month_of(end, last).iso
        return Reading(interval(first, second), Precision.MONTH) if first < second else None
    if match["end"]:
        return Reading(last_day(year, month), Precision.MONTH)
    return month_of(year, month)


def _year_of_month(match: re.Match[str], month: int, anchor: Anchor) -> int | None:
    reference, which = anchor.reference, lower_case(match["which"] or "")
    if reference is None:
        return None
    if match["other"]:
        return reference.year + _OFFSETS[lower_case(match["other"])]
    if which in ("last", "past", "this past"):
        return year_for_month(date(*shift_months(reference, -1), 1), month, Direction.BACK)
    if which in ("next", "coming", "this coming"):
        return year_for_month(date(*shift_months(reference, 1), 1), month, Direction.FORWARD)
    return reference.year if which == "this" else year_for_month(reference, month, anchor.direction())


def parts_of_year(match: re.Match[str], _: Anchor) -> Reading | None:
    """A quarter or half of a year, the end of one; seasons and the like are known to the year only."""
    year = int(match["year"])
    if match["end"]:
        return Reading(f"{year}-12-31", Precision.YEAR)
    named = match["quarter"] or match["half"]
    if not named:
        return year_of(year)
    size = _QUARTER_MONTHS if match["quarter"] else _HALF_MONTHS
    last = size * next(_ORDINALS[word] for word in lower_case(named).split() if word in _ORDINALS)
    return Reading(
        interval(month_of(year, last - size + 1).iso, month_of(year, last).iso),
        Precision.MONTH,
    )


def years(match: re.Match[str], _: Anchor) -> Reading | None:
    """A year, several, or a decade."""
    if match["decade"]:
        first = int(re.sub(r"\D", "", match["decade"]))
        return Reading(interval(f"{first}", f"{first + 9}"), Precision.YEAR)
    if match["year"]:
        return year_of(int(match["year"]))
    first, last = int(match["first"]), int(match["last"])
    if last < _CENTURY:
        last += first - first % _CENTURY
    return Reading(interval(f"{first}", f"{last}"), Precision.YEAR) if first < last else None


def relative_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """Today, yesterday, tomorrow, and the days before and after those."""
    if anchor.reference is None:
        return None
    offsets = {"before": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after": 2}
    return on(anchor.reference + timedelta(days=next(days for name, days in offsets.items() if match[name])))


def relative(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """This, last or next week, weekend, month or year, or the end of it."""
    which, unit, ends = lower_case(match["which"]), lower_case(match["unit"]), lower_case(match["part"] or "") == "end"
    if which == "the" and not (match["part"] and unit != "weekend") and unit != "weekend":
        return None
    if which == "the" and unit == "weekend" and not anchor.direction():
        return None
    if unit == "year" and ends and anchor.reference is None and which in ("the", "this"):
        return Reading(last_day(None, _DECEMBER), Precision.YEAR)
    if unit == "month" and which == "this" and not ends and anchor.reference is None:
        return Reading("XXXX-XX", Precision.MONTH)
    return None if anchor.reference is None else _shifted(which, unit, ends, anchor.reference, anchor.direction)


def _shifted(which: str, unit: str, ends: bool, reference: date, direction: Callable[[], Direction]) -> Reading:
    offset = _OFFSETS[which]
    if unit == "year":
        year = reference.year + offset
        return Reading(last_day(year, _DECEMBER), Precision.YEAR) if ends else year_of(year)
    if unit == "month":
        place = shift_months(reference, offset)
        return Reading(last_day(*place), Precision.MONTH) if ends else month_of(*place)
    if unit == "weekend":
        back = which in ("last", "this past") or (which == "the" and direction() is Direction.BACK)
        if back and reference.weekday() < WEEKDAY_NUMBERS["sat"] + (which != "last"):
            offset = -1
        return weekend_of(reference + timedelta(weeks=offset if which != "this coming" else 0))
    week = week_of(reference + timedelta(weeks=offset))
    return Reading(week.iso.rpartition("/")[2], Precision.WEEK) if ends else week


def year_end(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """The last day of the running year or month."""
    reference = anchor.reference
    if lower_case(match["unit"]) == "year":
        return Reading(last_day(reference.year if reference else None, _DECEMBER), Precision.YEAR)
    return None if reference is None else Reading(last_day(reference.year, reference.month), Precision.MONTH)


def weekdays(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """A weekday: before publication, or ahead when the sentence tells what is to come."""
    weekday, which = WEEKDAY_NUMBERS[lower_case(match["weekday"])[:3]], lower_case(match["which"] or "")
    if anchor.reference is None:
        return Reading(f"XXXX-WXX-{weekday + 1}", Precision.DAY)
    if which in ("last", "past", "this past"):
        return on(weekday_beyond(anchor.reference, weekday, Direction.BACK))
    if which in ("next", "coming", "this coming"):
        return on(weekday_beyond(anchor.reference, weekday, Direction.FORWARD))
    direction = anchor.direction()
    if direction is Direction.UNKNOWN and which != "this":
        direction = Direction.BACK
    return on(weekday_near(anchor.reference, weekday, direction))


def on(moment: date) -> Reading:
    """A day."""
    return Reading(moment.isoformat(), Precision.DAY)


def _month(name: str) -> int:
    return MONTH_NUMBERS[lower_case(name)[:3]]


def _number(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _weekday(name: str | None) -> int | None:
    return None if name is None else WEEKDAY_NUMBERS[lower_case(name)[:3]]
