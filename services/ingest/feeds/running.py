"""Feeds as a part of the ingest process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.ingest.feeds.delivery import Delivery, Submissions
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.listing import FeedListing
from services.ingest.feeds.poller import FeedPoller
from services.ingest.feeds.polling import FeedPolling
from services.ingest.feeds.routes import FeedsPlace
from services.ingest.feeds.store import FeedStore
from services.ingest.fetching.fetcher import Fetcher, open_fetcher
from services.ingest.fetching.pages import PageFetcher
from services.ingest.settings import IngestSettings
from services.ingest.trace import Traces
from services.ingest.trace_log import RedisTraces
from services.runtime.clock import Clock
from services.runtime.process import Service


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
        polling = feed_polling(settings, store, submissions, fetcher, service.clock, traces=traces)
        poller = FeedPoller(file, store, polling, service.clock, settings)
        place.listing = FeedListing(file, store)
        task = asyncio.create_task(poller.run(service.stopping))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def feed_polling(
    settings: IngestSettings,
    store: FeedStore,
    submissions: Submissions,
    fetcher: Fetcher,
    clock: Clock,
    *,
    traces: Traces,
) -> FeedPolling:
    """What polls one feed."""
    # As many pages as there are workers: one that somebody pushes waits for one of ours at most.
    delivery = Delivery(
        submissions,
        PageFetcher(fetcher, settings),
        pages_at_a_time=settings.page_workers,
        obey_rights=settings.fetch_rights == "obey",
    )
    return FeedPolling(store, fetcher, delivery, clock, settings, traces=traces)
