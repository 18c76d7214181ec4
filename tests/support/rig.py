"""What runtime tests stand on: a real broker, a real Redis, topics of their own, and a look into any topic."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from aiokafka import ConsumerRecord
from redis.asyncio import Redis

from services.contracts.article import Article, ArticleInput, InputKind
from services.contracts.base import Contract
from services.contracts.topics import ARTICLE_INGESTED, Topic
from services.runtime.admin import ensure_topics
from services.runtime.consumer import Consumer
from services.runtime.handlers import Handler
from services.runtime.kafka_client import group_member
from services.runtime.messages import Outgoing
from services.runtime.producer import Producer
from services.runtime.reading import ends_of, open_reader
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.polling import eventually

M = TypeVar("M", bound=Contract)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def an_article(number: int, *, text: str = "A short text.") -> Article:
    """Some article; `number` makes it another one."""
    return Article(
        article_id=f"art_{number}",
        revision=1,
        text=text,
        fetched_at=NOON,
        content_hash=f"hash-{number}",
        input=ArticleInput(kind=InputKind.PUSH),
    )


def ingested(number: int, *, text: str = "A short text.") -> Outgoing:
    """The message that says so."""
    article = an_article(number, text=text)
    return Outgoing(ARTICLE_INGESTED, article.article_id, article, id=f"{article.article_id}:1", time=NOON)


@dataclass
class Rig:
    """A broker and a store with a topic prefix of their own."""

    settings: RuntimeSettings
    producer: Producer
    redis: Redis
    cluster_id: str

    async def publish(self, *numbers: int) -> None:
        """Publish articles with these numbers."""
        await self.producer.publish([ingested(number) for number in numbers])

    @asynccontextmanager
    async def consuming(
        self, handler: Handler[M], *, service: str = "extract", topic: Topic = ARTICLE_INGESTED
    ) -> AsyncIterator[asyncio.Task[None]]:
        """Run `handler` until the end of the block; it is stopped as SIGTERM would. A failure ends up in the task."""
        stopping, ready = asyncio.Event(), asyncio.Event()
        consumer = Consumer[M](
            service,
            topic,
            handler,
            kafka=group_member(service, topic.group(service), self.settings),
            producer=self.producer,
            settings=self.settings,
            max_batch_messages=self.settings.max_batch_messages,
            ready=ready,
        )
        task = asyncio.create_task(consumer.run(stopping))
        try:
            await eventually(lambda: ready.is_set() or task.done(), what="partitions assigned")
            yield task
        finally:
            stopping.set()
            await asyncio.wait([task])

    async def records(self, topic: str) -> list[ConsumerRecord]:
        """Every record of a topic, from its beginning to its present end."""
        return await read_topic(self.settings, topic)


async def read_topic(settings: RuntimeSettings, topic: str) -> list[ConsumerRecord]:
    """Every record of a topic, from its beginning to its present end."""
    async with open_reader(settings, [topic]) as reader:
        places = sorted(reader.assignment())
        ends = await ends_of(reader, places)
        for place in places:
            reader.seek(place, 0)
        found: list[ConsumerRecord] = []
        while any([await reader.position(place) < ends[place] for place in places]):
            for records in (await reader.getmany(timeout_ms=100)).values():
                found.extend(records)
        return found


@asynccontextmanager
async def open_rig(bootstrap_servers: str, redis_url: str, *, idempotence: bool, **more: object) -> AsyncIterator[Rig]:
    """A rig on running servers."""
    settings = RuntimeSettings.model_validate(
        {
            "kafka_bootstrap_servers": bootstrap_servers,
            "kafka_idempotence": idempotence,
            "redis_url": redis_url,
            "topic_prefix": f"t{uuid.uuid4().hex[:8]}.",
            "topic_partitions": 3,
            "session_timeout_ms": 6_000,
            "heartbeat_interval_ms": 500,
            "retry_seconds": 5.0,
            **more,
        }
    )
    redis = open_redis(settings)
    producer = Producer("extract", settings)
    cluster_id = await ensure_topics(settings)
    await producer.start()
    try:
        yield Rig(settings, producer, redis, cluster_id)
    finally:
        await producer.stop()
        await redis.aclose()
