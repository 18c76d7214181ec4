"""Sitemaps, with or without Google News' elements, and indexes of them. Pure. No kept library reads them.

https://www.sitemaps.org/protocol.html, https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from services.ingest.feeds.feed import Feed, FeedKind, Item, Problem, Sitemap
from services.ingest.feeds.item_times import TimeReader
from services.ingest.feeds.links import link_of
from services.ingest.feeds.words import title_line

_LISTED = re.compile(r"(?:\s*https?://\S+\s*)+")


def read_sitemap(root: etree._Element, url: str | None, at: datetime, max_items: int) -> Feed:
    """Read a `urlset` or `sitemapindex`; arguments as `read_feed`. Names count, namespaces do not: many are wrong."""
    times, is_index = TimeReader(at), _name(root).lower() == "sitemapindex"
    rows = [child for child in root.iter() if _name(child) == ("sitemap" if is_index else "url")]
    problems = {Problem.TOO_MANY_ITEMS} if len(rows) > max_items else set[Problem]()
    kept = rows[:max_items]
    if is_index:
        addresses = [(link_of(_text(row, "loc"), url), times.read(_text(row, "lastmod"))) for row in kept]
        sitemaps = tuple(Sitemap(address, changed) for address, changed in addresses if address)
        return Feed(FeedKind.SITEMAP_INDEX, problems=tuple(sorted(problems | times.problems)), sitemaps=sitemaps)
    items = tuple(item for item in (_item(row, url, times) for row in kept) if item.url)
    title = next((name for name in (_text(row, "news", "publication", "name") for row in kept) if name), None)
    return Feed(FeedKind.SITEMAP, title_line(title), items, tuple(sorted(problems | times.problems)))


def is_list(text: str) -> bool:
    """Whether the text is a sitemap of the plainest form: addresses, one a line."""
    return _LISTED.fullmatch(text[:4096].rpartition("\n")[0] or text[:4096]) is not None


def read_list(text: str, max_items: int) -> Feed:
    """Read a sitemap that is a list of addresses."""
    links = [link for link in map(link_of, text.split()) if link]
    problems = (Problem.TOO_MANY_ITEMS,) if len(links) > max_items else ()
    return Feed(FeedKind.SITEMAP, items=tuple(Item(url=link) for link in links[:max_items]), problems=problems)


def _item(row: etree._Element, base: str | None, times: TimeReader) -> Item:
    url = link_of(_text(row, "loc"), base)
    keywords = _text(row, "news", "keywords") or ""
    return Item(
        title=title_line(_text(row, "news", "title")),
        url=url,
        guid=url,
        published_at=times.read(_text(row, "news", "publication_date")),
        # Not a time of publication: a new layout changes all of a site's pages.
        updated_at=times.read(_text(row, "lastmod")),
        categories=tuple(word.strip() for word in keywords.split(",") if word.strip()),
    )


def _text(element: etree._Element, *path: str) -> str | None:
    """The text of the first descendant along these names."""
    for name in path:
        child = next(_children(element, name), None)
        if child is None:
            return None
        element = child
    return "".join(str(part) for part in element.itertext()).strip() or None


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) == name)


def _name(element: etree._Element) -> str:
    """The name without its namespace, also where the prefix was never declared."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""
