"""Replicas of the http role answer alike, whatever each has lived through."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from redis.asyncio import Redis

from benchmarks.made_events import made_event, people, vocabulary
from services.contracts.event import Event, EventStatus
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events

EVENTS = 60
QUERIES = (
    "/v1/events",
    "/v1/events?limit=7",
    "/v1/events?sort=published&limit=100",
    "/v1/events?sort=origins&limit=100",
    "/v1/events?sort=growth&limit=100",
    "/v1/events?q=police&limit=100",
    f"/v1/events?q={people()[0].split()[1]}",
    f"/v1/events?q={people()[1].split()[1]}x",
    f"/v1/events?q={vocabulary()[60]}+{vocabulary()[3]}",
    "/v1/events?publisher=outlet0.example&not_has=denial&facets=publisher,entity,speaker,has,kind",
    "/v1/events?min_origins=2&fields=event_id,counts&facets=family",
    "/v1/claims",
    "/v1/claims?limit=100&q=people",
    f"/v1/claims?speaker={people()[0]}",
    "/v1/claims?commitment=denies&min_origins=1&limit=50",
)


def second_version(number: int) -> Event:
    """An event changed: another's content under its id, or merged."""
    base = made_event(number)
    if number % 7 == 0:
        merged = {"version": 2, "status": EventStatus.MERGED, "merged_into": made_event(1).event_id}
        return base.model_copy(update=merged | {"articles": (), "claims": (), "entities": ()})
    return made_event(number + 1000).model_copy(update={"event_id": base.event_id, "version": 2})


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
