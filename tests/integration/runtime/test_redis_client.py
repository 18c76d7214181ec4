"""The client of Redis under many requests at once."""

import asyncio
from pathlib import Path
from typing import cast

from redis.asyncio import Redis

from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_redis
from tests.support.polling import eventually_async

WAITING = 300
"""More than redis-py's own bound on connections."""


async def take(redis: Redis) -> int:
    """Wait for an element of the list."""
    _, value = cast("tuple[bytes, bytes]", await redis.blpop(["list"], timeout=20))
    return int(value)


async def test_hundreds_of_commands_that_wait_side_by_side_all_get_a_connection(tmp_path: Path) -> None:
    with running_redis(tmp_path) as running:
        async with open_redis(RuntimeSettings(redis_url=running.url)) as redis:

            async def all_wait() -> bool:
                return bool((await redis.info("clients"))["blocked_clients"] == WAITING)

            async with asyncio.TaskGroup() as tasks:
                waiting = [tasks.create_task(take(redis)) for _ in range(WAITING)]
                await eventually_async(all_wait, what="all wait")
                await redis.rpush("list", *range(WAITING))
    assert sorted(task.result() for task in waiting) == list(range(WAITING))
