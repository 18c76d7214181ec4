"""When something was published, as exactly as that is known, and which of two was surely before the other. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.contracts.article import Precision

_DAYS: dict[Precision | None, int] = {Precision.DAY: 1, Precision.WEEK: 7, Precision.MONTH: 31, Precision.YEAR: 366}
"""The longest time, in days, that a date of this precision can stand for."""
_LAST = datetime.max.replace(tzinfo=UTC)


def is_day_only(moment: datetime, precision: Precision | None = None) -> bool:
    """Whether no time of day is known: the precision says so, or it is midnight in UTC.

    Exports write midnight for a day. That something was published in just that second is far less likely.
    """
    return precision in _DAYS or moment.astimezone(UTC).time() == datetime.min.time()


@dataclass(frozen=True, order=True)
class Interval:
    """From the first to the last moment at which something can have been published."""

    begin: datetime
    end: datetime

    def is_before(self, other: "Interval") -> bool:
        """Whether it was surely before the other; two dates that may be the same moment or day are not."""
        return self.end < other.begin


def interval(moment: datetime, precision: Precision | None = None) -> Interval:
    """The interval in which something with this date was published."""
    moment = moment.astimezone(UTC)
    if not is_day_only(moment, precision):
        return Interval(moment, moment)
    begin = datetime.combine(moment.date(), datetime.min.time(), UTC)
    length = timedelta(days=_DAYS.get(precision, 1), microseconds=-1)
    return Interval(begin, begin + min(length, _LAST - begin))
