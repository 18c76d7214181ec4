"""Adapter of fastwarc: the pages of news in a WARC archive, record by record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from services.ingest.archives.http_body import decoded_body
from services.ingest.archives.packed import readable
from services.ingest.pages.decoding import decode_html
from services.ingest.submission import MAX_HTML_BYTES

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_RAW_BYTES = 2 * MAX_HTML_BYTES
"""Of a body as archived: one that is not packed may be in chunks."""
_OK = 200
_SNIFFED = 2_048
_OTHER_XML = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", re.IGNORECASE)
_SITE_PAGE = re.compile(r"""<meta[^>]+og:type["'][^>]+content\s*=\s*["'](?:website|blog|profile)["']""", re.IGNORECASE)
_ARTICLE_MARK = re.compile(
    r"""<article[\s>]|["'](?:article:published_time|articleBody)["']|["']@type["']\s*:\s*\[?\s*["']\w*(?:Article|Posting)["']""",
    re.IGNORECASE,
)
_RUNNING_TEXT = re.compile(r">[^<>{}]{200,}<")
_ARTICLE_STRETCHES = 3
"""Stretches of running text: teasers are shorter, and an article has several."""
_NO_PAGES = frozenset({"/robots.txt", "/sitemap.xml", "/favicon.ico"})


@dataclass(frozen=True)
class ArchivedPage:
    """A page that was answered with 200; `html` is None where `reason` says why it is no article."""

    number: int
    """Of the page among the pages of its archive, from 1."""
    url: str
    fetched_at: datetime | None
    html: str | None
    reason: str | None = None


def read_warc(path: Path) -> Iterator[ArchivedPage]:
    """The HTML pages of an archive (`.warc`, also packed), in its order, transfer and content encodings undone.

    Redirects, errors, robots.txt, pictures, feeds, requests, revisits and other records are passed over.

    Raises:
        BrokenFile: the file, or a record of it, cannot be read.
    """
    number = 0
    with readable(path):
        kinds = WarcRecordType.response | WarcRecordType.resource
        for record in ArchiveIterator(str(path), record_types=kinds, parse_http=False, fsspec_args=False):
            if not _is_page(record):
                continue
            length = record.content_length
            raw = record.reader.read(MAX_RAW_BYTES + 1)
            content = _content(record, raw)
            if _OTHER_XML.search(content[:_SNIFFED]):
                continue
            number += 1
            is_cut = len(raw) < min(length, MAX_RAW_BYTES) or bool(record.headers.get("WARC-Truncated"))
            yield _page(number, record, content, is_cut=is_cut)


def _is_page(record: WarcRecord) -> bool:
    """Whether a record answers with a page. Advances it to the page's bytes."""
    if record.record_type is WarcRecordType.resource:
        return _media_type(record.headers.get("Content-Type")) in _PAGE_TYPES
    try:
        record.parse_http(auto_decode="none")
    except (OSError, ValueError):
        return False
    headers = record.http_headers
    if headers is None or headers.status_code != _OK or _parts(_url(record)).path.lower() in _NO_PAGES:
        return False
    return _media_type(record.http_content_type or headers.get("Content-Type")) in _PAGE_TYPES


def _url(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _parts(url: str) -> SplitResult:
    """Of an address; all empty if it is not valid."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _content(record: WarcRecord, raw: bytes) -> bytes:
    """The bytes of the page, one more than are taken at most."""
    headers = record.http_headers
    if headers is None or len(raw) > MAX_RAW_BYTES:
        return raw
    transfer, content = headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""
    return decoded_body(raw, transfer=transfer, content=content, most_bytes=MAX_HTML_BYTES)


def _page(number: int, record: WarcRecord, content: bytes, *, is_cut: bool) -> ArchivedPage:
    url = _url(record)
    reason, html = "the archive has a part of it only" if is_cut else _fault(url, content), None
    if reason is None:
        html = _decoded(content, record.http_charset)
        if _is_site_page(html):
            reason, html = "a page of the site, not an article", None
    return ArchivedPage(number, url, record.record_date, html, reason)


def _is_site_page(html: str) -> bool:
    """Whether a page calls itself a website, has no mark of an article, and little running text."""
    if not _SITE_PAGE.search(html) or _ARTICLE_MARK.search(html):
        return False
    return sum(1 for _ in islice(_RUNNING_TEXT.finditer(html), _ARTICLE_STRETCHES)) < _ARTICLE_STRETCHES


def _fault(url: str, content: bytes) -> str | None:
    parts = _parts(url)
    if not parts.hostname:
        return "its address is missing"
    if not parts.path.strip("/") and not parts.query:
        return "the front page of a site"
    if len(content) > MAX_HTML_BYTES:
        return f"longer than {MAX_HTML_BYTES:,} bytes"
    return None if content.strip() else "it is empty"


def _decoded(content: bytes, charset: str | None) -> str:
    """By the charset of its head line, where that reads it; else as a page says itself."""
    if charset:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_html(content)


def _media_type(value: str | None) -> str:
    return (value or "").partition(";")[0].strip().lower()
