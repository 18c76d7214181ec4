"""Submissions in, published articles out: build, number the revisions, publish, remember."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.contracts.article import Article, ArticleInput
from services.contracts.topics import ARTICLE_INGESTED
from services.ingest import metrics
from services.ingest.build import PUSHED, arrival, article_page, first_revision
from services.ingest.copies import number, text_key
from services.ingest.errors import FieldError, InvalidSubmission
from services.ingest.fetching.rights import reserved
from services.ingest.identity import message_id
from services.ingest.key_locks import KeyLocks
from services.ingest.pages.page import Page
from services.ingest.pages.pool import PageTooCostly, Source
from services.ingest.push.body import BadBody, RefusedRow, Row, all_valid
from services.ingest.record import Record
from services.runtime.clock import Clock
from services.runtime.errors import TransientError
from services.runtime.messages import Outgoing


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

    async def claim(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Whose each text is: the article that claimed it first, now or before. By text key; errors as `get`."""
        ...

    async def put(self, records: Mapping[str, Record]) -> None:
        """Keep these, all or none. Raises TransientError when the store does not answer."""
        ...


class Pages(Protocol):
    """Reads pages."""

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        """As `PagePool.read`, with its errors."""
        ...

    async def read_each(self, sources: Sequence[Source]) -> list[Page | PageTooCostly | None]:
        """As `PagePool.read_each`, with its errors."""
        ...


class SubmissionService:
    """Takes submissions in. What is published of one request goes out in the order of its rows."""

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
        return all_valid(await self.build_each(rows, source=source, stop_at_first=True))

    async def build_each(
        self, rows: Sequence[Row], *, source: ArticleInput = PUSHED, stop_at_first: bool = False
    ) -> list[Article | RefusedRow]:
        """As `build`, but a row that holds no article is told in its place.

        Args:
            rows: What to build.
            source: The way that all of them came in.
            stop_at_first: Give the other pages up at the first one that is too costly to read.

        Raises:
            BadBody: `stop_at_first`, and a page was too costly.
            PagesUnavailable: pages cannot be read for now.
        """
        fetched_at = self._clock.now()
        pages = await self._read_pages(rows, fetched_at, stop_at_first=stop_at_first)
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
        async with self._locks.hold(_names(drafts)):
            owners, known = await self._look_up(drafts)
            numbered, records = number(drafts, known, owners)
            await self._publish([_message(row.article, traceparent) for row in numbered if row.is_published])
            # Only now: a record must not claim a revision that nobody got.
            await self._records.put(records)
        articles = [row.article for row in numbered]
        for article in articles:
            metrics.ARTICLES.labels("accepted").inc()
            for block in article.removed_blocks:
                metrics.REMOVED_CHARACTERS.labels(block.reason).inc(block.chars)
        return articles

    async def _look_up(self, drafts: Sequence[Article]) -> tuple[Mapping[str, str], dict[str, Record]]:
        """Whose the drafts' texts are, and the records of all articles that they may turn out to be.

        A text is claimed before its article is published: whichever address of it comes after a crash in between is
        then the same article.
        """
        known = dict(await self._records.get(sorted({draft.article_id for draft in drafts})))
        claims: dict[str, str] = {}
        for draft in drafts:
            key = text_key(draft)
            if key is not None:
                claims.setdefault(key, draft.article_id)
        owners = await self._records.claim(claims)
        copied = {record.copy_of for record in known.values() if record.copy_of}
        others = ({*owners.values()} | copied) - {draft.article_id for draft in drafts}
        return owners, known | dict(await self._records.get(sorted(others)))

    async def _read_pages(
        self, rows: Sequence[Row], fetched_at: datetime, *, stop_at_first: bool
    ) -> Mapping[int, Page | PageTooCostly | None]:
        """By line, what the pages among `rows` hold."""
        with_page = [row for row in rows if row.submission.html is not None]
        sources = [Source(row.submission.html or "", arrival(row.submission, fetched_at).date()) for row in with_page]
        read: Sequence[Page | PageTooCostly | None]
        try:
            read = await (self._pages.read(sources) if stop_at_first else self._pages.read_each(sources))
        except PageTooCostly as error:
            raise BadBody([_too_costly(with_page[error.index], error)], rows=len(rows)) from error
        return dict(zip((row.line for row in with_page), read, strict=True))

    async def _publish(self, outgoing: Sequence[Outgoing]) -> None:
        try:
            async with asyncio.timeout(self._publish_timeout_seconds):
                await self._publisher.publish(outgoing)
        except TimeoutError as error:
            seconds = self._publish_timeout_seconds
            raise TransientError(f"the broker did not acknowledge within {seconds:g} s") from error


def _build(
    rows: Sequence[Row],
    pages: Mapping[int, Page | PageTooCostly | None],
    fetched_at: datetime,
    source: ArticleInput,
    given_up: threading.Event,
) -> list[Article | RefusedRow]:
    built: list[Article | RefusedRow] = []
    for row in rows:
        if given_up.is_set():
            break
        page = pages.get(row.line)
        if isinstance(page, PageTooCostly):
            built.append(_too_costly(row, page))
            continue
        try:
            article = article_page(page) if row.submission.html is not None else None
            draft = first_revision(
                row.submission,
                fetched_at=fetched_at,
                source=source,
                page=article,
                rights=row.rights,
            )
        except InvalidSubmission as error:
            built.append(RefusedRow.of(row, error.errors))
            continue
        why = reserved(draft.rights) if row.obey_rights and draft.rights else None
        built.append(RefusedRow.of(row, [FieldError("rights", why)]) if why else draft)
    return built


def _too_costly(row: Row, error: PageTooCostly) -> RefusedRow:
    return RefusedRow.of(row, [FieldError("html", str(error))])


def _names(drafts: Sequence[Article]) -> set[str]:
    """What a request holds while it is published: its articles and their texts."""
    return {name for draft in drafts for name in (draft.article_id, text_key(draft)) if name is not None}


def _message(article: Article, traceparent: str | None) -> Outgoing:
    return Outgoing(
        topic=ARTICLE_INGESTED,
        key=article.article_id,
        value=article,
        id=message_id(article.article_id, article.revision),
        time=article.fetched_at,
        traceparent=traceparent,
    )
