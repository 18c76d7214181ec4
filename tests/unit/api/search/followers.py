"""Followers that run, for tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.search.following import IndexFollower
from services.api.search.index_row_store import IndexRowStore
from services.api.updates.update_log import UpdateLog
from services.api.view_store import ViewStore
from tests.support.polling import eventually


@asynccontextmanager
async def following(redis: Redis, folder: Path) -> AsyncIterator[IndexFollower]:
    """A follower that runs, its index built."""
    follower = IndexFollower(IndexRowStore(redis), UpdateLog(redis), folder)
    task = asyncio.create_task(follower.run())
    try:
        await eventually(lambda: follower.is_ready)
        yield follower
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def caught_up(follower: IndexFollower, redis: Redis) -> None:
    """Wait until the index has what the view has."""
    assert await follower.reach(await UpdateLog(redis).head(), seconds=20)


def client_of(redis: Redis, follower: IndexFollower | None) -> httpx.AsyncClient:
    """A client of an app that searches in the follower's index."""
    transport = httpx.ASGITransport(app=create_app(ViewStore(redis), follower=follower))
    return httpx.AsyncClient(transport=transport, base_url="http://newsweave.test")
