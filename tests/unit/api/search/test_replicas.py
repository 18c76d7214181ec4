"""Replicas of the http role answer alike, whatever each has lived through."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from redis.asyncio import Redis

from benchmarks.made_events import made_event
from tests.support.replicas import QUERIES, second_version
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events

EVENTS = 60


async def test_replicas_answer_alike_after_a_kill_and_a_rebuild(redis: Redis, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        lasting = await stack.enter_async_context(following(redis, tmp_path))
        # One follows every change; the other is killed, and built anew from what came of it.
        async with following(redis, tmp_path) as killed:
            for start in range(0, EVENTS, 20):
                await project_events(redis, [made_event(number) for number in range(start, start + 20)])
            await project_events(redis, [second_version(number) for number in range(0, EVENTS, 3) if number != 1])
            await caught_up(killed, redis)
        rebuilt = await stack.enter_async_context(following(redis, tmp_path))
        await asyncio.gather(caught_up(lasting, redis), caught_up(rebuilt, redis))
        clients = [await stack.enter_async_context(client_of(redis, one)) for one in (lasting, rebuilt)]
        for query in QUERIES:
            first, second = [await client.get(query) for client in clients]
            assert first.status_code == 200, first.text
            assert first.content == second.content, query
            assert first.json().get("events") or first.json().get("claims"), f"{query} finds nothing"
