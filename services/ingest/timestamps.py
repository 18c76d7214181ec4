"""Times as senders write them. Pure."""

import re
from datetime import UTC, date, datetime, timedelta

from pydantic.dataclasses import dataclass

from services.contracts.article import Precision

YEARS = range(1800, 2200)
"""Publication years we believe."""

_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_TIME = re.compile(r"\d{4}-?\d{2}-?\d{2}[T ]\d{2}.*")
_NO_CLOCK = ("Z", "z", "-00:00", "-0000")
"""Offsets that say nothing of where the sender is (RFC 3339, section 4.3)."""


@dataclass(frozen=True)
class Timestamp:
    """A time, and how exactly it is known."""

    at: datetime
    precision: Precision
    offset: int | None = None
    """Minutes that the sender's clock is ahead of UTC, if an offset came with the time. "Z" names no place's clock."""


def parse_timestamp(value: object) -> Timestamp | None:
    """Read an ISO 8601 time or date.

    A time without an offset is taken as UTC; a date alone is midnight UTC with precision `day`.

    Raises:
        ValueError: it is neither, or its year is out of `YEARS`.
    """
    if value is None or value == "":
        return None
    if isinstance(value, Timestamp):
        return value
    text = value.strip() if isinstance(value, str) else ""
    try:
        moment = _read_timestamp(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("give an ISO 8601 time such as 2024-10-26T09:30:00Z, or a date such as 2024-10-26") from error
    if moment.at.year not in YEARS:
        raise ValueError(f"the year must lie from {YEARS.start} to {YEARS.stop - 1}")
    return moment


def _read_timestamp(text: str) -> Timestamp:
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return Timestamp(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    at = datetime.fromisoformat(text)
    ahead = at.utcoffset()
    if ahead is None:
        return Timestamp(at.replace(tzinfo=UTC), Precision.SECOND)
    offset = None if text.endswith(_NO_CLOCK) else int(ahead / timedelta(minutes=1))
    return Timestamp(at.astimezone(UTC), Precision.SECOND, offset)
