"""Feeds as a part of the ingest process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from redis.asyncio import Redis

from services.ingest.feeds.delivery import Delivery, Submissions
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.listing import FeedListing
from services.ingest.feeds.poller import FeedPoller
from services.ingest.feeds.polling import FeedPolling
from services.ingest.feeds.routes import FeedsPlace
from services.ingest.feeds.store import FeedStore
from services.ingest.feeds.websub.callbacks import Callbacks
from services.ingest.feeds.websub.noticing import HubNotices
from services.ingest.feeds.websub.store import SubscriptionStore
from services.ingest.feeds.websub.subscriber import Subscriber
from services.ingest.fetching.fetcher import Fetcher, open_fetcher
from services.ingest.fetching.pages import PageFetcher
from services.ingest.settings import IngestSettings
from services.ingest.trace import Traces
from services.ingest.trace_log import RedisTraces
from services.runtime.clock import Clock
from services.runtime.http_guard import TrustedHosts
from services.runtime.process import Service

log = structlog.get_logger()


@asynccontextmanager
async def polling_feeds(
    settings: IngestSettings, service: Service, submissions: Submissions, place: FeedsPlace
) -> AsyncIterator[None]:
    """Poll the feeds of the settings' file for as long as the block runs; without a file, do nothing."""
    if settings.feeds_file is None:
        yield
        return
    async with open_fetcher(settings, service.clock) as fetcher:
        file, store = FeedsFile(settings.feeds_file), FeedStore(service.redis)
        traces = RedisTraces(service.redis, keep_days=settings.trace_days)
        websub = open_websub(settings, store, service.redis, fetcher, service.clock)
        hubs = websub.notices if websub else None
        polling = feed_polling(settings, store, submissions, fetcher, service.clock, traces=traces, hubs=hubs)
        poller = FeedPoller(file, store, polling, service.clock, settings, hubs=hubs)
        place.listing = FeedListing(file, store, websub.store if websub else None)
        tasks = [asyncio.create_task(poller.run(service.stopping))]
        if websub:
            place.callbacks = websub.callbacks
            tasks.append(asyncio.create_task(websub.subscriber.run(service.stopping)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True)
class WebSub:
    """What subscribes to feeds at their hubs."""

    store: SubscriptionStore
    notices: HubNotices
    subscriber: Subscriber
    callbacks: Callbacks


def open_websub(
    settings: IngestSettings, feeds: FeedStore, redis: Redis, fetcher: Fetcher, clock: Clock
) -> WebSub | None:
    """The parts of WebSub; None where hubs cannot reach us."""
    if not settings.websub_callback_base_url:
        return None
    host = urlsplit(settings.websub_callback_base_url).netloc
    if not TrustedHosts.of(settings).trusts(host):
        log.warning("hubs get 421 unless the proxy sends another Host: add it to NEWSWEAVE_TRUSTED_HOSTS", host=host)
    store = SubscriptionStore(redis)
    callbacks = Callbacks(
        store, feeds, clock, lease_seconds=settings.websub_lease_seconds, max_bytes=settings.feed_max_bytes
    )
    return WebSub(store, HubNotices(store), Subscriber(store, feeds, fetcher, clock, settings), callbacks)


def feed_polling(
    settings: IngestSettings,
    store: FeedStore,
    submissions: Submissions,
    fetcher: Fetcher,
    clock: Clock,
    *,
    traces: Traces,
    hubs: HubNotices | None = None,
) -> FeedPolling:
    """What polls one feed."""
    # As many pages as there are workers: one that somebody pushes waits for one of ours at most.
    delivery = Delivery(
        submissions,
        PageFetcher(fetcher, settings),
        pages_at_a_time=settings.page_workers,
        obey_rights=settings.fetch_rights == "obey",
    )
    return FeedPolling(store, fetcher, delivery, clock, settings, traces=traces, hubs=hubs)
