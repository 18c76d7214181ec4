"""The api service: projects articles and events into the view, and serves the view over HTTP."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress

import structlog

from services.api.app import create_app
from services.api.draft_services import DraftServices
from services.api.history.dropping import HistoryDropper
from services.api.projector import article_projector, change_projector, event_projector
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.search.following import IndexFollower
from services.api.search.index_row_store import IndexRowStore
from services.api.settings import ApiSettings
from services.api.traces import DEAD_LETTERS, TraceStore
from services.api.updates.update_log import UpdateLog
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.api.webhooks.deliverer import Deliverer
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.fan_out import FanOut
from services.api.webhooks.sender import open_sender
from services.api.webhooks.webhook_store import WebhookStore
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_CHANGED, EVENT_UPDATED
from services.runtime.dead_letter_reading import DeadLetter, Offsets, follow_dead_letters
from services.runtime.errors import TransientError
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.process import Service, open_service
from services.runtime.redis_client import open_redis
from services.runtime.stopping import cut_short

NAME = "api"
INDEX_IS_BUILT = "search index"
"""Condition of readiness."""
PAUSE_SECONDS = 5.0
"""Between the end of a projector and its next start."""
log = structlog.get_logger()


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = ApiSettings()
    # The pages have a pool of their own, opened before broker and store are awaited: requests that come early are
    # told to try again, and a burst of them never makes the projector wait for a connection.
    async with (
        aclosing(open_redis(settings)) as redis,
        DraftServices(settings.extract_url, settings.dedupe_url) as drafts,
    ):
        follower = IndexFollower(IndexRowStore(redis), UpdateLog(redis), settings.index_dir)
        serves = settings.roles in {"all", "http"}
        app = create_app(ViewStore(redis), settings, drafts=drafts, follower=follower) if serves else None
        projects = settings.roles in {"all", "projector"}
        consumes = (CLAIMS_EXTRACTED, EVENT_UPDATED, EVENT_CHANGED) if projects else ()
        writes_store = settings.roles != "http"
        conditions = (INDEX_IS_BUILT,) if serves else ()
        async with (
            open_service(
                NAME, settings, app, consumes=consumes, conditions=conditions, writes_store=writes_store
            ) as service,
            asyncio.TaskGroup() as tasks,
        ):
            if app is not None:
                tasks.create_task(app.state.stream_hub.run(service.stopping))
                tasks.create_task(keep_index(service, follower))
            if settings.roles == "projector":
                tasks.create_task(project(service, settings))
            elif settings.roles == "all":
                tasks.create_task(keep_projecting(service, settings))
            if projects and settings.history_days is not None:
                tasks.create_task(
                    HistoryDropper(service.redis, service.clock, settings.history_days).run(service.stopping)
                )
            if settings.roles in {"all", "deliver"}:
                tasks.create_task(deliver(service, settings))


async def deliver(service: Service, settings: ApiSettings) -> None:
    """Send what webhooks ask for until the service stops; of all replicas one does."""
    store, clock = ViewStore(service.redis), service.clock
    webhooks = WebhookStore(service.redis)
    deliveries = DeliveryStore(service.redis, lease_seconds=settings.webhook_lease_seconds)
    fan_out = FanOut(
        store=store,
        updates=UpdateLog(service.redis),
        searches=SavedSearchStore(service.redis),
        webhooks=webhooks,
        deliveries=deliveries,
        clock=clock,
    )
    async with open_sender(settings, clock) as sender:
        deliverer = Deliverer(fan_out=fan_out, webhooks=webhooks, deliveries=deliveries, sender=sender, clock=clock)
        await deliverer.run(service.stopping)


async def keep_index(service: Service, follower: IndexFollower) -> None:
    """Keep the index of searches until the service stops."""
    service.readiness.meet(INDEX_IS_BUILT, lambda: follower.is_ready)
    async with cut_short(service.stopping, grace_seconds=0):
        await follower.run()


async def keep_projecting(service: Service, settings: ApiSettings) -> None:
    """Project until the service stops, again after each transient failure: pages are served meanwhile.

    Raises:
        ExceptionGroup: a failure that does not pass, as `project`.
    """
    while not service.stopping.is_set():
        try:
            await project(service, settings)
        except* TransientError as failures:
            log.error("projector stopped, starting it again", reason=repr(failures.exceptions))  # noqa: TRY400
            await _find_cluster(service)


async def _find_cluster(service: Service) -> None:
    """Pause; then wait until a broker answers, or the service stops."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(service.stopping.wait(), PAUSE_SECONDS)
            return
        with suppress(TransientError):
            await service.find_cluster()
            return


async def project(service: Service, settings: ApiSettings) -> None:
    """Keep the view up to date until the service stops."""
    store = ViewStore(service.redis)
    offsets = KeptOffsets(service.redis, OFFSETS_NAMESPACE, service.cluster_id)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(service.consume(CLAIMS_EXTRACTED, article_projector(store, offsets)))
        events = event_projector(store, offsets, clock=service.clock, stream_days=settings.stream_days)
        tasks.create_task(service.consume(EVENT_UPDATED, events))
        tasks.create_task(service.consume(EVENT_CHANGED, change_projector(store, offsets)))
        tasks.create_task(_follow_dead_letters(service))


async def _follow_dead_letters(service: Service) -> None:
    """Keep what dead letters tell of articles, until the service stops."""
    traces, cluster = TraceStore(service.redis), service.cluster_id

    async def note(letters: Sequence[DeadLetter], offsets: Offsets) -> None:
        await traces.note_dead_letters(cluster, letters, offsets)

    await follow_dead_letters(
        service.settings,
        DEAD_LETTERS,
        take_up=lambda: traces.take_up_dead_letters(cluster),
        note=note,
        stopping=service.stopping,
    )
