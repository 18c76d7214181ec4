"""`newsweave feed`."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

import structlog
import typer

from services.ingest.feeds.fetching import FEED_TYPES
from services.ingest.feeds.rows import feed_row, no_feed_row
from services.ingest.fetching.fetched import Fetched, Outcome
from services.ingest.fetching.fetcher import open_fetcher
from services.ingest.fetching.settings import FetchSettings
from services.local.commands.offline_options import OutOption
from services.local.commands.options import progress_console
from services.local.offline import row_writer
from services.local.offline_feeds import BadDocument, Document, read_documents
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave feed feed.xml --out items.jsonl",
    "newsweave feed ./feeds --out - | jq -r '.items[] | [.published_at, .title] | @tsv'",
    "newsweave feed https://courier.example/rss.xml --out -",
    "newsweave feed feeds.jsonl.gz --out items.jsonl     # rows {id, content_base64, content_type, url}",
)
SourceArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DIR|URL|-",
        help="A feed; a folder of feeds; its address; JSON Lines with content_base64 (.jsonl, .ndjson, also .gz); - "
        "for standard input.",
    ),
]


def feed(source: SourceArgument, *, out: OutOption) -> None:
    """Read feeds: RSS, RDF, Atom, JSON Feed, sitemaps. Offline, unless an address is given.

    Writes {"id", "outcome", "kind", "title", "problems", "items"} for each document, in order; an item is {"title",
    "url", "published_at", "summary", "authors"}. What is no feed gives a row, too: with another outcome than "read",
    the "reason", and no items.
    """
    console = progress_console()
    rows = _of_url(source) if source.startswith(("http://", "https://")) else _of_files(source)
    with row_writer(out, source) as write, progress(console, "Reading", total=None) as bar:
        for row in rows:
            write(row)
            bar.advance()


def fetch_feed(url: str) -> Fetched:
    """Fetch a feed as ingest does, with the limits that the environment sets."""

    async def once() -> Fetched:
        async with open_fetcher(FetchSettings(), SystemClock()) as fetcher:
            return await fetcher.fetch(url, accept=FEED_TYPES)

    with _logs_on_standard_error():
        return asyncio.run(once())


@contextmanager
def _logs_on_standard_error() -> Iterator[None]:
    """Standard output is for results."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)


def fetched_row(fetched: Fetched) -> dict[str, Any]:
    """The row of a feed that was fetched, or of why it was not."""
    if fetched.outcome is not Outcome.FETCHED:
        return no_feed_row(fetched.url, fetched.outcome, fetched.reason or f"status {fetched.status}")
    content_type = f"{fetched.content_type or ''}; charset={fetched.charset or ''}"
    return feed_row(
        fetched.url, fetched.content, fetched.at, content_type=content_type, url=fetched.final_url or fetched.url
    )


def _of_url(url: str) -> Iterator[dict[str, Any]]:
    yield fetched_row(fetch_feed(url))


def _of_files(source: str) -> Iterator[dict[str, Any]]:
    at = SystemClock().now()
    for document in read_documents(source):
        yield _row(document, at)


def _row(document: Document | BadDocument, at: datetime) -> dict[str, Any]:
    if isinstance(document, BadDocument):
        return no_feed_row(document.identity, "bad_row", str(document))
    return feed_row(document.identity, document.content, at, content_type=document.content_type, url=document.url)
