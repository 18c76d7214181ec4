"""Hand-written stand-ins for what ingest talks to."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from services.contracts.article import Article
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page
from services.ingest.pages.pool import Source
from services.ingest.record import Record
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
        self.down = False

    async def get(self, article_ids: Sequence[str]) -> dict[str, Record]:
        self._answer()
        return {article: self.kept[article] for article in article_ids if article in self.kept}

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
