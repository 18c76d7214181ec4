"""Hand-written stand-ins for what ingest talks to."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from services.contracts.article import Article
from services.ingest.handler import SubmissionService
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page
from services.ingest.pages.pool import PageTooCostly, Source
from services.ingest.push.idempotency import Kept
from services.ingest.push.limit import Connected
from services.ingest.record import Record
from services.ingest.trace import RequestTrace, SubmissionTrace
from services.runtime.clock import Clock, FixedClock
from services.runtime.errors import TransientError
from services.runtime.messages import Outgoing

NOW = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)


class FakePublisher:
    """Keeps what was published; does not answer while `down`; waits for `hold` when there is one."""

    def __init__(self) -> None:
        self.published: list[Outgoing] = []
        self.down = False
        self.hold: asyncio.Event | None = None
        self.waiting = asyncio.Event()

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        if self.down:
            raise TransientError("no broker at 127.0.0.1:9092")
        if self.hold is not None:
            self.waiting.set()
            await self.hold.wait()
        self.published.extend(outgoing)

    @property
    def articles(self) -> list[Article]:
        values = [message.value for message in self.published]
        assert all(isinstance(value, Article) for value in values)
        return [value for value in values if isinstance(value, Article)]


class FakeRecords:
    """Records in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Record] = {}
        self.texts: dict[str, str] = {}
        self.down = False

    async def get(self, article_ids: Sequence[str]) -> dict[str, Record]:
        self._answer()
        return {article: self.kept[article] for article in article_ids if article in self.kept}

    async def claim(self, texts: Mapping[str, str]) -> dict[str, str]:
        self._answer()
        return {key: self.texts.setdefault(key, article) for key, article in texts.items()}

    async def put(self, records: Mapping[str, Record]) -> None:
        self._answer()
        self.kept.update(records)

    def _answer(self) -> None:
        if self.down:
            raise TransientError("no Redis at 127.0.0.1:6379")


class PagesHere:
    """Pages read in this process."""

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        return [read_page(source.html, today=source.today) for source in sources]

    async def read_each(self, sources: Sequence[Source]) -> list[Page | PageTooCostly | None]:
        return [*await self.read(sources)]


class FakeAnswers:
    """Answers in a dictionary; they never run out."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.down = False

    async def claim(self, key: str, claim: Kept) -> Kept | None:
        self._answer()
        if key in self.kept:
            return self.kept[key]
        self.kept[key] = claim
        return None

    async def renew(self, key: str) -> None:
        self._answer()

    async def keep(self, key: str, answered: Kept) -> None:
        self._answer()
        self.kept[key] = answered

    async def give_up(self, key: str, claim: Kept) -> None:
        self._answer()
        if self.kept.get(key) == claim:
            del self.kept[key]

    def _answer(self) -> None:
        if self.down:
            raise TransientError("no Redis at 127.0.0.1:6379")


class FakeTraces:
    """Traces in dictionaries."""

    def __init__(self) -> None:
        self.requests: dict[str, RequestTrace] = {}
        self.of_articles: dict[str, list[SubmissionTrace]] = {}
        self.down = False

    async def note(self, request: RequestTrace | None, of_articles: Sequence[tuple[str, SubmissionTrace]]) -> None:
        self._answer()
        if request is not None:
            self.requests[request.request_id] = request
        for article_id, submission in of_articles:
            self.of_articles.setdefault(article_id, []).insert(0, submission)

    async def of_request(self, request_id: str) -> RequestTrace | None:
        self._answer()
        return self.requests.get(request_id)

    async def of_article(self, article_id: str) -> list[SubmissionTrace]:
        self._answer()
        return self.of_articles.get(article_id, [])

    def _answer(self) -> None:
        if self.down:
            raise TransientError("no Redis at 127.0.0.1:6379")


def connected(
    submissions: SubmissionService,
    *,
    answers: FakeAnswers | None = None,
    traces: FakeTraces | None = None,
    clock: Clock | None = None,
) -> Connected:
    """What a connected service works with."""
    return Connected(submissions, answers or FakeAnswers(), traces or FakeTraces(), clock or FixedClock(NOW))


TEXT = (
    "The old harbour bridge reopened to traffic on Monday after two years of repairs.\n\n"
    'The engineer Ada Lind said the new deck would carry lorries of 40 tonnes. "It is safe," she said.'
)


def row(**fields: object) -> dict[str, object]:
    """A valid row, with changes."""
    return {
        "url": "https://www.courier.example/2031/03/bridge/?utm_source=feed",
        "title": "Old harbour bridge reopens to traffic",
        "text": TEXT,
        "published_at": "2031-03-03T07:30:00Z",
    } | fields
