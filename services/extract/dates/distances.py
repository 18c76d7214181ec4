"""Dates told by how far away they are: "two weeks ago", "three days from now"."""

import re
from datetime import date, timedelta

from services.extract.dates.calendar import Reading, month_of, shift_months, week_of, year_of
from services.extract.dates.patterns import NUMBER_WORDS
from services.extract.dates.readings import Anchor, on
from services.language.case import lower_case

_CENTURY = 100
_LAST_YEAR = 9000
"""Distances that lead beyond it are no dates."""


def ago(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """So many days, weeks, months or years ago: as exact as the unit. "A few" tells no date."""
    return _at_distance(anchor.reference, amount_of(match["amount"]), lower_case(match["unit"]), -1)


def from_now(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """In so many days, weeks, months or years: as exact as the unit. "A few" tells no date."""
    amount = amount_of(match["amount1"] or match["amount2"])
    return _at_distance(anchor.reference, amount, lower_case(match["unit1"] or match["unit2"]), 1)


def amount_of(written: str) -> int | None:
    """The number that words or digits tell; None for "a few" and "several"."""
    word = lower_case(written)
    if word == "a couple of":
        return 2
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word)


def _at_distance(reference: date | None, amount: int | None, unit: str, sign: int) -> Reading | None:
    """So many units before (`sign` -1) or after (1) a day."""
    if reference is None or amount is None or (unit == "decade" and amount > 1):
        return None
    if amount > reference.year - _CENTURY or reference.year + amount > _LAST_YEAR:
        return None
    amount *= sign
    if unit == "day":
        return on(reference + timedelta(days=amount))
    if unit == "week":
        return week_of(reference + timedelta(weeks=amount))
    if unit == "month":
        return month_of(*shift_months(reference, amount))
    return year_of(reference.year + amount * (10 if unit == "decade" else 1))
