from datetime import UTC, datetime

import pytest

from services.api.pages import phrases
from services.api.pages.moments import machine_time
from services.contracts.article import Precision
from services.contracts.publication_interval import is_day_only

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
