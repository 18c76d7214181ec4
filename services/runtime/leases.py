"""Leases in Redis: of many replicas one does a work, and another takes it up when that one dies.

A lease has a fence: a number that grows each time it is taken. Whoever writes under a lease lets Redis compare the
fence in the same script as the write, so that a replica that slept through its lease writes nothing any more.
Source: M. Kleppmann, "How to do distributed locking" (2016).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from redis.asyncio import Redis

from services.runtime.errors import Fenced, TransientError
from services.runtime.redis_client import redis_errors

log = structlog.get_logger()
T = TypeVar("T")

_TAKE = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
"""
_RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""
_GIVE_BACK = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""


@dataclass(frozen=True)
class Lease:
    """A work that is ours for a while."""

    key: str
    """Whose value is the fence, for as long as the lease lasts."""
    fence: int


class Leases:
    """The leases of one work, by the key that holds who has it. Raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis, key: str, *, seconds: float) -> None:
        """Under `key`, and `key:fence` for the number; a lease lasts so many seconds unless it is renewed."""
        self._key = key
        self._milliseconds = max(1, int(seconds * 1000))
        self._seconds = seconds
        self._take = redis.register_script(_TAKE)
        self._renew = redis.register_script(_RENEW)
        self._give_back = redis.register_script(_GIVE_BACK)

    async def take(self) -> Lease | None:
        """The lease, if nobody has it."""
        with redis_errors():
            fence = int(await self._take(keys=[self._key, f"{self._key}:fence"], args=[self._milliseconds]))
        return Lease(self._key, fence) if fence else None

    async def renew(self, lease: Lease) -> None:
        """Let it last anew. Raises Fenced: it has ended."""
        with redis_errors():
            renewed = await self._renew(keys=[self._key], args=[lease.fence, self._milliseconds])
        if not renewed:
            raise Fenced(f"the lease {self._key} has ended")

    async def give_back(self, lease: Lease) -> None:
        """Let another have it at once."""
        with redis_errors():
            await self._give_back(keys=[self._key], args=[lease.fence])

    async def hold(self, lease: Lease, work: Coroutine[Any, Any, T]) -> T:
        """What `work` comes to; meanwhile the lease is renewed.

        Raises:
            Fenced: it was lost, and the work given up.
            TransientError: Redis did not answer until the lease had to end, and the work is given up.
        """
        return await renewing(work, lambda: self.renew(lease), name=self._key, lease_seconds=self._seconds)


async def renewing(
    work: Coroutine[Any, Any, T], renew: Callable[[], Awaitable[None]], *, name: str, lease_seconds: float
) -> T:
    """What `work` comes to; until then `renew` is called three times in the life of the lease that it renews.

    Args:
        work: What is done under the lease.
        renew: Lets the lease last anew.
        name: Of the lease, for the logs.
        lease_seconds: How long the lease lasts unless it is renewed.

    Raises:
        TransientError: the store did not answer until the lease was about to end, and the work is given up.
        Exception: whatever else `renew` raises; the work is given up.
    """
    clock = asyncio.get_running_loop().time
    task = asyncio.create_task(work)
    pause = lease_seconds / 3
    ends_at = clock() + lease_seconds
    try:
        while not (await asyncio.wait({task}, timeout=pause))[0]:
            asked_at = clock()
            try:
                await renew()
            except TransientError as error:
                if clock() + pause >= ends_at:
                    raise
                log.warning("lease not renewed, tried again", lease=name, reason=str(error))
            else:
                ends_at = asked_at + lease_seconds
        return task.result()
    finally:
        task.cancel()
