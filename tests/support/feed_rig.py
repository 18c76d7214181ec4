"""Ingest's polling of feeds without its process: a site, a real Redis, a clock that tests move, and replicas."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.listing import FeedList, FeedListing, ListedFeed
from services.ingest.feeds.poller import FeedPoller
from services.ingest.feeds.polling import FeedPolling
from services.ingest.feeds.running import WebSub, feed_polling, open_websub
from services.ingest.feeds.store import FeedStore
from services.ingest.fetching.fetcher import Fetcher, open_fetcher
from services.ingest.handler import SubmissionService
from services.ingest.settings import IngestSettings
from services.local.redis import EmbeddedRedis
from services.runtime.redis_client import open_redis
from tests.support.feed_site import FeedSite, feed_site
from tests.unit.ingest.fakes import FakePublisher, FakeRecords, FakeTraces, PagesHere

START = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class MovingClock:
    """A clock that tests move."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment


@dataclass
class Replica:
    """One ingest that polls."""

    poller: FeedPoller
    polling: FeedPolling
    store: FeedStore
    publisher: FakePublisher
    websub: WebSub | None = None
    """None: hubs cannot reach us."""

    @property
    def titles(self) -> list[str | None]:
        return [article.title for article in self.publisher.articles]


@dataclass
class Rig:
    """A site, a store, and what polls."""

    site: FeedSite
    file: Path
    clock: MovingClock
    redis: EmbeddedRedis
    fetcher: Fetcher
    settings: IngestSettings
    records: FakeRecords = field(default_factory=FakeRecords)
    traces: FakeTraces = field(default_factory=FakeTraces)
    lines: list[str] = field(default_factory=list)
    stores: list[Any] = field(default_factory=list)

    def add(self, path: str, **fields: object) -> str:
        """Put a feed of the site into the file."""
        self.lines.append(
            "  - "
            + "\n    ".join(f"{name}: {value}" for name, value in {"url": self.site.url + path, **fields}.items())
        )
        self.file.write_text("feeds:\n" + "\n".join(self.lines) + "\n")
        return self.site.url + path

    def replica(self, store_type: type[FeedStore] = FeedStore) -> Replica:
        redis = open_redis(self.settings)
        self.stores.append(redis)
        store, publisher = store_type(redis), FakePublisher()
        submissions = SubmissionService(
            publisher, self.records, self.clock, pages=PagesHere(), publish_timeout_seconds=30
        )
        websub = open_websub(self.settings, store, redis, self.fetcher, self.clock)
        hubs = websub.notices if websub else None
        polling = feed_polling(
            self.settings, store, submissions, self.fetcher, self.clock, traces=self.traces, hubs=hubs
        )
        poller = FeedPoller(FeedsFile(self.file), store, polling, self.clock, self.settings, hubs=hubs)
        return Replica(poller, polling, store, publisher, websub)

    async def listed(self, replica: Replica) -> ListedFeed:
        (feed,) = (await self.list(replica)).feeds
        return feed

    async def list(self, replica: Replica) -> FeedList:
        replica.poller.file.reload()
        subscriptions = replica.websub.store if replica.websub else None
        return await FeedListing(replica.poller.file, replica.store, subscriptions).read()

    async def later(self, replica: Replica, minutes: float) -> int:
        """Move the clock on and poll what is due."""
        self.clock.moment += minutes * MINUTE
        return await replica.poller.poll_due()


@asynccontextmanager
async def opened_rig(server: EmbeddedRedis, folder: Path, **settings: Any) -> AsyncIterator[Rig]:
    clock = MovingClock()
    given = IngestSettings(
        redis_url=server.url,
        fetch_allowed_hosts="127.0.0.1",
        fetch_allowed_ports="*",
        fetch_host_delay_seconds=0,
        fetch_host_concurrency=50,
        fetch_contact="https://newsweave.example/bot",
        **settings,
    )
    async with open_redis(given) as redis:
        await redis.flushall()
    with feed_site() as site:
        async with open_fetcher(given, clock) as fetcher:
            made = Rig(site, folder / "feeds.yaml", clock, server, fetcher, given)
            yield made
            for one in made.stores:
                await one.aclose()
