"""The newest report of an event, where neither headline nor summary is of it: what has happened since. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.api.pages.links import article_page
from services.contracts.event import ArticleRole, Event, EventArticle


@dataclass(frozen=True)
class LatestReport:
    """An article by its title.

    Attributes:
        title: As its outlet has it.
        outlet: Its name.
        published: When, in words.
        number: Of the article on the page; None: it is not listed.
        page: Address of the article's page here.
    """

    title: str
    outlet: str
    published: str
    number: int | None
    page: str


def latest_report(
    event: Event, index: ArticleIndex, times: Callable[[datetime | None], str | None]
) -> LatestReport | None:
    """Return the newest plain report with a title; None where headline or summary is of it, or none is newer.

    Reprints are left out: they come late and tell nothing new. `times`: how the page words a time.
    """
    reports = [(article.published_at, article) for article in event.articles if article.published_at is not None]
    plain = [(time, article) for time, article in reports if _is_plain(article)]
    if not plain:
        return None
    newest, article = max(plain, key=lambda report: (report[0], report[1].article_id))
    published, title = times(newest), shown(article.title or "")
    is_told = (
        article.article_id in {sentence.article_id for sentence in event.summary} or article.title == event.headline
    )
    if is_told or published is None or not title or newest == min(time for time, _ in reports):
        return None
    return LatestReport(
        title,
        index.outlet(article.article_id),
        published,
        index.number(article.article_id),
        article_page(article.article_id),
    )


def _is_plain(article: EventArticle) -> bool:
    return bool(article.title) and article.role is not ArticleRole.REPRINT and article.text_kind is None
