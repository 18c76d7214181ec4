"""Readers of the Python client on a stream whose connections are cut and whose service is killed."""

import asyncio
import itertools
import random
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import chain, repeat
from pathlib import Path

import pytest
from redis.asyncio import Redis

from newsweave.client import AsyncNewsweave, GoneError, InvalidRequestError, Newsweave, NotReachableError, Update
from services.contracts.event import Event
from services.local.ports import free_port
from services.local.service_process import ServiceProcess
from tests.support.brokers import running_redis
from tests.support.cutting_proxy import cutting_proxy
from tests.support.polling import eventually
from tests.support.replicas import running_replicas
from tests.support.streams import project
from tests.unit.api.history.test_history import growing

TOLD = 60
SHORT_PAUSE_SECONDS = 0.02


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as store:
        yield store.url


@pytest.fixture(scope="module")
def served(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """A process of the api's http role."""
    with running_replicas(redis_url, tmp_path_factory.mktemp("api")) as started:
        yield started[0]


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


async def short_pause(_seconds: float) -> None:
    await asyncio.sleep(SHORT_PAUSE_SECONDS)


def short_wait(_seconds: float) -> None:
    threading.Event().wait(SHORT_PAUSE_SECONDS)


_numbers = itertools.count()


def versions() -> list[Event]:
    """Versions of an event that no test has used."""
    event_id = f"evt_{next(_numbers):020x}"
    return [version.model_copy(update={"event_id": event_id}) for version in growing(TOLD)]


def places(updates: list[Update]) -> list[tuple[str, int]]:
    return [(update.position, update.version) for update in updates]


@asynccontextmanager
async def laid_out(redis: Redis, served: ServiceProcess) -> AsyncIterator[tuple[str, list[tuple[str, int]]]]:
    """The position before the versions of an event, and where each of them stands."""
    await eventually(served.is_ready, seconds=60, what=f"{served.url} is ready")
    async with AsyncNewsweave(served.url) as client:
        before = await client.position()
        await project(redis, versions())
        everything = [update async for update in client.stream(after=before, follow=False)]
    assert len(everything) == TOLD
    yield before, places(everything)


async def test_an_asynchronous_reader_whose_connections_are_cut_anywhere_misses_nothing(
    redis: Redis, served: ServiceProcess
) -> None:
    cuts = random.Random(17)
    budgets = chain((cuts.randint(400, 6_000) for _ in range(25)), repeat(None))
    breaks: list[str] = []
    async with (
        laid_out(redis, served) as (before, everything),
        cutting_proxy(served.url, budgets) as proxy,
        AsyncNewsweave(proxy, pause=short_pause) as client,
    ):
        stream = client.stream(after=before, follow=False, on_break=lambda why, _: breaks.append(why))
        assert places([update async for update in stream]) == everything
        assert stream.position == everything[-1][0]
    assert len(breaks) > 5


async def test_a_blocking_reader_whose_connections_are_cut_anywhere_misses_nothing(
    redis: Redis, served: ServiceProcess
) -> None:
    cuts = random.Random(18)
    budgets = chain((cuts.randint(400, 6_000) for _ in range(25)), repeat(None))
    breaks: list[str] = []

    def read(url: str, before: str) -> list[Update]:
        with Newsweave(url, pause=short_wait) as client:
            return list(client.stream(after=before, follow=False, on_break=lambda why, _: breaks.append(why)))

    async with laid_out(redis, served) as (before, everything), cutting_proxy(served.url, budgets) as proxy:
        assert places(await asyncio.to_thread(read, proxy, before)) == everything
    assert len(breaks) > 5


async def test_a_reader_outlives_the_service(redis: Redis, served: ServiceProcess) -> None:
    """Killed in the middle of the stream, and started again at the same address."""
    await eventually(served.is_ready, seconds=60, what=f"{served.url} is ready")
    told = versions()
    async with AsyncNewsweave(served.url, pause=short_pause) as client:
        before = await client.position()
        read: list[Update] = []

        async def follow() -> None:
            async for update in client.stream(after=before):
                read.append(update)  # noqa: PERF401 - one by one, as they come

        following = asyncio.create_task(follow())
        await project(redis, told[:20])
        await eventually(lambda: len(read) >= 10, what="ten updates")
        assert served.child is not None
        served.child.kill()
        await project(redis, told[20:], before=told[19])
        served.launch()
        await eventually(served.is_ready, seconds=60, what="the api is back")
        await eventually(lambda: len(read) >= TOLD, seconds=30, what="all updates")
        whole = [update async for update in client.stream(after=before, follow=False)]
        following.cancel()
        assert places(read) == places(whole)


async def test_a_reader_goes_on_in_another_run_after_what_it_dealt_with(redis: Redis, served: ServiceProcess) -> None:
    async with laid_out(redis, served) as (before, everything), AsyncNewsweave(served.url) as client:
        async with client.stream(after=before) as stream:
            first = [await anext(stream) for _ in range(7)]
        again = [update async for update in client.stream(after=stream.position, follow=False)]
        assert places(first + again) == everything


async def test_a_position_that_is_none_or_no_longer_held_is_told(redis: Redis, served: ServiceProcess) -> None:
    async with laid_out(redis, served) as (before, everything), AsyncNewsweave(served.url) as client:
        with pytest.raises(InvalidRequestError):
            await anext(client.stream(after="yesterday"))
        await redis.xtrim("view:log", minid=everything[5][0], approximate=False)
        with pytest.raises(GoneError) as caught:
            await anext(client.stream(after=before))
        assert caught.value.floor is not None


async def test_where_nothing_listens_the_stream_says_so(tmp_path: Path) -> None:
    async with AsyncNewsweave(f"http://127.0.0.1:{free_port()}") as client:
        with pytest.raises(NotReachableError, match="newsweave up"):
            await anext(client.stream())
