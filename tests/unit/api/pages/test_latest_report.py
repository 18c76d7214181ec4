from datetime import timedelta

import pytest

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.latest_report import LatestReport, latest_report
from services.contracts.article import TextKind
from services.contracts.base import Span
from services.contracts.event import ArticleRole, Event, EventArticle, SummarySentence
from tests.unit.api.examples import NOON, event, member


def article(article_id: str, title: str | None, hours: int, role: ArticleRole = ArticleRole.MEMBER) -> EventArticle:
    return member(article_id, title=title, role=role).model_copy(update={"published_at": NOON + timedelta(hours=hours)})


def latest_of(told: Event) -> LatestReport | None:
    return latest_report(told, ArticleIndex(told.articles), phrases.times(told.articles))


FIRST = article("art_1", "Ferry capsizes off Port Eldrin", 0, ArticleRole.FOUNDER)
NEWEST = article("art_2", "Prosecutor opens inquiry", 20)


def test_the_newest_report_is_named_where_headline_and_summary_are_older() -> None:
    latest = latest_of(event(articles=(FIRST, NEWEST)))
    assert latest is not None
    assert (latest.title, latest.number, latest.published) == (
        "Prosecutor opens inquiry",
        2,
        "4 March 2026, 08:00 UTC",
    )


@pytest.mark.parametrize(
    "other",
    [
        article("art_2", None, 20),
        article("art_2", "Ferry capsizes again", 20, ArticleRole.REPRINT),
        NEWEST.model_copy(update={"text_kind": TextKind.OPINION}),
        NEWEST.model_copy(update={"published_at": None}),
        article("art_2", "Inquiry", 0),
    ],
    ids=["no title", "a reprint", "an opinion", "undated", "of one time"],
)
def test_what_tells_nothing_new_is_no_latest_report(other: EventArticle) -> None:
    assert latest_of(event(articles=(FIRST, other))) is None


def test_a_report_that_the_headline_or_the_summary_is_of_is_not_named_again() -> None:
    assert latest_of(event(articles=(FIRST, NEWEST), headline="Prosecutor opens inquiry")) is None
    sentence = SummarySentence(text="An inquiry was opened.", article_id="art_2", span=Span(start=0, end=22))
    told = event(articles=(FIRST, NEWEST)).model_copy(update={"summary": (sentence,)})
    assert latest_of(told) is None
