"""The consumer loop: the only place that reads from Kafka and commits.

The story of a batch: 1 poll, and cut what came by number and bytes; 2 decode; 3 handle; 4 publish and await; 5 save
state with the offsets it covers; 6 commit. A crash between any two steps repeats the batch, and every step is
idempotent, so a repetition changes nothing. An `OutboxHandler` saves what it publishes: that goes out after step 5, and
first of all when its partitions are taken over.

A handler whose time is up stops early. Steps 4 to 6 then follow for what it has done, and the rest of what was polled
is the next batch, without another poll. Polling goes on beside the work (polling.py), and a rebalance waits for the
batch in hand (assignment.py): so no batch is begun again because it took long.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from services.contracts.base import Contract
from services.contracts.topics import Topic
from services.runtime import metrics
from services.runtime.assignment import Assignment
from services.runtime.batch import Batch, Origin, within_bytes
from services.runtime.dead_letters import Failures
from services.runtime.errors import StateLost, StoreFull
from services.runtime.handlers import Handler, OutboxHandler, StatefulHandler
from services.runtime.kafka_client import KafkaClient
from services.runtime.kafka_errors import kafka_errors, stop_consumer
from services.runtime.messages import RawMessage, Result
from services.runtime.polling import Polling
from services.runtime.producer import Producer
from services.runtime.retry import retrying
from services.runtime.settings import RuntimeSettings
from services.runtime.stopping import cut_short, raise_if_cancelled

M = TypeVar("M", bound=Contract)
T = TypeVar("T")
log = structlog.get_logger()

MOST_STATE_LOSSES = 5
"""Times in a row that state is loaded again before we stop: a store that keeps losing it needs a person."""

VERIFY_SECONDS = 1.0
"""Pause between looks at the store while nothing comes in."""


class Consumer(Generic[M]):
    """Runs one handler on one topic."""

    def __init__(
        self,
        service: str,
        topic: Topic,
        handler: Handler[M],
        *,
        kafka: KafkaClient,
        producer: Producer,
        settings: RuntimeSettings,
        max_batch_messages: int,
        ready: asyncio.Event,
    ) -> None:
        """Set up, connect to nothing. `ready` is set while we are a member of the group, with partitions or without."""
        self._service = service
        self._topic = topic
        self._name = settings.topic_prefix + topic.name
        self._handler = handler
        self._stateful = handler if isinstance(handler, StatefulHandler) else None
        self._outbox = handler if isinstance(handler, OutboxHandler) else None
        self._kafka = kafka
        self._producer = producer
        self._settings = settings
        self._max_batch_messages = max_batch_messages
        self._failures = Failures(settings)
        self._losses = 0
        self._verified = 0.0
        self._origin = Origin(service, topic, settings.topic_prefix)
        self._assignment = Assignment()
        self._polling = Polling(kafka, self._assignment, settings)
        self._stopping = asyncio.Event()
        self._ready = ready

    async def run(self, stopping: asyncio.Event) -> None:
        """Consume until told to stop.

        The batch in hand is finished and committed if `drain_seconds` are enough for it. If not, nothing of it is
        committed, and whoever owns its partitions next repeats it.

        Raises:
            TransientError: a dependency did not come back within the retry time. Nothing of the batch is committed.
            Fenced: another writer owns a partition.
            StateLost: the store lost what was saved, time and again.
            TooManyFailures: the handler rejected nearly everything. Nothing of the batch is published or committed.
            NewerProducer: the next message can only be read by a newer version of the service.
        """
        self._stopping = stopping
        structlog.contextvars.bind_contextvars(topic=self._name)
        self._kafka.subscribe([self._name], listener=self._assignment)
        polling_on = asyncio.create_task(self._polling.keep_on())
        try:
            async with cut_short(stopping, grace_seconds=0):  # nothing is in hand yet
                await self._retrying("start", self._start)
            async with cut_short(stopping, grace_seconds=self._settings.drain_seconds) as draining:
                await self._consume(stopping)
            if draining.expired():
                log.warning("stopped in the middle of a batch, which will be repeated")
        except StoreFull as error:  # only because we are to stop: until then a full store is waited for
            log.warning("stopped in the middle of a batch, which will be repeated", reason=str(error))
        finally:
            polling_on.cancel()
            self._ready.clear()
            await stop_consumer(self._kafka)

    async def _consume(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            raise_if_cancelled()
            async with cut_short(stopping, grace_seconds=0):  # in a rebalance a poll waits for the batches of others
                records, generation = await self._polling.records(self._max_batch_messages)  # 1
            if stopping.is_set():
                return
            await self._prepare()
            await self._work_off(records, generation, stopping)
            if not records:
                await self._verify()

    async def _start(self) -> None:
        with kafka_errors():
            await self._kafka.start()

    async def _work_off(self, records: Sequence[RawMessage], generation: int, stopping: asyncio.Event) -> None:
        """Take what was polled as batches, one after the other, as long as it is ours to handle."""
        while records and not stopping.is_set():
            raise_if_cancelled()
            async with self._assignment.held(generation) as ours:
                if not ours:
                    return  # polled before a rebalance or a seek: whoever owns the partitions now reads it again
                size = within_bytes(records, self._settings.max_batch_bytes)
                newer_as_garbage = self._settings.newer_messages == "dead_letter"
                batch = Batch[M](records[:size], self._origin, newer_as_garbage=newer_as_garbage)  # 2
                with structlog.contextvars.bound_contextvars(batch=batch.coordinates):
                    await self._process(batch)
                records = records[len(batch) :]

    async def _process(self, batch: Batch[M]) -> None:
        """Steps 3 to 6 for one decoded batch, which ends where the handler stopped."""
        began = time.perf_counter()
        result = await self._retrying("handle", lambda: self._handler.handle(batch.messages))  # 3
        if result.handled is not None:
            batch.end_after(result.handled)
        batch.reject(result.rejected)
        self._failures.note(messages=len(batch.messages), rejected=batch.rejected, garbage=batch.garbage)
        await self._retrying("publish", lambda: self._publish(result, batch))  # 4
        batch.log_dead_letters()
        if self._stateful is not None and not await self._save(self._stateful, batch.next_offsets):  # 5
            return
        await self._publish_saved()
        await self._commit(batch.next_offsets)  # 6
        self._measure(batch, time.perf_counter() - began)

    async def _publish(self, result: Result, batch: Batch[M]) -> None:
        await self._producer.publish(result.outgoing)
        await self._producer.send(batch.letters)

    async def _save(self, handler: StatefulHandler[M], next_offsets: Mapping[int, int]) -> bool:
        """Whether the state was saved; if it was lost meanwhile, it is loaded again and the batch will repeat."""
        try:
            await self._retrying("save", lambda: handler.save(next_offsets))
        except StateLost as error:
            self._losses += 1
            if self._losses > MOST_STATE_LOSSES:
                raise
            log.warning("state lost, loading it again", reason=str(error))
            await self._take_over(handler)
            return False
        self._losses = 0
        return True

    async def _verify(self) -> None:
        """While nothing comes in: publish what had to wait, and see that what was saved is still there."""
        if self._stateful is None:
            return
        due = time.monotonic() - self._verified >= VERIFY_SECONDS
        async with self._assignment.held(self._assignment.generation) as ours:
            if not ours or not (await self._got_ready() or due):
                return
            if await self._save(self._stateful, {}):
                await self._publish_saved()
        self._verified = time.monotonic()

    async def _got_ready(self) -> bool:
        """Whether a handler with an outbox has something new in it, to be saved and published."""
        return self._outbox is not None and await self._retrying("get ready", self._outbox.prepare_while_idle)

    async def _publish_saved(self) -> None:
        """What a handler with an outbox has saved to be published."""
        if self._outbox is not None:
            saved = self._outbox.take_outbox()
            await self._retrying("publish", lambda: self._producer.publish(saved))

    async def _prepare(self) -> None:
        """For the partitions that we were just given, if we were.

        A rebalance does not wait for it, as it waits for a batch: there is nothing in hand, and the store may be full.
        """
        async with self._assignment.held(self._assignment.generation):
            if not self._assignment.fresh:
                return
            async with cut_short(self._assignment.leaving, grace_seconds=0) as preparing:
                if self._stateful is not None and self._assignment.owned:
                    await self._take_over(self._stateful)
            if preparing.expired():
                return
            self._assignment.fresh = False
        metrics.REASSIGNMENTS.labels(self._service, self._topic.name).inc()
        log.info("partitions taken over", partitions=sorted(self._assignment.owned))
        self._ready.set()

    async def _take_over(self, handler: StatefulHandler[M]) -> None:
        """Load the state of what we own and go to where it ends."""
        owned = self._assignment.owned
        kept = await self._retrying("take over", lambda: handler.take_over(owned))
        await self._publish_saved()
        for partition in sorted(owned):
            # Not seek_to_beginning: its answer may come after the first records and rewind to them. Where the log's
            # start is gone, offset 0 is out of range and `auto_offset_reset` goes to the earliest that is left.
            self._kafka.seek(TopicPartition(self._name, partition), kept.get(partition, 0))
        self._assignment.void()  # what was polled before the seek is read again

    async def _commit(self, next_offsets: Mapping[int, int]) -> None:
        """Commit exactly what this batch covers. Losing the partition meanwhile is routine: its owner repeats."""
        offsets = {TopicPartition(self._name, partition): offset for partition, offset in next_offsets.items()}
        try:
            await self._retrying("commit", lambda: self._commit_once(offsets))
        except (CommitFailedError, IllegalStateError) as error:
            log.info("partitions moved on before the commit", reason=type(error).__name__)
            self._assignment.void()  # the rest of what was polled has moved on as well

    async def _commit_once(self, offsets: Mapping[TopicPartition, int]) -> None:
        with kafka_errors():
            await self._kafka.commit(dict(offsets))

    async def _retrying(self, step: str, action: Callable[[], Awaitable[T]]) -> T:
        return await retrying(
            step, action, service=self._service, seconds=self._settings.retry_seconds, stopping=self._stopping
        )

    def _measure(self, batch: Batch[M], seconds: float) -> None:
        topic = self._topic.name
        failed = batch.garbage + batch.rejected
        metrics.MESSAGES.labels(self._service, topic, "handled").inc(len(batch) - failed)
        metrics.MESSAGES.labels(self._service, topic, "dead_letter").inc(failed)
        metrics.BATCH_SECONDS.labels(self._service, topic).observe(seconds)
        for partition, offset in batch.next_offsets.items():
            end = self._kafka.highwater(TopicPartition(self._name, partition))
            if end is not None:
                metrics.LAG.labels(self._service, topic, str(partition)).set(max(0, end - offset))
