"""The day an article says its event happened: the first weekday it names."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OPENING = 1_000
"""Characters of the text that are searched. Weekdays further down belong to background."""
_NAMED = re.compile(
    r"(?<!next )(?<!last )\b(?P<day>" + "|".join(_WEEKDAYS) + r")\b|\b(?P<today>today)\b", re.IGNORECASE
)


class DayAgreement(IntEnum):
    """How the days that two articles name lie to each other."""

    UNKNOWN = 0
    SAME = 1
    NEXT = 2
    """One day apart."""
    FAR = 3


@dataclass(frozen=True, slots=True)
class EventDay:
    """`weekday` 0 (Monday) to 6, null if none is named; `ordinal` counts days, null without a publication day."""

    weekday: int | None = None
    ordinal: int | None = None


def event_day(title: str | None, text: str, published_at: datetime | None) -> EventDay:
    """The first weekday named in title and opening, resolved back from the day of publication."""
    found = _NAMED.search(f"{title or ''}\n{text[:_OPENING]}")
    if found is None:
        return EventDay()
    published = published_at.toordinal() if published_at else None
    if found["today"]:
        # Ordinal 1 (1 January of year 1) was a Monday.
        return EventDay() if published is None else EventDay((published - 1) % 7, published)
    weekday = _WEEKDAYS.index(found["day"].lower())
    if published is None:
        return EventDay(weekday)
    return EventDay(weekday, published - ((published - 1) % 7 - weekday) % 7)


UNKNOWN = -1
"""Stands for "none" in arrays of weekdays and ordinals."""


def agreements(
    weekday: int, ordinal: int, weekdays: NDArray[np.signedinteger[Any]], ordinals: NDArray[np.signedinteger[Any]]
) -> NDArray[np.intp]:
    """How one event day lies to others (`DayAgreement`); without dates by their distance around the week.

    Args:
        weekday: Of the one, `UNKNOWN` if none is named.
        ordinal: Of the one, `UNKNOWN` without a publication day.
        weekdays: Of the others.
        ordinals: Of the others.
    """
    around = np.abs(weekdays.astype(np.intp) - weekday)
    apart = np.where(
        (ordinals != UNKNOWN) & (ordinal != UNKNOWN),
        np.abs(ordinals.astype(np.intp) - ordinal),
        np.minimum(around, 7 - around),
    )
    return np.where((weekdays != UNKNOWN) & (weekday != UNKNOWN), np.minimum(apart, 2) + 1, DayAgreement.UNKNOWN)
