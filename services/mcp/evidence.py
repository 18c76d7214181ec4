"""Words of articles with their places and links, and the articles that they are from. No I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from services.api.pages.links import article_page, outside_link
from services.api.summaries import claim_page, event_page
from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.event import EventArticle
from services.contracts.event_claims import Support
from services.mcp.answers import Item, Source, Words
from services.mcp.inert import inert, inert_name

MOST_URL_BYTES = 300
"""A longer address of an outlet is left out: our page of the article has it."""


_OF_ADDRESSES = ":/?#@!$&'()*+,;=%~"
"""Characters that stand for themselves in an address, but for brackets. RFC 3986, section 2."""


def outlet_name(publisher: Publisher) -> str | None:
    """What an outlet is called."""
    return inert_name(publisher.name or publisher.domain)


def day(moment: datetime | None) -> str | None:
    """A time, to the minute."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%MZ")


def short_url(url: str | None) -> str | None:
    """An outlet's address in ASCII; None where it leads to no web page, or is very long."""
    link = outside_link(url)
    address = None if link is None else quote(link, safe=_OF_ADDRESSES)
    return address if address is not None and len(address) <= MOST_URL_BYTES else None


@dataclass(frozen=True)
class Links:
    """Addresses of our pages."""

    address: str
    """Of the api."""

    def page(self, path: str) -> str:
        """The whole address of a page."""
        return f"{self.address}{path}"

    def event(self, event_id: str) -> str:
        """The page of an event."""
        return self.page(event_page(event_id))

    def claim(self, event_id: str, version: int, claim_id: str) -> str:
        """The lasting address of a claim, with its receipt."""
        return self.page(claim_page(event_id, version, claim_id))

    def article(self, article_id: str) -> str:
        """The page of an article."""
        return self.page(article_page(article_id))

    def source(self, article_id: str, publisher: Publisher, published_at: datetime | None, url: str | None) -> Source:
        """An article, as far as whoever cites it must know it."""
        return Source(
            quoted_outlet=outlet_name(publisher),
            published_at=day(published_at),
            link=self.article(article_id),
            quoted_url=short_url(url),
        )


class Evidence:
    """Words of articles; it remembers which articles were cited, and where they are."""

    def __init__(self, links: Links) -> None:
        """Nothing is cited yet."""
        self.links = links
        self._sources: dict[str, Source] = {}

    def add_articles(self, articles: Iterable[EventArticle]) -> None:
        """Articles that may be cited."""
        for article in articles:
            self.add(article.article_id, article.publisher, article.published_at, article.url)

    def add(self, article_id: str, publisher: Publisher, published_at: datetime | None, url: str | None) -> None:
        """An article that may be cited; one that is known stays as it is known."""
        if article_id not in self._sources:
            self._sources[article_id] = self.links.source(article_id, publisher, published_at, url)

    def words(self, article_id: str, span: Span, text: str, link: str | None = None) -> Words:
        """Words of an article; `link`: where they are shown, without one its page."""
        shown = link or self.links.article(article_id)
        return Words(quoted_text=inert(text), article_id=article_id, span=(span.start, span.end), link=shown)

    def support(self, support: Support, link: str | None = None) -> Words:
        """A report of a claim."""
        self.add(support.article_id, support.publisher, support.published_at, None)
        return self.words(support.article_id, support.span, support.text, link)

    def sources_of(self, items: Iterable[Item]) -> dict[str, Source]:
        """The articles that the items cite, in order."""
        cited = (key for item in items for key in (*(words.article_id for words in item.words), *item.also))
        return {article_id: self._source(article_id) for article_id in dict.fromkeys(cited)}

    def _source(self, article_id: str) -> Source:
        return self._sources.get(article_id) or Source(link=self.links.article(article_id))


def best_reports(text: str, reports: Iterable[Support]) -> list[Support]:
    """One report an origin, one in the canonical wording `text` first."""
    by_origin: dict[str, Support] = {}
    for report in sorted(reports, key=lambda report: report.text != text):
        by_origin.setdefault(report.origin_id, report)
    return list(by_origin.values())
