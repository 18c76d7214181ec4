from datetime import UTC, datetime

import pytest

from services.api.pages.plots.first_reports import first_report, in_order_of_time
from services.contracts.article import Precision, Publisher
from services.contracts.event_claims import Support
from tests.unit.api.examples import disputed


def report(article_id: str, outlet: str, published: str | None) -> Support:
    moment = None if published is None else datetime.fromisoformat(published).replace(tzinfo=UTC)
    (given, *_) = disputed().claims[0].supports
    return given.model_copy(
        update={"article_id": article_id, "publisher": Publisher(name=outlet), "published_at": moment}
    )


@pytest.mark.parametrize(
    ("post", "mail", "first"),
    [
        ("2026-03-03T12:00", "2026-03-03T12:01", "art_post"),
        ("2026-03-03T12:01", "2026-03-03T12:00", "art_mail"),
        ("2026-03-03T12:00", "2026-03-03T12:00", None),
        ("2026-03-03T00:00", "2026-03-03T23:59", None),
        ("2026-03-03T23:59", "2026-03-03T00:00", None),
        ("2026-03-03T00:00", "2026-03-04T00:00", None),  # a text of a day may have been changed on the next
        ("2026-03-03T00:00", "2026-03-05T00:00", "art_post"),
        ("2026-03-03T23:59", "2026-03-04T00:00", "art_post"),
        ("2026-03-03T12:00", None, None),
    ],
)
def test_the_first_is_surely_before_the_other(post: str, mail: str | None, first: str | None) -> None:
    found = first_report((report("art_post", "Post", post), report("art_mail", "Mail", mail)), {})
    assert (found and found.article_id) == first


def test_a_day_is_a_day_at_whatever_hour_it_is_written() -> None:
    reports = (report("art_post", "Post", "2026-03-03T11:00"), report("art_mail", "Mail", "2026-03-03T12:00"))
    assert first_report(reports, {"art_post": Precision.SECOND}) is reports[0]
    assert first_report(reports, {"art_mail": Precision.DAY}) is None
    assert first_report(reports, {"art_post": Precision.MONTH}) is None


def test_the_last_day_that_there_is_stops_no_page() -> None:
    last = report("art_post", "Post", "9999-12-31T00:00")
    assert first_report((last, report("art_mail", "Mail", "9999-12-31T00:00")), {}) is None


def test_an_outlet_is_not_first_before_itself() -> None:
    reports = (report("art_1", "Post", "2026-03-03T11:00"), report("art_2", "Post", "2026-03-03T12:00"))
    assert first_report(reports, {}) is None
    other = report("art_3", "Mail", "2026-03-03T13:00")
    assert first_report((*reports, other), {}) is reports[0]


def test_reports_are_in_order_of_time_and_none_where_one_is_not_dated() -> None:
    reports = [
        report("art_1", "Post", "2026-03-03T12:00"),
        report("art_2", "Mail", "2026-03-03T00:00"),
        report("art_3", "Echo", "2026-03-03T11:00"),
    ]
    assert [support.article_id for _, support in in_order_of_time(reports, {})] == ["art_2", "art_3", "art_1"]
    assert in_order_of_time([*reports, report("art_4", "Star", None)], {}) == []
