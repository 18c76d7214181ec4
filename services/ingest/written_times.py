"""Times as feeds and pages write them, with the offset of the publisher's clock. Pure.

What is plain is read here, since feedparser gives no offset and takes "2016/6/29 15:07" for the first of the month. The
rest is left to dateparser, and what that leaves to feedparser, which knows Greek, Hungarian and Korean forms.
"""

import calendar
import re
import time
import warnings
from datetime import UTC, date, datetime, timedelta, timezone

from services.contracts.article import MAX_OFFSET_MINUTES, Precision
from services.ingest.timestamps import Timestamp

EARLIEST_YEAR = 1990
"""No feed is older; what says so is a clock that was never set, or a date of something else."""
LATEST_AHEAD = timedelta(days=3653)
"""Ten years. What is nearer may be a wrong clock: it is kept, and the article's `published_note` says what it is."""
MAX_CHARS = 100
"""Of a time. Longer ones are no times, and would keep a parser busy."""

_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET", "-0000", "-00:00"), None),
    "EST": -300, "EDT": -240, "ET": -300, "CST": -360, "CDT": -300, "CT": -360, "MST": -420, "MDT": -360, "MT": -420,
    "PST": -480, "PDT": -420, "PT": -480, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180,
    "NST": -210, "NDT": -150, "BST": 60, "WEST": 60, "IST": 330, "CET": 60, "CEST": 120, "MET": 60, "MEZ": 60,
    "MEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "SAST": 120, "EAT": 180, "WAT": 60, "CAT": 120,
    "PKT": 300, "NPT": 345, "BDT": 360, "SGT": 480, "HKT": 480, "AWST": 480, "PHT": 480, "WIB": 420, "ICT": 420,
    "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "BRT": -180, "ART": -180, "CLT": -240,
}  # fmt: skip
"""Minutes ahead of UTC. None: names no place's clock. Where one name means several, the one that news feeds mean."""
_ZONE = r"(?P<zone>Z|(?:UTC|GMT)?\s*[+\-\u2212]\s*\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})?"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(?P<day>\d{1,2})[\s-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2})"
    rf"(?:,?\s+(?:at\s+)?{_CLOCK}\s*{_ZONE}(?:\s*\([A-Za-z ]+\))?)?"
)
_AMERICAN = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    rf"(?:,?\s+(?:at\s+|-\s+)?{_CLOCK}\s*{_ZONE})?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    rf"(?:(?:[Tt]|\s+|\s*,\s*){_CLOCK}\s*{_ZONE})?"
)
_DOTTED = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})" rf"(?:(?:\s*[,|\-\u2013]\s*|\s+){_CLOCK}\s*{_ZONE})?"
)
"""With dots the day comes first, wherever it is written so."""
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?\s*"
    + _ZONE
    + ")?"
)
_LAST_ZONE = re.compile(r":\d{2}\s*((?:UTC|GMT)?[+\-]\d{1,2}:?\d{2}|[A-Z]{2,5})$")
_NO_YEAR = re.compile(r"\b0000-00-00|\s-0001\b|^-?0001-|\b0001-01-01")
"""What databases and programs write for no time."""
_UNIX = re.compile(r"\d{9,10}|\d{13}")
_PATTERNS = (_ISO, _DOTTED, _RFC_822, _AMERICAN, _COMPACT)
_NOON = 12
_TWO_DIGITS = 100
_CENTURY_TURNS = 70
_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "pl", "sv", "da", "nb", "cs", "tr", "id", "ja", "zh"]


class ImpossibleTime(ValueError):  # noqa: N818 - a fact about the time
    """A time that nothing can have been published at. The text names it."""


def read_time(
    raw: str, at: datetime, *, parsed: time.struct_time | None = None, try_hard: bool = True
) -> Timestamp | None:
    """The time that `raw` says; None if it cannot be read.

    Args:
        raw: as the feed has it. Without an offset it is taken as UTC; without a time of day its precision is the day.
        at: when the feed was read (aware).
        parsed: what feedparser made of it (UTC).
        try_hard: whether to ask dateparser, which takes some 10 ms.

    Raises:
        ImpossibleTime: its year is before `EARLIEST_YEAR`, or it lies more than `LATEST_AHEAD` after `at`.
    """
    text = " ".join(raw.split())
    if not text or len(text) > MAX_CHARS:
        return None
    if _NO_YEAR.search(text):
        raise ImpossibleTime(text)
    moment = read_plainly(text) or (_by_dateparser(text, at) if try_hard else None) or _by_feedparser(parsed)
    if moment is not None and (moment.at.year < EARLIEST_YEAR or moment.at > at + LATEST_AHEAD):
        raise ImpossibleTime(text)
    return moment


def read_plainly(text: str) -> Timestamp | None:
    """The time, or the day, where the order of its parts is beyond doubt; else None. Without an offset: UTC."""
    if _UNIX.fullmatch(text):
        seconds = int(text[:10])
        return Timestamp(datetime.fromtimestamp(seconds, UTC), Precision.SECOND)
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return _moment(match)
            except (ValueError, OverflowError):
                return None
    return None


def _moment(match: re.Match[str]) -> Timestamp | None:
    """Raises ValueError for a day or an hour that there is not."""
    fields = match.groupdict()
    month = fields["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].title())
    if number is None:
        return None
    day = date(_year(fields["year"]), number, int(fields["day"]))
    if fields["hour"] is None:
        return Timestamp(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)
    zone = (fields["zone"] or "").strip()
    known, offset = _offset(zone)
    if not known:
        return None
    clock = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(minutes=offset or 0)))
    # 24:00 is the end of the day, and leap seconds are written by some.
    clock += timedelta(
        hours=_hour(int(fields["hour"]), fields.get("half")),
        minutes=int(fields["minute"]),
        seconds=int(fields["second"] or 0),
    )
    return Timestamp(clock.astimezone(UTC), Precision.SECOND, offset)


def _year(text: str) -> int:
    year = int(text)
    if year >= _TWO_DIGITS:
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)


def _hour(hour: int, half: str | None) -> int:
    if hour > 24:  # noqa: PLR2004 - hours of a day
        raise ValueError(hour)
    if half and hour <= _NOON:
        return hour % _NOON + (_NOON if half[0] in "Pp" else 0)
    return hour


def _offset(zone: str) -> tuple[bool, int | None]:
    """Whether the zone is known, and its minutes ahead of UTC; None where none is named."""
    if not zone:
        return True, None
    if zone.upper() in _ZONES:
        return True, _ZONES[zone.upper()]
    match = re.fullmatch(r"(?:UTC|GMT)?\s*([+\-\u2212])\s*(\d{1,2}):?(\d{2})?", zone, re.IGNORECASE)
    if match is None:
        return False, None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > MAX_OFFSET_MINUTES:
        return False, None
    return True, minutes if match[1] == "+" else -minutes


def _by_dateparser(text: str, at: datetime) -> Timestamp | None:
    """Other languages, and "2 hours ago"."""
    # Loading its languages takes half a second, which most feeds never need.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    settings = {
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "RELATIVE_BASE": at.astimezone(UTC).replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PREFER_DATES_FROM": "past",
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            parsed = DateDataParser(languages=_LANGUAGES, settings=settings).get_date_data(text)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    moment = parsed.date_obj
    if moment is None:
        return None
    # It turns the time to UTC: the offset is only in what was written.
    zone = _LAST_ZONE.search(text)
    minutes = _offset(zone[1])[1] if zone else None
    has_clock = ":" in text or parsed.period == "time" or moment.time() != datetime.min.time()
    precision = Precision.SECOND if has_clock else Precision.DAY
    return Timestamp(moment.astimezone(UTC), precision, minutes if has_clock else None)


def _by_feedparser(parsed: time.struct_time | None) -> Timestamp | None:
    if parsed is None:
        return None
    try:
        return Timestamp(datetime.fromtimestamp(calendar.timegm(parsed), UTC), Precision.SECOND)
    except (ValueError, OverflowError, OSError):
        return None
