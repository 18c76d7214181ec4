"""Adapter of feedparser: RSS, RDF and Atom. Pure.

feedparser gets UTF-8, so that it guesses no encoding, and XML without document type. It takes out scripts and resolves
relative addresses in what the items contain.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import feedparser

from services.ingest.feeds.feed import Feed, FeedKind, Item
from services.ingest.feeds.item_times import TimeReader
from services.ingest.feeds.links import is_proxy, link_of
from services.ingest.feeds.words import summary_line, title_line

_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_KINDS = {"atom": FeedKind.ATOM, "rss090": FeedKind.RDF, "rss10": FeedKind.RDF}


def parse_feed(xml: bytes, url: str | None) -> feedparser.FeedParserDict:
    """What feedparser makes of `xml`, a document in UTF-8 that names no encoding. It raises nothing."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    return feedparser.parse(b"<?xml version='1.0' encoding='utf-8'?>" + xml, response_headers=headers)


def read_parsed(
    parsed: feedparser.FeedParserDict, root: str, url: str | None, at: datetime, has_summary: list[bool] | None
) -> Feed:
    """A feed from what feedparser made of it.

    Args:
        parsed: of `parse_feed`.
        root: name of its first element in lower case.
        url: its address, if known.
        at: when it was read.
        has_summary: for each item, whether it has a summary beside its content. None: not known.
    """
    feed, times = parsed.feed, TimeReader(at)
    kind = FeedKind.RDF if root == "rdf" else _KINDS.get(str(parsed.version)[:5].rstrip("0123")) or _kind(root)
    links = feed.get("links", [])
    base = url or _linked(links, "self", None) or link_of(feed.get("link"))
    shared = _authors(feed) if kind is FeedKind.ATOM else ()
    entries = list(parsed.entries)
    flags = has_summary if has_summary is not None and len(has_summary) == len(entries) else [True] * len(entries)
    items = tuple(
        _item(entry, base, times, shared, is_rdf=kind is FeedKind.RDF, with_summary=with_summary)
        for entry, with_summary in zip(entries, flags, strict=True)
    )
    return Feed(
        kind=kind,
        title=title_line(feed.get("title")),
        items=items,
        problems=tuple(sorted(times.problems)),
        language=feed.get("language") or None,
        hub_url=_linked(links, "hub", base),
        self_url=_linked(links, "self", base),
        next_url=_linked(links, "next", base),
    )


def _kind(root: str) -> FeedKind:
    return FeedKind.ATOM if root == "feed" else FeedKind.RSS


def _item(
    entry: Any, base: str | None, times: TimeReader, shared: tuple[str, ...], *, is_rdf: bool, with_summary: bool
) -> Item:
    published = times.read(entry.get("published"), entry.get("published_parsed"))
    # Looked up by the parts: asking for "updated" makes feedparser give "published" where there is none.
    updated = times.read(dict.get(entry, "updated"), dict.get(entry, "updated_parsed"))
    content = _content(entry)
    return Item(
        title=title_line(entry.get("title")),
        # In RDF an item is named by its address.
        url=_url(entry, base) or (link_of(entry.get("id")) if is_rdf else None),
        guid=(entry.get("id") or "").strip() or None,
        published_at=published or updated or times.read(entry.get("created"), entry.get("created_parsed")),
        updated_at=updated,
        summary=summary_line(entry.get("summary")) if with_summary else None,
        content_html=content or entry.get("summary") or None,
        authors=_authors(entry) or shared,
        categories=_lines(tag.get("label") or tag.get("term") for tag in entry.get("tags", [])),
    )


def _lines(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in map(title_line, values) if line))


def _content(entry: Any) -> str | None:
    """The longest of what the entry has as HTML or text."""
    values = [content.get("value") or "" for content in entry.get("content", [])]
    return max(values, key=len, default="") or None


def _url(entry: Any, base: str | None) -> str | None:
    link = _linked(entry.get("links", []), "alternate", base) or link_of(entry.get("link"), base)
    if link and is_proxy(link):
        return link_of(entry.get("feedburner_origlink")) or link
    return link


def _linked(links: list[Any], relation: str, base: str | None) -> str | None:
    """The address of the first link with this relation; of several pages, one that is HTML."""
    of_relation = [link for link in links if link.get("rel") == relation]
    pages = [link for link in of_relation if "html" in (link.get("type") or "html")]
    return next((address for link in (*pages, *of_relation) if (address := link_of(link.get("href"), base))), None)


def _authors(holder: Any) -> tuple[str, ...]:
    """Names; an address alone does not count as one."""
    names = [author.get("name") for author in holder.get("authors", []) if author]
    if not any(names):
        names = [holder.get("author")]
    return tuple(dict.fromkeys(name for name in map(_name, names) if name))


def _name(value: str | None) -> str | None:
    line = title_line(value)
    if line is None:
        return None
    line = _ADDRESS.sub("", line).strip(" ()<>,;")
    return _BY.sub("", line, count=1) if _BY.match(line) else (line or None)
