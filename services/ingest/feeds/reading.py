"""Reads a feed of any kind. Pure."""

from dataclasses import replace
from datetime import datetime

from lxml import etree

from services.ingest.feeds import sitemaps
from services.ingest.feeds.decoding import decode, unpack
from services.ingest.feeds.feed import Feed, NotAFeed, Problem, UnsafeFeed
from services.ingest.feeds.json_feed import read_json_feed
from services.ingest.feeds.mending import mend, whole_items
from services.ingest.feeds.pruning import has_summary, items_of, prune
from services.ingest.feeds.syndication import parse_feed, read_parsed

MAX_ITEMS = 5_000
"""Read of one feed. A news sitemap may have 1,000."""
MAX_ATTRIBUTES = 250
"""Of one element: feedparser takes time by their square."""
MAX_BROKEN_CHARS = 1_000_000
"""Read of XML that is not well-formed: its beginning. Mending it takes many times as long."""
_TYPES_OF_FEEDS = ("xml", "json", "rss", "atom", "gzip", "octet-stream", "text/plain")


def read_feed(
    content: bytes,
    at: datetime,
    *,
    content_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    max_items: int = MAX_ITEMS,
) -> Feed:
    """Read a feed, whatever the server calls it.

    Args:
        content: the body, also as gzip.
        at: when it was fetched (aware): times far after it are not believed.
        content_type: media type that the server names, with or without parameters.
        charset: encoding that the server names, if `content_type` does not.
        url: where it came from, for relative addresses.
        max_items: items beyond these are left out, which is a problem of the feed.

    Raises:
        NotAFeed: it is not a feed; the text says what it is instead.
        UnsafeFeed: it unfolds or unpacks to more than it may.
    """
    media_type, _, parameters = (content_type or "").partition(";")
    named = charset or _charset(parameters)
    text, in_other_encoding = decode(unpack(content), named)
    problems = {Problem.WRONG_ENCODING} if in_other_encoding else set[Problem]()
    if media_type and not any(part in media_type.lower() for part in _TYPES_OF_FEEDS):
        problems.add(Problem.WRONG_CONTENT_TYPE)
    feed = _read_text(text.lstrip("\ufeff \t\r\n\x00"), url, at, max_items, problems)
    return _with(feed, problems)


def _read_text(text: str, url: str | None, at: datetime, max_items: int, problems: set[Problem]) -> Feed:
    if text.startswith(("{", "[")):
        return read_json_feed(text, url, at, max_items)
    if sitemaps.is_list(text):
        return sitemaps.read_list(text, max_items)
    xml, leading = mend(text)
    if leading:
        problems.add(Problem.LEADING_TEXT)
    try:
        root = _tree(xml, recover=False)
    except etree.XMLSyntaxError:
        problems.add(Problem.NOT_WELL_FORMED)
        if len(xml) > MAX_BROKEN_CHARS:
            problems.add(Problem.TOO_MANY_ITEMS)
        return _read_broken(whole_items(xml[:MAX_BROKEN_CHARS]), url, at, max_items, problems)
    return _read_tree(root, url, at, max_items, problems)


def _read_tree(root: etree._Element, url: str | None, at: datetime, max_items: int, problems: set[Problem]) -> Feed:
    if any(len(element.attrib) > MAX_ATTRIBUTES for element in root.iter()):
        raise UnsafeFeed(f"has an element with more than {MAX_ATTRIBUTES} attributes")
    name = etree.QName(root).localname.lower()
    if name in {"urlset", "sitemapindex"}:
        return sitemaps.read_sitemap(root, url, at, max_items)
    items = items_of(root)
    if len(items) > max_items:
        problems.add(Problem.TOO_MANY_ITEMS)
        for item in items[max_items:]:
            parent = item.getparent()
            assert parent is not None  # an item is not the first element
            parent.remove(item)
    prune(root)
    flags = [has_summary(item) for item in items[:max_items]]
    return read_parsed(parse_feed(etree.tostring(root), url), name, url, at, flags)


def _read_broken(xml: str, url: str | None, at: datetime, max_items: int, problems: set[Problem]) -> Feed:
    """The better of two ways to read what is not well-formed: feedparser's own, and lxml's mended tree."""
    root = _tree(xml, recover=True)
    if root is None:
        raise NotAFeed("begins like a feed, but cannot be read")
    feeds = [_read_tree(root, url, at, max_items, problems)]
    name = etree.QName(root).localname.lower()
    if name in {"rss", "rdf", "feed"}:
        feeds.append(read_parsed(parse_feed(xml.encode(), url), name, url, at, None))
    return max(feeds, key=_worth)


def _worth(feed: Feed) -> tuple[int, int]:
    """Whole items first, then how much is known of them."""
    whole = sum(1 for item in feed.items if item.title and item.url)
    return whole, sum((item.published_at is not None) + (item.summary is not None) for item in feed.items)


def _tree(xml: str, *, recover: bool) -> etree._Element:
    """The tree, without entities, network and document type. `recover`: None where nothing can be made of it."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    return etree.fromstring(xml.encode(), parser)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _with(feed: Feed, problems: set[Problem]) -> Feed:
    return replace(feed, problems=tuple(sorted({*feed.problems, *problems})))
