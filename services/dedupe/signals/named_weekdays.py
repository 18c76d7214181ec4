"""The day an article says its event happened, the first weekday it names, and all the weekdays of its story."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.language.calendar import WEEKDAYS, weekday_number

_OPENING = 1_000
"""Characters of the text that are searched. Weekdays further down belong to background."""
_STORY = 3_000
"""Characters in which all weekdays count: a story of several days names each of them."""
_WEEKDAY = r"\b(?=[mtwfs])(?<!next )(?<!last )(?P<day>" + "|".join(WEEKDAYS) + r")\b"
"""At most places the first letter decides already."""
_NAMED = re.compile(_WEEKDAY + r"|\b(?P<today>today)\b", re.IGNORECASE)
_EACH = re.compile(_WEEKDAY, re.IGNORECASE)


class DayAgreement(IntEnum):
    """How the days that two articles name lie to each other."""

    UNKNOWN = 0
    SAME = 1
    NEXT = 2
    """One day apart."""
    FAR = 3


@dataclass(frozen=True, slots=True)
class NamedWeekdays:
    """`weekday` 0 (Monday) to 6, null if none is named; `ordinal` counts days, null without a publication day.

    `story`: bit `n` for each weekday `n` that the article names.
    """

    weekday: int | None = None
    ordinal: int | None = None
    story: int = 0


def read_named_weekdays(title: str | None, text: str, published_at: datetime | None) -> NamedWeekdays:
    """The first weekday named in title and opening, resolved back from the day of publication."""
    whole = f"{title or ''}\n{text[:_STORY]}"
    story = 0
    for each in _EACH.finditer(whole):
        story |= 1 << weekday_number(each["day"])
    found = _NAMED.search(whole, 0, len(title or "") + 1 + _OPENING)
    if found is None:
        return NamedWeekdays(story=story)
    published = published_at.toordinal() if published_at else None
    if found["today"]:
        # Ordinal 1 (1 January of year 1) was a Monday.
        return NamedWeekdays(story=story) if published is None else NamedWeekdays((published - 1) % 7, published, story)
    weekday = weekday_number(found["day"])
    if published is None:
        return NamedWeekdays(weekday, story=story)
    return NamedWeekdays(weekday, published - ((published - 1) % 7 - weekday) % 7, story)


UNKNOWN = -1
"""Stands for "none" in arrays of weekdays and ordinals."""


def compare_event_days(
    weekday: int,
    ordinal: int,
    other_weekdays: NDArray[np.signedinteger[Any]],
    other_ordinals: NDArray[np.signedinteger[Any]],
) -> NDArray[np.intp]:
    """How one event day lies to others (`DayAgreement`); without dates by their distance around the week.

    Args:
        weekday: Of the one, `UNKNOWN` if none is named.
        ordinal: Of the one, `UNKNOWN` without a publication day.
        other_weekdays: Of the others.
        other_ordinals: Of the others.
    """
    around = np.abs(other_weekdays.astype(np.intp) - weekday)
    apart = np.where(
        (other_ordinals != UNKNOWN) & (ordinal != UNKNOWN),
        np.abs(other_ordinals.astype(np.intp) - ordinal),
        np.minimum(around, 7 - around),
    )
    return np.where((other_weekdays != UNKNOWN) & (weekday != UNKNOWN), np.minimum(apart, 2) + 1, DayAgreement.UNKNOWN)


def weekday_overlap_shares(weekday_bits: int, other_weekday_bits: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Share of the weekdays named by the one or the other that both name; 0 if none is."""
    both, either = (
        np.bitwise_count(other_weekday_bits & np.uint8(weekday_bits)),
        np.bitwise_count(other_weekday_bits | np.uint8(weekday_bits)),
    )
    return np.asarray(both / np.maximum(either, 1), np.float64)
