"""Submissions in, published articles out: build, number the revisions, publish, remember."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.contracts.article import Article, ArticleInput, InputKind
from services.contracts.topics import ARTICLE_INGESTED
from services.ingest import metrics
from services.ingest.build import arrival, article_page, first_revision, record_of, revise
from services.ingest.errors import InvalidSubmission
from services.ingest.identity import message_id
from services.ingest.key_locks import KeyLocks
from services.ingest.pages.html_text import Page
from services.ingest.pages.pool import PageTooCostly, Source
from services.ingest.push.body import BadBody, Row, RowError
from services.ingest.record import Record
from services.runtime.clock import Clock
from services.runtime.errors import TransientError
from services.runtime.messages import Outgoing

PUSHED = ArticleInput(kind=InputKind.PUSH)


class Publisher(Protocol):
    """Puts messages on topics."""

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        """Return once the broker has them all. Raises TransientError when it does not take them for now."""
        ...


class Records(Protocol):
    """Remembers the last revision of each article."""

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, Record]:
        """Records of those articles that have one.

        Raises TransientError when the store does not answer, StoreFull when it could not take their next record.
        """
        ...

    async def put(self, records: Mapping[str, Record]) -> None:
        """Keep these. Raises TransientError when the store does not answer."""
        ...


class Pages(Protocol):
    """Reads pages."""

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        """As `PagePool.read`, with its errors."""
        ...


class SubmissionService:
    """Takes submissions in. One request's articles are published all or none, in their order."""

    def __init__(
        self, publisher: Publisher, records: Records, clock: Clock, *, pages: Pages, publish_timeout_seconds: float
    ) -> None:
        self._publisher = publisher
        self._records = records
        self._clock = clock
        self._pages = pages
        self._publish_timeout_seconds = publish_timeout_seconds
        self._locks = KeyLocks()

    async def accept(
        self, rows: Sequence[Row], *, source: ArticleInput = PUSHED, traceparent: str | None = None
    ) -> list[Article]:
        """Build the articles of `rows` and publish them: both steps below, with their errors."""
        return await self.publish(await self.build(rows, source=source), traceparent=traceparent)

    async def build(self, rows: Sequence[Row], *, source: ArticleInput = PUSHED) -> list[Article]:
        """The articles of `rows`, one for each row, not numbered yet. Nothing is published; it may be cancelled.

        Args:
            rows: what was submitted.
            source: the way that all of them came in.

        Raises:
            BadBody: a row holds no article.
            PagesUnavailable: pages cannot be read for now.
        """
        fetched_at = self._clock.now()
        pages = await self._read_pages(rows, fetched_at)
        # Cleaning and language take milliseconds an article: not on the event loop.
        given_up = threading.Event()
        try:
            return await asyncio.to_thread(_build, rows, pages, fetched_at, source, given_up)
        finally:
            given_up.set()  # a thread cannot be cancelled: it ends before its next row

    async def publish(self, drafts: Sequence[Article], *, traceparent: str | None = None) -> list[Article]:
        """Publish what `build` made and return it with its revisions.

        Everything is published, also what is known already: the same content is the same revision and the same
        message, which readers drop. So a client that got no answer simply sends again.

        Raises:
            TransientError: broker or store did not answer; some may have been published: send all again.
        """
        # Two requests with one article at the same time must not both count to the same revision.
        async with self._locks.hold(draft.article_id for draft in drafts):
            articles = _number(drafts, await self._records.get(sorted({draft.article_id for draft in drafts})))
            await self._publish([_message(article, traceparent) for article in articles])
            # Only now: a record must not claim a revision that nobody got.
            await self._records.put({article.article_id: record_of(article) for article in articles})
        for article in articles:
            metrics.ARTICLES.labels("accepted").inc()
            for block in article.removed_blocks:
                metrics.REMOVED_CHARACTERS.labels(block.reason).inc(block.chars)
        return articles

    async def _read_pages(self, rows: Sequence[Row], fetched_at: datetime) -> dict[int, Page | None]:
        """What each row's page reads as, by the row's line."""
        lines, sources = [], []
        for row in rows:
            if row.submission.html is not None:
                lines.append(row.line)
                sources.append(Source(row.submission.html, arrival(row.submission, fetched_at).date()))
        try:
            return dict(zip(lines, await self._pages.read(sources), strict=True))
        except PageTooCostly as error:
            fault = RowError(lines[error.index], "html", str(error))
            raise BadBody([fault], rows=len(rows), malformed=False) from error

    async def _publish(self, outgoing: Sequence[Outgoing]) -> None:
        try:
            async with asyncio.timeout(self._publish_timeout_seconds):
                await self._publisher.publish(outgoing)
        except TimeoutError as error:
            seconds = self._publish_timeout_seconds
            raise TransientError(f"the broker did not acknowledge within {seconds:g} s") from error


def _build(
    rows: Sequence[Row],
    pages: Mapping[int, Page | None],
    fetched_at: datetime,
    source: ArticleInput,
    given_up: threading.Event,
) -> list[Article]:
    drafts: list[Article] = []
    errors: list[RowError] = []
    for row in rows:
        if given_up.is_set():
            break
        try:
            page = article_page(pages[row.line]) if row.submission.html is not None else None
            draft = first_revision(row.submission, fetched_at=fetched_at, kind=source.kind, feed=source.feed, page=page)
            drafts.append(draft)
        except InvalidSubmission as error:
            errors.extend(RowError(row.line, fault.field, fault.message) for fault in error.errors)
    if errors:
        raise BadBody(errors, rows=len(rows), malformed=False)
    return drafts


def _number(drafts: Sequence[Article], known: Mapping[str, Record]) -> list[Article]:
    """Number the revisions, each after the one before it in the same request."""
    latest = dict(known)
    articles = []
    for draft in drafts:
        article = revise(draft, latest.get(draft.article_id))
        latest[article.article_id] = record_of(article)
        articles.append(article)
    return articles


def _message(article: Article, traceparent: str | None) -> Outgoing:
    return Outgoing(
        topic=ARTICLE_INGESTED,
        key=article.article_id,
        value=article,
        id=message_id(article.article_id, article.revision),
        time=article.fetched_at,
        traceparent=traceparent,
    )
