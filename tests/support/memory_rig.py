"""Consumers on a broker in memory: what the tests of the loop stand on."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import TopicPartition

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.consumer import Consumer
from services.runtime.handlers import Handler
from services.runtime.messages import Headers, Message, Rejection, Result
from services.runtime.producer import Producer
from services.runtime.settings import RuntimeSettings
from tests.support.memory_broker import Group, MemoryBroker, MemoryConsumer
from tests.support.polling import eventually
from tests.support.rig import an_article

TOPIC = ARTICLE_INGESTED.name
DEAD_LETTERS = ARTICLE_INGESTED.dead_letters("extract")
GROUP = ARTICLE_INGESTED.group("extract")


class Gated:
    """A handler that notes what it is given, and handles it when the test opens the gate."""

    def __init__(self, *, opened: bool = True) -> None:
        self.gate = asyncio.Event()
        if opened:
            self.gate.set()
        self.batches: list[list[str]] = []
        """Keys of the messages of each batch that was begun."""
        self.seen: list[str] = []
        """Keys of the messages handled, in order."""
        self.refuse: set[str] = set()
        self.at_most: int | None = None
        """After how many messages it stops."""
        self.errors: list[Exception] = []
        """Raised one after the other, before anything is handled."""

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        if messages:
            self.batches.append([message.key for message in messages])
        await self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        covered = messages[: self.at_most]
        self.seen += [message.key for message in covered]
        refused = [Rejection(each, "refused") for each in covered if each.key in self.refuse]
        return Result(rejected=refused, handled=len(covered))


class MemoryRig:
    """A broker in memory with everything set so that tests take no time."""

    def __init__(self, partitions: int = 1, **settings: object) -> None:
        self.broker = MemoryBroker(partitions)
        self.settings = RuntimeSettings.model_validate({"poll_timeout_ms": 5, "retry_seconds": 5.0, **settings})
        self.producer = Producer("extract", self.settings, kafka=self.broker.producer())
        self.clients: list[MemoryConsumer] = []
        """One for each consumer that was run, in the order of their start."""

    @property
    def group(self) -> Group:
        return self.broker.groups[GROUP]

    def committed(self, partition: int = 0) -> int:
        """The next offset committed."""
        return self.group.committed.get(TopicPartition(TOPIC, partition), 0)

    async def publish(self, *numbers: int, partition: int = 0, headers: Headers = (), text: str = "Short.") -> None:
        """Publish articles with these numbers."""
        for number in numbers:
            article = an_article(number, text=text)
            await self.broker.append(
                TOPIC,
                article.article_id.encode(),
                article.model_dump_json().encode(),
                headers,
                partition=partition,
            )

    async def publish_raw(self, value: bytes, headers: Headers = (), *, key: bytes = b"k", partition: int = 0) -> None:
        """Publish any record."""
        await self.broker.append(TOPIC, key, value, headers, partition=partition)

    def letters(self) -> list[int]:
        """Offsets of the records that became dead letters, in the order of the letters."""
        return [int(dict(each.headers)["dlq_origin_offset"]) for each in self.broker.records(DEAD_LETTERS)]

    @asynccontextmanager
    async def consuming(self, handler: Handler[Article]) -> AsyncIterator[asyncio.Task[None]]:
        """Run `handler` until the end of the block; it is stopped as SIGTERM would. A failure ends up in the task."""
        stopping = asyncio.Event()
        async with self.stoppable(handler, stopping) as task:
            yield task

    @asynccontextmanager
    async def stoppable(self, handler: Handler[Article], stopping: asyncio.Event) -> AsyncIterator[asyncio.Task[None]]:
        """The same, to be stopped by the test as well."""
        consumer = self._consumer(handler)
        client = self.clients[-1]
        task = asyncio.create_task(consumer.run(stopping))
        try:
            await eventually(lambda: bool(client.generation) or task.done(), what="partitions assigned")
            yield task
        finally:
            stopping.set()
            await asyncio.wait([task])

    async def run(self, handler: Handler[Article], stopping: asyncio.Event) -> None:
        """Run `handler` until `stopping` is set, whether it gets partitions or not."""
        await self._consumer(handler).run(stopping)

    def _consumer(self, handler: Handler[Article]) -> Consumer[Article]:
        self.clients.append(self.broker.consumer(GROUP))
        return Consumer(
            "extract",
            ARTICLE_INGESTED,
            handler,
            kafka=self.clients[-1],
            producer=self.producer,
            settings=self.settings,
            max_batch_messages=self.settings.max_batch_messages,
            ready=asyncio.Event(),
        )
