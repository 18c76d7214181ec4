"""The api service: projects articles and events into the view, and serves the view over HTTP."""

import asyncio
from contextlib import aclosing

from services.api.app import create_app
from services.api.projector import article_projector, event_projector
from services.api.settings import ApiSettings
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_UPDATED
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.process import Service, open_service
from services.runtime.redis_client import open_redis

NAME = "api"


async def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = ApiSettings()
    # The pages have a pool of their own, opened before broker and store are awaited: requests that come early are
    # told to try again, and a burst of them never makes the projector wait for a connection.
    async with aclosing(open_redis(settings)) as redis:
        app = create_app(ViewStore(redis)) if settings.roles != "projector" else None
        consumes = () if settings.roles == "http" else (CLAIMS_EXTRACTED, EVENT_UPDATED)
        async with open_service(NAME, settings, app, consumes=consumes) as service:
            if settings.roles == "http":
                await service.wait()
            else:
                await project(service)


async def project(service: Service) -> None:
    """Keep the view up to date until the service stops."""
    store = ViewStore(service.redis)
    offsets = KeptOffsets(service.redis, OFFSETS_NAMESPACE, service.cluster_id)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(service.consume(CLAIMS_EXTRACTED, article_projector(store, offsets)))
        tasks.create_task(service.consume(EVENT_UPDATED, event_projector(store, offsets)))
