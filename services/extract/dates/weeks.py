"""Weekdays that a week is named with, weekdays of a month, and weeks, months and years beyond the last and the next."""

import re
from calendar import monthrange
from datetime import timedelta

from services.contracts.article import Precision
from services.extract.dates.calendar import (
    Direction,
    Reading,
    day,
    month_of,
    shift_months,
    week_of,
    weekday_beyond,
    weekday_near,
    weekend_of,
    year_for_month,
    year_of,
)
from services.extract.dates.distances import amount_of
from services.extract.dates.readings import Anchor, on
from services.language.calendar import MONTH_NUMBERS, WEEKDAY_NUMBERS
from services.language.case import lower_case

_WEEKS = {"last": -1, "this": 0, "next": 1}
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_WEEK_DAYS = 7
_MOST_WEEKS = 520
"""Ten years: nobody counts further in weeks."""


def weekday_and_week(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """A weekday of last, this or next week, or so many weeks from the nearest one. "A few weeks" tell no date."""
    name = lower_case(next(match[f"weekday{form}"] for form in range(1, 9) if match[f"weekday{form}"]))
    reference = anchor.reference
    if reference is None:
        return None if name in _DAYS else Reading(f"XXXX-WXX-{WEEKDAY_NUMBERS[name[:3]] + 1}", Precision.DAY)
    which = match["week1"] or match["week2"] or match["week3"]
    if which:
        monday = reference - timedelta(days=reference.weekday(), weeks=-_WEEKS[lower_case(which)])
        return on(monday + timedelta(days=WEEKDAY_NUMBERS[name[:3]]))
    weeks = _weeks_away(match)
    if weeks is None:
        return None
    if name in _DAYS:
        return on(reference + timedelta(days=_DAYS[name], weeks=weeks))
    if match["weekday7"] or match["weekday8"]:  # the first of them is not today
        nearest = weekday_beyond(
            reference, WEEKDAY_NUMBERS[name[:3]], Direction.BACK if weeks < 0 else Direction.FORWARD
        )
        return on(nearest + timedelta(weeks=weeks - (1 if weeks > 0 else -1)))
    nearest = weekday_near(reference, WEEKDAY_NUMBERS[name[:3]], Direction.BACK if weeks < 0 else Direction.FORWARD)
    return on(nearest + timedelta(weeks=weeks))


def _weeks_away(match: re.Match[str]) -> int | None:
    """How many weeks, or weekdays, after (negative: before) today's; None if nobody could tell."""
    if match["weekday8"]:
        return -2 if match["ago8"] else 2
    if match["weekday5"]:
        weeks = 2 if lower_case(match["unit5"]) == "fortnight" else 1
        return -weeks if match["past5"] else weeks
    amount = amount_of(match["amount4"] or match["amount6"] or match["amount7"])
    if amount is None or not 1 <= amount <= _MOST_WEEKS:
        return None
    if match["weekday7"]:
        return -amount if match["ago7"] else amount
    if match["weekday6"]:
        return -amount
    weeks = amount * (2 if lower_case(match["unit4"]) == "fortnight" else 1)
    return -weeks if match["ago4"] or lower_case(match["weekday4"]) == "yesterday" else weeks


def nth_weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """The first to fourth or last such weekday of a month."""
    month, reference = MONTH_NUMBERS[lower_case(match["month"])[:3]], anchor.reference
    if match["year"]:
        year = int(match["year"])
    elif reference is not None:
        year = year_for_month(reference, month, anchor.direction())
    else:
        return month_of(None, month)
    first, length = monthrange(year, month)
    offset = (WEEKDAY_NUMBERS[lower_case(match["weekday"])[:3]] - first) % _WEEK_DAYS
    nth = lower_case(match["nth"])
    weeks = (length - 1 - offset) // _WEEK_DAYS if nth == "last" else _NTH[nth]
    iso = day(year, month, 1 + offset + weeks * _WEEK_DAYS)
    return None if iso is None else Reading(iso, Precision.DAY)


def beyond(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """The week, weekend, month or year before the last or after the next."""
    reference, unit = anchor.reference, lower_case(match["unit"])
    if reference is None:
        return None
    offset = -2 if match["before"] else 2
    if unit == "year":
        return year_of(reference.year + offset)
    if unit == "month":
        return month_of(*shift_months(reference, offset))
    moved = reference + timedelta(weeks=offset)
    return week_of(moved) if unit == "week" else weekend_of(moved)
