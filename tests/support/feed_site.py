"""A site with feeds that speaks HTTP as real ones do, in a thread: ETag, Last-Modified, 301, 410, 429, gzip."""

import gzip
import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.threaded_server import QuietHandler, threaded_server

PAGE = (
    "<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "{text}</article></body></html>"
)


TEXT = (
    "<p>The old harbour bridge reopened to traffic on Monday after two years of repairs, {title}.</p>"
    "<p>The engineer Ada Lind said the new deck would carry lorries of 40 tonnes and more, day and night.</p>"
    "<p>Hundreds of people watched as the first cars rolled over the river before the rain came.</p>"
)


@dataclass
class Path:
    """What one path of the site answers."""

    body: bytes = b""
    content_type: str = "application/rss+xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = True
    last_modified: str | None = None
    is_packed: bool = False
    seconds: float = 0.0
    """How long the answer takes."""


@dataclass
class FeedSite:
    """The site. What stands in `paths` may be changed while it runs; `answers` counts by path and status."""

    url: str
    paths: dict[str, Path] = field(default_factory=dict)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add_page(self, path: str, title: str, text: str | None = None) -> str:
        """A page with an article; its address."""
        body = PAGE.format(title=title, text=text or TEXT.format(title=title))
        self.paths[path] = Path(body.encode(), "text/html; charset=utf-8")
        return self.url + path

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(count for (asked, _), count in self.answers.items() if asked == path)


def rss_of(*items: tuple[str, str], guid: bool = True) -> bytes:
    """A feed with these (title, address)."""
    body = "".join(
        f"<item><title>{title}</title><link>{url}</link>{f'<guid>{url}</guid>' if guid else ''}"
        "<pubDate>Mon, 03 Mar 2031 09:30:00 +0200</pubDate></item>"
        for title, url in items
    )
    return f'<rss version="2.0"><channel><title>Courier</title><link>/</link>{body}</channel></rss>'.encode()


@contextmanager
def feed_site() -> Iterator[FeedSite]:
    """The site on a free port of loopback for as long as the block runs."""

    slow = threading.Event()

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: N802 - the name that the base class looks for
            path = site.paths.get(self.path, Path(status=404))
            status, body, headers = _answer(path, self.headers)
            site.answers[self.path, status] += 1
            slow.wait(path.seconds)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with threaded_server(Handler) as url:
        site = FeedSite(url)
        try:
            yield site
        finally:
            slow.set()


def _answer(path: Path, asked: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = dict(path.headers)
    if path.status != 200:
        return path.status, path.body, headers
    headers["Content-Type"] = path.content_type
    etag = f'"{hashlib.sha256(path.body).hexdigest()[:12]}"'
    if path.has_etag:
        headers["ETag"] = etag
    if path.last_modified:
        headers["Last-Modified"] = path.last_modified
    is_same = path.has_etag and asked.get("If-None-Match") == etag
    is_older = path.last_modified is not None and asked.get("If-Modified-Since") == path.last_modified
    if is_same or is_older:
        return 304, b"", headers
    if path.is_packed and "gzip" in (asked.get("Accept-Encoding") or ""):
        return 200, gzip.compress(path.body), headers | {"Content-Encoding": "gzip"}
    return 200, path.body, headers
