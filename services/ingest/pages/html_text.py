"""The article in an HTML page: the adapter of trafilatura, and of resiliparse where that finds nothing."""

import logging
from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

import trafilatura
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from trafilatura.metadata import extract_url
from trafilatura.settings import Document

from services.contracts.article import KindOfText, TextKind
from services.ingest.addresses.url_date import EARLIEST
from services.ingest.pages.authors import clean_names
from services.ingest.pages.block_lines import in_lines
from services.ingest.pages.bylines import find_bylines
from services.ingest.pages.gaps import fill_gaps
from services.ingest.pages.head import MAX_CONTENT_CHARACTERS, Head, read_head
from services.ingest.pages.names import drop_misleading_names
from services.ingest.pages.own_lines import ArticleWords, own_lines
from services.ingest.pages.page import Page
from services.ingest.pages.page_time import (
    is_possible,
    labelled_times,
    published_time,
    searched_day,
    with_offset_from,
)
from services.ingest.pages.pruning import drop_headline, prune
from services.ingest.pages.script_text import find_script_text
from services.ingest.pages.standfirst import find_opening, find_standfirst
from services.ingest.pages.structured_data import StructuredData, read_structured_data
from services.ingest.pages.titles import TitlePlaces, find_title
from services.ingest.pages.two_modes import combine
from services.ingest.text.kinds import WALL_WORDS
from services.ingest.text.rewriting import read_line, read_windows_controls
from services.ingest.timestamps import Timestamp

# They log several lines for each page that they find nothing in. The refusal says so already, in a line of ours.
for _library in ("courlan", "htmldate", "trafilatura"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

LEAST_BODY_SHARE = 0.3
"""Of the article's text in JSON-LD: what finds less has missed the article."""
MAX_HEADINGS = 50
"""`h1` elements looked at."""
MAX_TIMES = 50
"""`time` elements looked at."""


def read_page(html: str, *, today: date) -> Page | None:
    """Find the article; None when the page holds none.

    Args:
        html: the page's source.
        today: the day it was fetched. Dates in it after the next day are not publication dates: an outlet's day may
            begin before UTC's.
    """
    html = read_windows_controls(html)  # the parser would drop them
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    data, head = read_structured_data(tree), read_head(tree)
    site_names = [*head.site_names, *data.site_names, *_hosts(head)]
    places = _title_places(tree, head, data)
    authors = tuple(filter(None, map(read_line, _authors(tree, head, data, site_names))))
    latest = today + timedelta(days=1)
    published = _published(tree, head, data, latest)
    published = with_offset_from(html, published) if published else None
    modified = published_time([*data.modified, *head.modified], latest=latest)
    text = _text(tree, html, data, head, ArticleWords(places.written, authors, data.body))
    if not text:
        return None
    title = find_title(places, site_names)
    return Page(
        text=text,
        title=read_line(title) if title else None,
        published=published,
        modified=modified,
        authors=authors,
        # Without such a link trafilatura takes the base of relative addresses, or the page in another language. What is
        # escaped twice is decoded here: an address must not change its host later.
        url=(unescape(extract_url(tree) or "").strip() or None) if head.canonical else None,
        site_name=next(filter(None, map(read_line, [*head.site_names, *data.site_names])), None),
        kind=_kind(data, text),
        correction=data.correction,
        rights=head.rights,
    )


def _published(tree: HtmlElement, head: Head, data: StructuredData, latest: date) -> Timestamp | None:
    stated = [*data.published, *head.published]
    marked = [time.get("datetime") or "" for time in islice(tree.iter("time"), MAX_TIMES)]
    time = published_time(stated, latest=latest)
    if time is None:
        labelled = list(labelled_times(tree))
        day = published_time(labelled, latest=latest)
        if day is not None and is_possible(day, latest):
            return published_time([*labelled, *marked], latest=latest)
    # One in the future is a mistake, and htmldate would find pieces of it.
    if (time is None or time.at.date() < EARLIEST) and (day := searched_day(tree, latest=latest, url=head.canonical)):
        stated = [day.at.date().isoformat()]
    return published_time([*stated, *marked], latest=latest) if stated else None


def _title_places(tree: HtmlElement, head: Head, data: StructuredData) -> TitlePlaces:
    texts = ("".join(h1.itertext())[:MAX_CONTENT_CHARACTERS] for h1 in islice(tree.iter("h1"), MAX_HEADINGS))
    heading = next((words for text in texts if (words := " ".join(text.split()))), None)
    return TitlePlaces(head.first("og:title"), data.headline, head.first("twitter:title"), heading, head.title)


def _hosts(head: Head) -> list[str]:
    addresses = (head.canonical, head.first("og:url"))
    return [host for address in addresses if address and (host := _host(address))]


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _authors(tree: HtmlElement, head: Head, data: StructuredData, site_names: Sequence[str]) -> tuple[str, ...]:
    """The first place that names somebody: structured data, meta elements, elements that are called so."""
    places = [data.authors, head.authors, *([line] for line in find_bylines(tree))]
    for written in places:
        if names := clean_names(written, site_names):
            return names
    return next((names for written in places if (names := clean_names(written, ()))), ())


def _kind(data: StructuredData, text: str) -> KindOfText | None:
    if data.is_live_blog:
        return KindOfText(kind=TextKind.LIVE_BLOG, evidence="JSON-LD: LiveBlogPosting")
    if data.is_free is False and len(text.split()) < WALL_WORDS:
        return KindOfText(kind=TextKind.STUB, evidence="JSON-LD: isAccessibleForFree is false")
    return None


def _text(tree: HtmlElement, html: str, data: StructuredData, head: Head, words: ArticleWords) -> str:
    """The article's lines, the standfirst first."""
    whole = copy(tree)
    prune(tree)
    headed = copy(tree)
    drop_headline(tree)
    drop_misleading_names(tree)
    generous = _extract(tree, strict=False)
    if generous and len(generous) >= LEAST_BODY_SHARE * len(data.body or ""):
        text = in_lines(generous, tree, data.body)
        if not data.is_live_blog:  # whose posts are short, each with a time and a heading
            text = combine(text, in_lines(_extract(tree, strict=True), tree, data.body))
            text = own_lines(fill_gaps(text, tree), words)
    else:
        text = own_lines(data.body or find_script_text(whole) or _plain_text(html), words)
    if not text:
        return text
    opening = find_standfirst(whole, head.descriptions, text) or find_opening(headed, text, words.titles)
    return f"{opening}\n{text}" if opening else text


def _plain_text(html: str) -> str:
    text = extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False)
    return "\n".join(line for part in text.splitlines() if (line := part.strip()))


def _extract(tree: HtmlElement, *, strict: bool) -> str:
    # deduplicate stays off: it remembers texts of earlier pages, so that a result would depend on them.
    article = trafilatura.bare_extraction(
        copy(tree),
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        favor_precision=strict,
        fast=strict,  # without its other extractors: the same lines, in half the time, and not quadratic
    )
    return (article.text or "") if isinstance(article, Document) else ""
