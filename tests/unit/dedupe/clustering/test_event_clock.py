from datetime import datetime, timedelta

import pytest

from services.dedupe.clustering.event_clock import LONGEST_STEP, advance_clock, event_time
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission
from tests.support.dedupe_articles import ARRIVAL, DAY_ONE, make_article


def test_the_clock_never_goes_back() -> None:
    assert advance_clock(DAY_ONE, make_article("a", "text", days=-3)) == DAY_ONE


def test_an_undated_article_leaves_the_clock() -> None:
    assert advance_clock(None, make_article("a", "text", days=None)) is None
    assert advance_clock(DAY_ONE, make_article("a", "text", days=None)) == DAY_ONE


def test_one_wrong_date_moves_the_clock_by_one_step_at_most() -> None:
    assert advance_clock(DAY_ONE, make_article("a", "text", days=200)) == DAY_ONE + LONGEST_STEP


def test_the_clock_never_runs_ahead_of_arrival() -> None:
    before = ARRIVAL - timedelta(hours=1)
    ahead = (ARRIVAL - DAY_ONE) / timedelta(days=1) + 0.9
    assert advance_clock(before, make_article("a", "text", days=ahead)) == ARRIVAL


def test_an_article_dated_after_its_arrival_leaves_the_clock() -> None:
    ahead = make_article("a", "text", days=4000)
    assert advance_clock(None, ahead) is None
    assert advance_clock(DAY_ONE, ahead) == DAY_ONE


def test_an_article_dated_after_its_arrival_stands_where_it_arrived() -> None:
    assert event_time(make_article("a", "text", days=4000)) == ARRIVAL
    assert event_time(make_article("a", "text", days=1)) == DAY_ONE + timedelta(days=1)
    assert event_time(make_article("a", "text", days=None)) == ARRIVAL


@pytest.mark.parametrize("fetched_at", [None, "2199-01-01T00:00:00Z"])
def test_submissions_dated_in_2199_leave_the_clock_of_the_shard(fetched_at: str | None) -> None:
    clock: datetime | None = DAY_ONE
    for number in range(12):
        row = {"text": f"Report {number}.", "published_at": "2199-01-01T00:00:00Z", "fetched_at": fetched_at}
        clock = advance_clock(clock, first_revision(parse_submission(row), fetched_at=ARRIVAL))
    assert clock == DAY_ONE
