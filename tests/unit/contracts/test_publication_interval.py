from datetime import UTC, datetime

from services.contracts.article import Precision
from services.contracts.publication_interval import Interval, interval

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
NEARLY = datetime(2026, 3, 3, 0, 0, 1, tzinfo=UTC)


def test_a_day_lasts_to_the_next_and_a_moment_for_no_time() -> None:
    assert interval(NEARLY) == Interval(NEARLY, NEARLY)
    day = interval(NEARLY, Precision.DAY)
    assert (day.begin, day.end.date()) == (MIDNIGHT, MIDNIGHT.date())
    assert not day.is_before(interval(NEARLY))
    assert day.is_before(interval(datetime(2026, 3, 4, tzinfo=UTC)))


def test_the_last_day_that_there_is_has_an_end() -> None:
    last = datetime(9999, 12, 31, tzinfo=UTC)
    assert interval(last, Precision.YEAR).end.year == 9999
