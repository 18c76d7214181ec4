"""Articles of an event as pages list them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.links import article_page, outside_link
from services.api.pages.reasons import Reason, reason
from services.contracts.event import EventArticle


@dataclass(frozen=True)
class ArticleEntry:
    """One article in the event's list."""

    number: int
    outlet: str
    title: str
    link: str | None
    page: str
    published_iso: str | None
    published: str
    role: str
    reprint_of: int | None
    """Number of the article that it repeats."""
    warning: str | None
    reason: Reason


def article_entries(articles: Sequence[EventArticle]) -> tuple[ArticleEntry, ...]:
    """The entries, numbered in the order given."""
    first_of_origin: dict[str, int] = {}
    entries = []
    for number, article in enumerate(articles, start=1):
        first = first_of_origin.setdefault(article.origin_id, number)
        entries.append(
            ArticleEntry(
                number=number,
                outlet=phrases.outlet(article.publisher),
                title=phrases.title(article.title),
                link=outside_link(article.url),
                page=article_page(article.article_id),
                published_iso=article.published_at.isoformat() if article.published_at else None,
                published=phrases.at(article.published_at, article.published_precision)
                if article.published_at
                else "no date given",
                role=phrases.ROLE[article.role],
                reprint_of=first if first != number else None,
                warning=phrases.ARTICLE_STATUS[article.status],
                reason=reason(article.membership),
            )
        )
    return tuple(entries)
