"""Ingest: takes articles in by HTTP and publishes them, clean and identified."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from services.ingest.feeds.routes import FeedsPlace, feeds_router
from services.ingest.feeds.running import polling_feeds
from services.ingest.feeds.websub.routes import websub_router
from services.ingest.handler import SubmissionService
from services.ingest.pages.pool import open_page_pool
from services.ingest.push.access import Access
from services.ingest.push.answer_store import RedisAnswers
from services.ingest.push.app import create_app
from services.ingest.push.limit import ConcurrencyLimit, Connected
from services.ingest.revisions import RedisRecords
from services.ingest.settings import IngestSettings
from services.ingest.trace_log import RedisTraces
from services.runtime.process import open_service

SPARE_THREADS = 4
"""Beside those of requests: names of broker and store are looked up in threads, too."""


def enough_threads(settings: IngestSettings) -> None:
    """A thread for each request in hand: by itself asyncio has as few as five, and large bodies would keep all busy."""
    executor = ThreadPoolExecutor(settings.max_requests_in_flight + SPARE_THREADS, thread_name_prefix="request")
    asyncio.get_running_loop().set_default_executor(executor)


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = IngestSettings()
    enough_threads(settings)
    limit = ConcurrencyLimit(settings.max_requests_in_flight, settings.client_share)
    feeds = FeedsPlace()
    app = create_app(settings, limit)
    app.include_router(feeds_router(feeds, Access(settings, takes_basic=True)))
    if settings.websub_callback_base_url:
        app.include_router(websub_router(feeds, settings))
    # The HTTP server answers before broker and store are connected; until then the limit says "starting".
    # Pages come first and so end last: what drains still needs them, and then whatever they read is killed.
    async with (
        open_page_pool(settings) as pages,
        open_service("ingest", settings, app, writes_store=True) as service,
    ):
        service.readiness.add_async("pages", pages.check)
        submissions = SubmissionService(
            service.producer,
            RedisRecords(service.redis, keep_days=settings.record_days),
            service.clock,
            pages=pages,
            publish_timeout_seconds=settings.publish_timeout_seconds,
        )
        limit.connected = Connected(
            submissions,
            RedisAnswers(
                service.redis, keep_seconds=settings.idempotency_seconds, max_keys=settings.max_idempotency_keys
            ),
            RedisTraces(service.redis, keep_days=settings.trace_days),
            service.clock,
        )
        async with polling_feeds(settings, service, submissions, feeds):
            await service.wait()
