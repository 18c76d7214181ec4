from datetime import UTC, datetime

import pytest

from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.claim_views import claim_view
from services.api.pages.plots.first_reports import first_report, first_report_of, in_order_of_time
from services.contracts.article import Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import DateMention
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


@pytest.mark.parametrize(
    ("text", "iso", "precision", "is_first"),
    [
        ("The senate confirmed the judge on Saturday.", "2026-03-07", Precision.DAY, False),
        ("The senate confirmed the judge on Tuesday.", "2026-03-03", Precision.DAY, True),
        (
            "The senate confirmed the judge on Wednesday.",
            "2026-03-04",
            Precision.DAY,
            True,
        ),  # the day began further east
        ("The senate will vote on the judge on Saturday.", "2026-03-07", Precision.DAY, True),
        ("The senate confirmed the judge in April.", "2026-04", Precision.MONTH, True),
        ("The senate confirmed the judge on Saturday.", "2026-03-07/2026-03-08", Precision.DAY, True),
        ("The senate confirmed the judge on Saturday.", "XXXX-WXX-6", Precision.DAY, True),
    ],
)
def test_nobody_is_first_with_what_happened_on_a_later_day(
    text: str, iso: str, precision: Precision, is_first: bool
) -> None:
    reports = (report("art_post", "Post", "2026-03-03T11:00"), report("art_mail", "Mail", "2026-03-09T12:00"))
    mention = DateMention(iso=iso, precision=precision, surface="then", span=Span(start=0, end=4))
    claim = (
        disputed()
        .claims[0]
        .model_copy(
            update={
                "text": text,
                "dates": (mention,),
                "supports": reports,
                "first_reported_at": reports[0].published_at,
            }
        )
    )
    assert (first_report_of(claim, {}) is reports[0]) == is_first
    shown = claim_view(claim, ArticleIndex(), phrases.times(()), NameKeys())
    assert (shown.first_reported is not None) == is_first


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
