"""The merge stage on a real broker: the views are the same however many replicas share the events, and if one dies."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from services.contracts.event import Event
from services.contracts.placed import EventPlaced
from services.contracts.topics import EVENT_PLACED, EVENT_UPDATED
from services.dedupe.merge_handler import MergeHandler
from services.dedupe.store.event_store import EventStore
from services.dedupe.store.shard_store import OFFSETS_NAMESPACE
from services.dedupe.unpublished_events import UnpublishedEvents
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Outgoing
from tests.support.brokers import broker_kinds, running_broker, running_redis
from tests.support.embedders import LetterEmbedder
from tests.support.placements import some_placements
from tests.support.polling import eventually_async
from tests.support.rig import Rig, open_rig

ROUNDS = 4
"""In which the stream is published; between them a replica comes or goes."""
SECONDS = 60.0


@pytest.fixture(scope="module", params=broker_kinds())
def broker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bool]]:
    folder: Path = tmp_path_factory.mktemp(f"broker-{request.param}")
    with running_broker(request.param, folder) as running:
        yield running.bootstrap_servers, running.idempotence


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


@asynccontextmanager
async def fresh_rig(broker: tuple[str, bool], redis_url: str) -> AsyncIterator[Rig]:
    servers, idempotence = broker
    session = 6_000 if idempotence else 2_000
    async with open_rig(
        servers, redis_url, idempotence=idempotence, session_timeout_ms=session, max_batch_messages=5
    ) as rig:
        await rig.redis.flushdb()
        yield rig


def new_handler(rig: Rig) -> MergeHandler:
    embedder = LetterEmbedder()
    return MergeHandler(
        EventStore(rig.redis),
        KeptOffsets(rig.redis, OFFSETS_NAMESPACE, rig.cluster_id),
        embedder,
        rig.cluster_id,
        unpublished=UnpublishedEvents(interval_seconds=0.05),
        kept_articles=5,
    )


def placed(value: EventPlaced, number: int) -> Outgoing:
    return Outgoing(EVENT_PLACED, value.event_id, value, id=str(number), time=value.updated_at)


async def views(rig: Rig) -> dict[str, bytes]:
    """By event, the view of the highest version; each version has one view only."""
    found: dict[str, dict[int, bytes]] = {}
    for record in await rig.records(EVENT_UPDATED.name):
        event = Event.model_validate_json(record.value)
        versions = found.setdefault(event.event_id, {})
        assert versions.setdefault(event.version, record.value) == record.value
    return {event_id: versions[max(versions)] for event_id, versions in found.items()}


async def published(rig: Rig, stream: list[EventPlaced], replicas: int, dying: bool) -> dict[str, bytes]:
    """Publish the stream bit by bit, let so many replicas work on it, and give the last views."""
    wanted = {value.event_id: value.version for value in sorted(stream, key=lambda value: value.version)}

    async def all_told() -> bool:
        found = await views(rig)
        return {event_id: Event.model_validate_json(view).version for event_id, view in found.items()} == wanted

    size = -(-len(stream) // ROUNDS)
    async with AsyncExitStack() as running:
        tasks = [
            await running.enter_async_context(rig.consuming(new_handler(rig), service="dedupe", topic=EVENT_PLACED))
            for _ in range(replicas)
        ]
        for at in range(0, len(stream), size):
            await rig.producer.publish([placed(value, at) for value in stream[at : at + size]])
            if dying and at == size:
                tasks[0].cancel()
        if dying and replicas == 1:
            await asyncio.wait(tasks)
            await running.enter_async_context(rig.consuming(new_handler(rig), service="dedupe", topic=EVENT_PLACED))
        await eventually_async(all_told, seconds=SECONDS, what="the last version of every event published")
    return await views(rig)


def test_one_two_and_three_replicas_give_the_same_last_views_also_where_one_dies(
    broker: tuple[str, bool], redis_url: str
) -> None:
    async def run() -> None:
        stream = some_placements(4, steps=60)
        told = []
        for replicas, dying in ((1, False), (1, True), (2, True), (3, True)):
            async with fresh_rig(broker, redis_url) as rig:
                told.append(await published(rig, stream, replicas, dying))
        assert told[1:] == told[:1] * 3

    asyncio.run(run())
