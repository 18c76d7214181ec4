"""Streams of two processes of the api's http role: the same frames, and a goodbye on SIGTERM."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from redis.asyncio import Redis

from services.local.service_process import ServiceProcess
from tests.support.brokers import running_redis
from tests.support.polling import eventually
from tests.support.replicas import running_replicas
from tests.support.streams import Read, project, reading, same
from tests.unit.api.examples import event
from tests.unit.api.history.test_history import growing

TOLD = 30


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as store:
        yield store.url


@pytest.fixture(scope="module")
def replicas(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[ServiceProcess]]:
    """Two processes that serve one view."""
    with running_replicas(redis_url, tmp_path_factory.mktemp("api")) as started:
        yield started


async def taken(frames: AsyncIterator[Read], count: int) -> list[Read]:
    async with asyncio.timeout(30):
        return [await anext(frames) for _ in range(count)]


async def test_replicas_give_the_same_frames_and_one_that_is_stopped_sends_its_readers_to_the_other(
    redis_url: str, replicas: list[ServiceProcess]
) -> None:
    one, other = replicas
    for process in replicas:
        await eventually(process.is_ready, seconds=60, what=f"{process.url} is ready")
    async with (
        Redis.from_url(redis_url) as redis,
        httpx.AsyncClient(base_url=one.url, trust_env=False, timeout=30) as here,
        httpx.AsyncClient(base_url=other.url, trust_env=False, timeout=30) as there,
    ):
        async with reading(here) as ours, reading(there) as theirs:
            assert await taken(ours, 1) == await taken(theirs, 1)
            await project(redis, growing(TOLD))
            frames = await taken(ours, TOLD)
            assert list(map(same, frames)) == list(map(same, await taken(theirs, TOLD)))
            assert one.child is not None
            one.child.ask_to_stop()
            (goodbye,) = await taken(ours, 1)
            assert (goodbye.name, goodbye.id) == ("reconnect", frames[-1].id)
            with pytest.raises(StopAsyncIteration):
                await taken(ours, 1)
        await eventually(lambda: one.child is not None and one.child.exit_code is not None, what="it has ended")
        assert one.child.exit_code == 0
        await project(redis, [event("evt_z")])
        async with reading(there, goodbye.id) as rest:
            assert [frame.name for frame in await taken(rest, 2)] == ["position", "event"]
