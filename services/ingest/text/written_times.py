"""Times as pages write them for readers: "October 26, 2024 12:05 AM", "10/25/24, 10:30 a.m. ET". Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from services.contracts.article import Precision
from services.ingest.addresses.url_date import EARLIEST
from services.ingest.timestamps import Timestamp
from services.language.calendar import MONTHS, SHORT_MONTHS, WEEKDAYS, month_number

_MONTH = rf"(?P<name>{'|'.join((*MONTHS, *SHORT_MONTHS))})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?,? )?"
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "jst": 540, "kst": 540,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_AMERICAN = {"et": -300, "ct": -360, "mt": -420, "pt": -480}
"""Minutes from UTC in winter: an hour more from the second Sunday of March to the first of November."""
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::\d\d)?)? ?(?P<half>[ap]\.?m\.?)?"
    rf"(?: ?\(?(?P<zone>{'|'.join((*_ZONES, *_AMERICAN))}|(?:utc|gmt)? ?[+-]\d{{1,2}}:?(?:\d\d)?)\b\)?)?"
)
_TIME = rf"(?:(?:,| at|,? ?[|·•-]| -)? ?{_CLOCK})?"
_FORMS = tuple(
    re.compile(rf"\b{_WEEKDAY}{form}{_TIME}", re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_MONTH} {_DAY},? {_YEAR}(?!\d)",
        rf"{_DAY} {_MONTH},? {_YEAR}(?!\d)",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:T(?=\d\d:)|(?!\d))",
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<short>\d{4}|\d\d)(?!\d)",
    )
)


def written_time(line: str) -> tuple[Timestamp, tuple[int, int]] | None:
    """The first time or day in a squeezed line, and where it stands; None for none, or one that may be two days.

    Without a zone it is taken as UTC, and no offset is known. `3/4/24` is read where something says which is the month.
    """
    matches = [match for form in _FORMS if (match := form.search(line)) is not None]
    for match in sorted(matches, key=lambda match: match.start()):
        moment = _timestamp(match)
        if moment is not None:
            return moment, match.span()
    return None


def day_of(moment: Timestamp) -> Timestamp:
    """The day that a time has on its own clock."""
    local = moment.at + timedelta(minutes=moment.offset or 0)
    return Timestamp(datetime(local.year, local.month, local.day, tzinfo=UTC), Precision.DAY)


def _timestamp(match: re.Match[str]) -> Timestamp | None:
    parts = match.groupdict()
    day = _date(parts)
    if day is None or day < EARLIEST:
        return None
    clock = _clock(parts)
    if clock is None:
        return Timestamp(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)
    offset = _offset(parts.get("zone"), day)
    local = datetime(day.year, day.month, day.day, tzinfo=UTC) + clock
    return Timestamp(local - timedelta(minutes=offset or 0), Precision.SECOND, offset)


def _date(parts: dict[str, str | None]) -> date | None:
    for year, month, day in _readings(parts):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _readings(parts: dict[str, str | None]) -> Iterator[tuple[int, int, int]]:
    if parts.get("year"):
        month = month_number(parts["name"] or "") if parts.get("name") else int(parts["month"] or 0)
        yield int(parts["year"] or 0), month, int(parts["day"] or 0)
        return
    first, second, year = (int(parts[name] or 0) for name in ("first", "second", "short"))
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits of a year
    is_american = (parts.get("zone") or "").lower() in {*_AMERICAN, "est", "edt", "pst", "pdt"} or parts.get("half")
    if is_american or first == second or second > len(MONTHS):
        yield year, first, second
    if not is_american and first > len(MONTHS):
        yield year, second, first


def _clock(parts: dict[str, str | None]) -> timedelta | None:
    """The time of day; None where a number stands alone: it may be anything."""
    if not parts.get("hour") or not (parts.get("minute") or parts.get("half")):
        return None
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return timedelta(hours=hour, minutes=minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock's


def _offset(zone: str | None, day: date) -> int | None:
    """Minutes ahead of UTC; None for no zone, and for UTC, which names no place's clock."""
    if not zone:
        return None
    name = zone.lower().strip()
    if name in _AMERICAN:
        return _AMERICAN[name] + (60 if _is_american_summer(day) else 0)
    if name in _ZONES:
        return _ZONES[name] or None
    numbers = re.fullmatch(r"(?:utc|gmt)? ?([+-])(\d{1,2}):?(\d\d)?", name)
    if numbers is None:
        return None
    sign, hours, minutes = numbers.groups()
    ahead = int(hours) * 60 + int(minutes or 0)
    return (-ahead if sign == "-" else ahead) or None


def _is_american_summer(day: date) -> bool:
    return _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
