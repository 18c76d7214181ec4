"""Leases, over a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from services.runtime.errors import Fenced, TransientError
from services.runtime.leases import Lease, Leases
from tests.support.brokers import running_redis
from tests.support.polling import eventually_async

KEY = "reading:work"


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[Redis]:
    with running_redis(tmp_path) as server:
        client = Redis.from_url(server.url)
        yield client
        await client.aclose()


async def test_of_two_replicas_one_has_the_lease_and_the_other_takes_it_up(redis: Redis) -> None:
    one, other = Leases(redis, KEY, seconds=60), Leases(redis, KEY, seconds=60)
    lease = await one.take()
    assert lease is not None
    assert await other.take() is None
    await one.give_back(lease)
    later = await other.take()
    assert later is not None
    assert later.fence > lease.fence
    await one.give_back(lease)  # is no longer its to give
    assert await one.take() is None


async def test_a_lease_that_ended_can_neither_be_renewed_nor_written_under(redis: Redis) -> None:
    leases = Leases(redis, KEY, seconds=0.05)
    lease = await leases.take()
    assert lease is not None

    async def ended() -> bool:
        return not await redis.exists(KEY)

    await eventually_async(ended, seconds=10)
    with pytest.raises(Fenced):
        await leases.renew(lease)


async def test_a_lease_lasts_as_long_as_the_work(redis: Redis) -> None:
    leases = Leases(redis, KEY, seconds=0.3)
    lease = await leases.take()
    assert lease is not None
    is_done = asyncio.Event()

    async def work() -> str:
        await is_done.wait()
        return "done"

    held = asyncio.create_task(leases.hold(lease, work()))
    for _ in range(5):
        assert not await asyncio.wait_for(_expires_within(redis, 0.35), 10)
    is_done.set()
    assert await held == "done"


async def test_work_is_given_up_when_its_lease_is_lost(redis: Redis) -> None:
    leases = Leases(redis, KEY, seconds=0.1)
    lease = await leases.take()
    assert lease is not None
    await redis.delete(KEY)
    is_cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            is_cancelled.set()

    with pytest.raises(Fenced):
        await leases.hold(lease, work())
    await asyncio.wait_for(is_cancelled.wait(), 5)


async def test_one_renewal_that_redis_does_not_answer_loses_no_work(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases = Leases(redis, KEY, seconds=3)
    lease = await leases.take()
    assert lease is not None
    renew, renewals = leases.renew, 0
    is_renewed = asyncio.Event()

    async def renew_from_the_second_time(lease: Lease) -> None:
        nonlocal renewals
        renewals += 1
        if renewals == 1:
            raise TransientError("Redis does not answer")
        await renew(lease)
        is_renewed.set()

    monkeypatch.setattr(leases, "renew", renew_from_the_second_time)

    async def work() -> str:
        await is_renewed.wait()
        return "done"

    assert await asyncio.wait_for(leases.hold(lease, work()), 10) == "done"


async def test_work_is_given_up_when_redis_does_not_answer_until_the_lease_ends(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases = Leases(redis, KEY, seconds=0.3)
    lease = await leases.take()
    assert lease is not None

    async def fail(_: Lease) -> None:
        raise TransientError("Redis does not answer")

    monkeypatch.setattr(leases, "renew", fail)
    with pytest.raises(TransientError):
        await asyncio.wait_for(leases.hold(lease, asyncio.Event().wait()), 5)


async def _expires_within(redis: Redis, seconds: float) -> bool:
    """Whether the lease is gone at some moment of that time."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        if not await redis.exists(KEY):
            return True
        await asyncio.sleep(0.01)
    return False
