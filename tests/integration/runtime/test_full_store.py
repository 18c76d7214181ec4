"""A Redis that takes no writes, or was restarted: what is refused, what waits, and that it goes on by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.local.redis import EmbeddedRedis
from services.runtime.errors import StoreFull, TransientError
from services.runtime.health import add_health_routes
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result
from services.runtime.process import Service, open_service
from services.runtime.redis_client import check_reads, check_writes, open_redis, redis_errors
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import kill
from tests.support.full_stores import full_disk, full_memory, needs_prlimit, running_redis_that_may_fill
from tests.support.logs import logging_as_before
from tests.support.polling import eventually, eventually_async
from tests.support.rig import Rig, open_rig

TOPIC = ARTICLE_INGESTED.name
Filling = Callable[[EmbeddedRedis], AbstractContextManager[None]]
FILLINGS = [full_memory, pytest.param(full_disk, marks=needs_prlimit)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with running_redis_that_may_fill(tmp_path_factory.mktemp("redis-to-fill")) as running:
        yield running


@pytest.fixture
async def redis(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    async with open_redis(RuntimeSettings(redis_url=server.url)) as client:
        await eventually_async(lambda: succeeds(command, client), what="writes are taken")
        yield client


async def command(redis: Redis) -> None:
    await redis.set("text", "y")


async def pipeline(redis: Redis) -> None:
    async with redis.pipeline(transaction=False) as pipe:
        pipe.set("text", "caused error: ('y because of: it's")
        pipe.get("text")
        await pipe.execute()


async def transaction(redis: Redis) -> None:
    async with redis.pipeline(transaction=True) as pipe:
        pipe.hincrby("hash", "epoch", 1)
        await pipe.execute()


async def watched_transaction(redis: Redis) -> None:
    async with redis.pipeline(transaction=True) as pipe:
        await pipe.watch("text")
        pipe.multi()  # type: ignore[no-untyped-call]
        pipe.set("text", "y")
        await pipe.execute()


WRITES = [command, pipeline, transaction, watched_transaction]


async def succeeds(write: Callable[[Redis], Awaitable[None]], redis: Redis) -> bool:
    try:
        await write(redis)
    except ResponseError:
        return False
    return True


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("filling", FILLINGS)
async def test_every_way_of_writing_to_a_full_redis_says_that_it_is_full_and_what_to_do(
    server: EmbeddedRedis, redis: Redis, filling: Filling, write: Callable[[Redis], Awaitable[None]]
) -> None:
    told = "takes no writes: (raise maxmemory|free space)"
    with filling(server), pytest.raises(StoreFull, match=told), redis_errors():
        await write(redis)
    await eventually_async(lambda: succeeds(write, redis), what="writes are taken again")


@pytest.mark.parametrize("filling", FILLINGS)
async def test_a_redis_that_fills_within_a_transaction_is_full(
    server: EmbeddedRedis, redis: Redis, filling: Filling
) -> None:
    async with redis.client() as connection:
        await connection.execute_command("MULTI")  # type: ignore[no-untyped-call]
        await connection.execute_command("SET", "text", "y")  # type: ignore[no-untyped-call]
        with filling(server), pytest.raises(StoreFull), redis_errors():
            await connection.execute_command("EXEC")  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("filling", FILLINGS)
async def test_a_full_redis_can_be_read(server: EmbeddedRedis, redis: Redis, filling: Filling) -> None:
    with filling(server):
        await check_reads(redis)
        assert await redis.get("text") == b"y"
        with pytest.raises(StoreFull):
            await check_writes(redis, "extract")


async def test_a_command_that_does_not_fit_its_key_is_our_bug_and_not_a_full_store(redis: Redis) -> None:
    with pytest.raises(ResponseError, match="WRONGTYPE"), redis_errors():
        await redis.hget("text", "MISCONF")


@pytest.mark.parametrize("write", WRITES)
async def test_the_first_command_after_a_restart_of_redis_succeeds(
    server: EmbeddedRedis, redis: Redis, write: Callable[[Redis], Awaitable[None]]
) -> None:
    await write(redis)
    kill(server)
    server.start()
    with redis_errors():
        await write(redis)


async def test_when_redis_ends_while_a_state_is_saved_nobody_is_fenced(server: EmbeddedRedis, redis: Redis) -> None:
    offsets = KeptOffsets(redis, "ending", "cluster")
    await offsets.take_over(TOPIC, [0])
    with pytest.raises(TransientError, match="does not answer"):
        await offsets.save(TOPIC, {0: 1}, lambda _pipe: kill(server))
    server.start()


class Tally:
    """Counts articles by id in Redis; a repeated article is counted again, so that a repetition shows."""

    def __init__(self, rig: Rig) -> None:
        self.offsets = KeptOffsets(rig.redis, f"{rig.settings.topic_prefix}:offsets", rig.cluster_id)
        self.key = f"{rig.settings.topic_prefix}:tally"
        self.pending: list[str] = []
        self.redis = rig.redis
        self.saves = self.takeovers = 0

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        self.pending = []
        self.takeovers += 1
        return await self.offsets.take_over(TOPIC, partitions)

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        self.pending += [message.key for message in messages]
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        self.saves += bool(next_offsets)
        pending = list(self.pending)
        await self.offsets.save(TOPIC, next_offsets, lambda pipe: [pipe.hincrby(self.key, key, 1) for key in pending])
        self.pending = []

    async def counted(self, number: int) -> bool:
        """Whether the first `number` articles were counted. Fails if one was counted twice."""
        found = await self.redis.hgetall(self.key)
        assert set(found.values()) <= {b"1"}, f"counted twice: {found}"
        return set(found) == {f"art_{each}".encode() for each in range(number)}


@pytest.fixture
async def own(broker: tuple[str, bool], server: EmbeddedRedis) -> AsyncIterator[Rig]:
    """A rig on the Redis to fill. Its times are short: the store stays full for longer than each of them."""
    bootstrap_servers, idempotence = broker
    async with open_rig(
        bootstrap_servers,
        server.url,
        idempotence=idempotence,
        session_timeout_ms=6_000 if idempotence else 2_000,
        max_poll_interval_ms=2_500,
        retry_seconds=0.5,
        http_port=0,
    ) as opened:
        yield opened


@pytest.mark.parametrize("filling", FILLINGS)
async def test_a_consumer_waits_for_a_full_store_longer_than_any_limit_and_goes_on_by_itself(
    own: Rig, server: EmbeddedRedis, filling: Filling
) -> None:
    tally = Tally(own)
    await own.publish(0)
    async with own.consuming(tally) as consuming:
        await eventually_async(lambda: tally.counted(1))
        with filling(server):
            tally.saves = 0
            await own.publish(1, 2)
            # One attempt a second: more of them than the retry time, the session and the poll interval allow for.
            await eventually(lambda: tally.saves > 3 or consuming.done(), what="it goes on trying")
            assert not consuming.done(), consuming.exception()
        await eventually_async(lambda: tally.counted(3), what="what waited is saved")
        await own.publish(3, 4)
        await eventually_async(lambda: tally.counted(5), what="new messages are handled")
        assert not consuming.done()


async def test_a_consumer_that_is_started_on_a_full_store_takes_over_when_there_is_room(
    own: Rig, server: EmbeddedRedis
) -> None:
    tally = Tally(own)
    await own.publish(0, 1)
    async with opened(own) as service:
        with full_memory(server):
            consuming = asyncio.create_task(service.consume(ARTICLE_INGESTED, tally))
            await eventually(lambda: tally.takeovers > 3 or consuming.done(), what="it goes on trying")
            assert not consuming.done(), consuming.exception()
        await eventually_async(lambda: tally.counted(2))
        service.stopping.set()
        await consuming


async def test_replicas_that_are_started_on_a_full_store_share_the_partitions_when_there_is_room(
    own: Rig, server: EmbeddedRedis
) -> None:
    first, second = Tally(own), Tally(own)
    await own.publish(*range(4))
    async with opened(own) as service, asyncio.TaskGroup() as consuming:
        with full_memory(server):
            consuming.create_task(service.consume(ARTICLE_INGESTED, first))
            # One attempt a second, for longer than a session: whoever sends no sign of life by then has lost its place.
            await eventually(lambda: first.takeovers > own.settings.session_timeout_ms / 1000 + 1)
            consuming.create_task(service.consume(ARTICLE_INGESTED, second))
            await eventually(lambda: second.takeovers)
        await eventually_async(lambda: first.counted(4))
        assert first.saves + second.saves > 0
        service.stopping.set()


@pytest.mark.parametrize("step", ["takeovers", "saves"])
async def test_a_consumer_that_waits_for_a_full_store_stops_at_once_when_it_is_told_to(
    own: Rig, server: EmbeddedRedis, step: str
) -> None:
    tally = Tally(own)
    async with opened(own) as service:
        if step == "saves":
            consuming = asyncio.create_task(service.consume(ARTICLE_INGESTED, tally))
            await eventually_async(lambda: is_ready(service))
        with full_memory(server):
            await own.publish(0)
            if step == "takeovers":
                consuming = asyncio.create_task(service.consume(ARTICLE_INGESTED, tally))
            await eventually(lambda: getattr(tally, step))
            service.stopping.set()
            async with asyncio.timeout(own.settings.drain_seconds / 2):
                await consuming
    assert await tally.counted(0)


@asynccontextmanager
async def opened(rig: Rig, *, writes_store: bool = True) -> AsyncIterator[Service]:
    with logging_as_before():
        async with open_service(
            "extract", rig.settings, consumes=[ARTICLE_INGESTED], writes_store=writes_store
        ) as service:
            yield service


async def is_ready(service: Service) -> bool:
    return await service.readiness.unmet() == []


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize(("writes_store", "status"), [(True, 503), (False, 200)])
async def test_who_writes_is_not_ready_while_the_store_is_full_and_who_only_reads_is(
    own: Rig, server: EmbeddedRedis, filling: Filling, writes_store: bool, status: int
) -> None:
    async with opened(own, writes_store=writes_store) as service:
        service.readiness.meet(f"consumes {TOPIC}")
        app = FastAPI()
        add_health_routes(app, service.readiness)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            with filling(server):
                answer = await client.get("/readyz")
                assert answer.status_code == status
                assert answer.json().get("waiting_for", ["redis writes"]) == ["redis writes"]
            await eventually_async(lambda: is_ready(service), what="ready again")
