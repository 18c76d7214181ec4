"""Puts events and articles into a view as the projector does."""

from collections.abc import Sequence
from typing import TypeVar

from redis.asyncio import Redis

from services.api import projector
from services.api.history.steps import ChangeStep, EventStep
from services.api.projector import Projector
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.changed import EventChange
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event
from services.runtime.clock import Clock, SystemClock
from services.runtime.handlers import StatefulHandler
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message

CLUSTER = "cluster-1"
SYSTEM_CLOCK = SystemClock()
M = TypeVar("M", Event, EventChange, ExtractedArticle)


def event_projector(redis: Redis, clock: Clock = SYSTEM_CLOCK) -> Projector[Event, EventStep]:
    """A projector of its own, as after a restart."""
    offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, CLUSTER)
    return projector.event_projector(ViewStore(redis), offsets, clock=clock, stream_days=7)


def change_projector(redis: Redis) -> Projector[EventChange, ChangeStep]:
    """A projector of its own, as after a restart."""
    return projector.change_projector(ViewStore(redis), KeptOffsets(redis, OFFSETS_NAMESPACE, CLUSTER))


def article_projector(redis: Redis) -> Projector[ExtractedArticle, ExtractedArticle]:
    """A projector of its own, as after a restart."""
    return projector.article_projector(ViewStore(redis), KeptOffsets(redis, OFFSETS_NAMESPACE, CLUSTER))


async def project_events(redis: Redis, *batches: Sequence[Event], clock: Clock = SYSTEM_CLOCK) -> None:
    """Run the batches through a fresh projector."""
    messages = [[Message("event.updated.v1", 0, 0, event.event_id, event) for event in batch] for batch in batches]
    await _project(event_projector(redis, clock), messages)


async def project_articles(redis: Redis, *batches: Sequence[ExtractedArticle]) -> None:
    """Run the batches through a fresh projector."""
    messages = [
        [Message("claims.extracted.v1", 0, 0, each.article.article_id, each) for each in batch] for batch in batches
    ]
    await _project(article_projector(redis), messages)


async def project_changes(redis: Redis, *batches: Sequence[EventChange]) -> None:
    """Run the batches through a fresh projector."""
    messages = [[Message("event.changed.v1", 0, 0, each.event_id, each) for each in batch] for batch in batches]
    await _project(change_projector(redis), messages)


async def _project(handler: StatefulHandler[M], batches: Sequence[Sequence[Message[M]]]) -> None:
    offset = (await handler.take_over(frozenset({0}))).get(0, 0)
    for batch in batches:
        await handler.handle(batch)
        offset += len(batch)
        await handler.save({0: offset})


async def snapshot(redis: Redis) -> dict[bytes, object]:
    """All that the log alone decides: not the offsets, nor the update log, which has times and follows the batches.

    Of hashes the fields, whose order means nothing; of lists the entries.
    """
    keys = sorted([key async for key in redis.scan_iter("view:*")])
    return {key: await _content(redis, key) for key in keys if not key.startswith((b"view:offsets:", b"view:log"))}


async def _content(redis: Redis, key: bytes) -> object:
    if await redis.type(key) == b"hash":
        return await redis.hgetall(key)
    if await redis.type(key) == b"list":
        return await redis.lrange(key, 0, -1)
    return await redis.dump(key)
