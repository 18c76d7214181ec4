"""A served api with its stream, and readers of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_sse import aconnect_sse
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.settings import ApiSettings
from services.api.updates.stream_hub import StreamHub
from services.api.view_store import ViewStore
from services.contracts.changed import EventChange
from services.contracts.event import Event
from services.dedupe.event_changes.changes import changes_between
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving
from tests.support.polling import eventually
from tests.unit.api.view import project_changes, project_events

PATH = "/v1/events/stream"


@dataclass
class ServedStream:
    """A replica of the api's http role."""

    client: httpx.AsyncClient
    hub: StreamHub
    stopping: asyncio.Event

    async def joined(self, readers: int) -> None:
        """Wait until so many read live."""
        await eventually(lambda: self.hub.readers == readers, what=f"{readers} readers")


@asynccontextmanager
async def served_stream(redis: Redis, **settings: Any) -> AsyncIterator[ServedStream]:
    """A replica over a view, for as long as the block runs."""
    given = ApiSettings(http_port=0, drain_seconds=5, **settings)
    app = create_app(ViewStore(redis), given)
    hub: StreamHub = app.state.stream_hub
    stopping = asyncio.Event()
    following = asyncio.create_task(hub.run(stopping))
    await eventually(lambda: hub.position is not None, what="the log is followed")
    try:
        async with (
            serving(HttpGuard(app, given), given, stopping) as address,
            httpx.AsyncClient(base_url=f"http://{address}", trust_env=False, timeout=20) as client,
        ):
            try:
                yield ServedStream(client, hub, stopping)
            finally:
                stopping.set()  # streams end before their server waits for them
                await following
    finally:
        following.cancel()


@dataclass(frozen=True)
class Read:
    """A frame as a reader has it."""

    id: str
    name: str
    data: Any


def same(frame: Read) -> Read:
    """What of a frame is the same whenever it is made: all but the event, which is told as it is then."""
    return Read(frame.id, frame.name, {name: value for name, value in frame.data.items() if name != "event"})


@asynccontextmanager
async def reading(
    client: httpx.AsyncClient, last_event_id: str | None = None, **parameters: Any
) -> AsyncIterator[AsyncIterator[Read]]:
    """Frames of a stream, without heartbeats; the connection is torn down where the block ends."""
    headers = {} if last_event_id is None else {"Last-Event-ID": last_event_id}
    async with aconnect_sse(client, "GET", PATH, params=parameters, headers=headers) as source:
        assert source.response.status_code == 200, await source.response.aread()

        async def frames() -> AsyncIterator[Read]:
            async for sse in source.aiter_sse():
                if sse.data:
                    yield Read(sse.id, sse.event, json.loads(sse.data))

        yield frames()


async def read_all(client: httpx.AsyncClient, last_event_id: str | None = None, **parameters: Any) -> list[Read]:
    """All frames up to the head."""
    async with reading(client, last_event_id, follow="false", **parameters) as frames:
        return [frame async for frame in frames]


async def project(redis: Redis, events: Sequence[Event], before: Event | None = None) -> list[EventChange]:
    """Versions of an event with the changes between them, the changes first."""
    changes = [
        change for old, new in zip([before, *events], events, strict=False) for change in changes_between(old, new)
    ]
    await project_changes(redis, changes)
    for event in events:
        await project_events(redis, [event])
    return changes
