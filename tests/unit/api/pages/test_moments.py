from datetime import UTC, datetime

import pytest

from services.api.pages import phrases
from services.api.pages.moments import Interval, interval, is_day_only, machine_time
from services.contracts.article import Precision

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
NEARLY = datetime(2026, 3, 3, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "precision", "told", "machine"),
    [
        (MIDNIGHT, None, "3 March 2026", "2026-03-03"),
        (MIDNIGHT, Precision.SECOND, "3 March 2026", "2026-03-03"),
        (MIDNIGHT, Precision.DAY, "3 March 2026", "2026-03-03"),
        (NEARLY, Precision.DAY, "3 March 2026", "2026-03-03"),
        (NEARLY, Precision.SECOND, "3 March 2026, 00:00 UTC", "2026-03-03T00:00:01+00:00"),
        (NEARLY, None, "3 March 2026, 00:00 UTC", "2026-03-03T00:00:01+00:00"),
    ],
)
def test_a_moment_is_told_with_a_time_of_day_only_where_one_is_known(
    moment: datetime, precision: Precision | None, told: str, machine: str
) -> None:
    assert phrases.at(moment, precision) == told
    assert machine_time(moment, precision) == machine
    assert is_day_only(moment, precision) == ("UTC" not in told)


def test_a_day_lasts_to_the_next_and_a_moment_for_no_time() -> None:
    assert interval(NEARLY) == Interval(NEARLY, NEARLY)
    day = interval(NEARLY, Precision.DAY)
    assert (day.begin, day.end.date()) == (MIDNIGHT, MIDNIGHT.date())
    assert not day.is_before(interval(NEARLY))
    assert day.is_before(interval(datetime(2026, 3, 4, tzinfo=UTC)))


def test_the_last_day_that_there_is_has_an_end() -> None:
    last = datetime(9999, 12, 31, tzinfo=UTC)
    assert interval(last, Precision.YEAR).end.year == 9999
