"""The consumer loop: the only place that reads from Kafka and commits.

One batch at a time: 1 decode, 2 handle, 3 publish and await, 4 save state with the offsets it covers, 5 commit. A
crash between any two steps repeats the batch, and every step is idempotent, so a repetition changes nothing.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import CommitFailedError, IllegalStateError

from services.contracts.base import Contract
from services.contracts.topics import MAX_MESSAGE_BYTES, Topic
from services.runtime import metrics
from services.runtime.batch import Batch, Origin
from services.runtime.dead_letters import FailureLimit
from services.runtime.errors import StateLost
from services.runtime.handlers import Handler, LeavingHandler, StatefulHandler
from services.runtime.kafka_errors import kafka_errors, stop_consumer
from services.runtime.messages import RawMessage, Result
from services.runtime.producer import ENVELOPE_BYTES, Producer
from services.runtime.retry import retrying
from services.runtime.settings import RuntimeSettings
from services.runtime.stopping import cut_short

M = TypeVar("M", bound=Contract)
T = TypeVar("T")
log = structlog.get_logger()

MOST_STATE_LOSSES = 5
"""Times in a row that state is loaded again before we stop: a store that keeps losing it needs a person."""

VERIFY_SECONDS = 1.0
"""Pause between looks at the store while nothing comes in."""


class Consumer(ConsumerRebalanceListener, Generic[M]):  # type: ignore[misc]
    """Runs one handler on one topic."""

    def __init__(
        self,
        service: str,
        topic: Topic,
        handler: Handler[M],
        *,
        group: str,
        producer: Producer,
        settings: RuntimeSettings,
        max_batch_messages: int,
        min_interval_seconds: float = 0.0,
        ready: asyncio.Event,
    ) -> None:
        """Set up, connect to nothing. `ready` is set while we are a member of the group, with partitions or without."""
        self._service = service
        self._topic = topic
        self._name = settings.topic_prefix + topic.name
        self._handler = handler
        self._stateful = handler if isinstance(handler, StatefulHandler) else None
        self._producer = producer
        self._settings = settings
        self._max_batch_messages = max_batch_messages
        self._min_interval_seconds = min_interval_seconds
        self._limit = FailureLimit(settings)
        self._losses = 0
        self._verified = 0.0
        self._origin = Origin(service, topic, settings.topic_prefix)
        self._busy = asyncio.Lock()  # held while a batch is in hand; a rebalance waits for it
        self._owned: frozenset[int] = frozenset()
        self._generation = 0  # grows with each assignment and seek: what was polled before must not be handled after
        self._failure: BaseException | None = None
        self._ready = ready
        self._kafka = AIOKafkaConsumer(
            bootstrap_servers=settings.kafka_bootstrap_servers,
            client_id=service,
            group_id=settings.topic_prefix + group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=settings.fetch_max_wait_ms,
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES + ENVELOPE_BYTES,
            session_timeout_ms=settings.session_timeout_ms,
            heartbeat_interval_ms=settings.heartbeat_interval_ms,
            max_poll_interval_ms=settings.max_poll_interval_ms,
        )

    async def run(self, stopping: asyncio.Event) -> None:
        """Consume until told to stop.

        The batch in hand is finished and committed if `drain_seconds` are enough for it. If not, nothing of it is
        committed, and whoever owns its partitions next repeats it.

        Raises:
            TransientError: a dependency did not come back within the retry time. Nothing of the batch is committed.
            Fenced: another writer owns a partition.
            StateLost: the store lost what was saved, time and again.
            TooManyFailures: nearly everything went to the dead letters.
        """
        structlog.contextvars.bind_contextvars(topic=self._name)
        self._kafka.subscribe([self._name], listener=self)
        try:
            async with cut_short(stopping, grace_seconds=0):  # nothing is in hand yet
                await self._retrying("start", self._start)
            async with cut_short(stopping, grace_seconds=self._settings.drain_seconds) as draining:
                await self._consume(stopping)
            if draining.expired():
                log.warning("stopped in the middle of a batch, which will be repeated")
        finally:
            self._ready.clear()
            await stop_consumer(self._kafka)

    async def _consume(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            began = time.monotonic()
            taken = await self._poll()
            if not taken:
                await self._verify()
            elif taken < self._max_batch_messages:
                await self._pause(stopping, self._min_interval_seconds - (time.monotonic() - began))

    async def _start(self) -> None:
        with kafka_errors():
            await self._kafka.start()

    @staticmethod
    async def _pause(stopping: asyncio.Event, seconds: float) -> None:
        """Let messages gather, so that a busy event is published once for all of them."""
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), seconds)

    async def _poll(self) -> int:
        """Take and process one batch; the number of messages in it."""
        records: dict[TopicPartition, list[ConsumerRecord]] = await self._kafka.getmany(
            timeout_ms=self._settings.poll_timeout_ms, max_records=self._max_batch_messages
        )
        generation = self._generation  # taken with no await since the poll: these records belong to it
        if self._failure is not None:
            raise self._failure
        if not records:
            return 0
        async with self._busy:
            if generation != self._generation or not self._owned:
                return 0  # polled before a rebalance or a seek: whoever owns the partitions now reads it again
            batch = Batch[M]([_raw(record) for place in sorted(records) for record in records[place]], self._origin)
            with structlog.contextvars.bound_contextvars(batch=batch.coordinates):
                await self._process(batch)
            return len(batch)

    async def _process(self, batch: Batch[M]) -> None:
        """Steps 2 to 5 for one decoded batch."""
        began = time.perf_counter()
        result = await self._retrying("handle", lambda: self._handler.handle(batch.messages))  # 2
        batch.reject(result.rejected)
        await self._retrying("publish", lambda: self._publish(result, batch))  # 3
        self._limit.note(handled=len(batch) - len(batch.letters), failed=len(batch.letters))
        if self._stateful is not None and not await self._save(self._stateful, batch.next_offsets):  # 4
            return
        await self._commit(batch.next_offsets)  # 5
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
        """While nothing comes in: see that what was saved is still there, and publish what had to wait."""
        if self._stateful is None or time.monotonic() - self._verified < VERIFY_SECONDS:
            return
        async with self._busy:
            if self._owned and await self._save(self._stateful, {}):
                await self._publish_left_over()
        self._verified = time.monotonic()

    async def _publish_left_over(self) -> None:
        handler = self._handler
        if isinstance(handler, LeavingHandler):
            left = await self._retrying("left over", handler.left_over)
            await self._retrying("publish", lambda: self._producer.publish(left.outgoing))

    async def _take_over(self, handler: StatefulHandler[M]) -> None:
        """Load the state of what we own and go to where it ends."""
        owned = self._owned
        kept = await self._retrying("take over", lambda: handler.take_over(owned))
        for partition in sorted(owned):
            # Not seek_to_beginning: its answer may come after the first records and rewind to them. Where the log's
            # start is gone, offset 0 is out of range and `auto_offset_reset` goes to the earliest that is left.
            self._kafka.seek(TopicPartition(self._name, partition), kept.get(partition, 0))
        self._generation += 1  # what was polled before the seek is read again

    async def _commit(self, next_offsets: Mapping[int, int]) -> None:
        """Commit exactly what this batch covers. Losing the partition meanwhile is routine: its owner repeats."""
        offsets = {TopicPartition(self._name, partition): offset for partition, offset in next_offsets.items()}
        try:
            await self._retrying("commit", lambda: self._commit_once(offsets))
        except (CommitFailedError, IllegalStateError) as error:
            log.info("partitions moved on before the commit", reason=str(error))

    async def _commit_once(self, offsets: Mapping[TopicPartition, int]) -> None:
        with kafka_errors():
            await self._kafka.commit(dict(offsets))

    async def _retrying(self, step: str, action: Callable[[], Awaitable[T]]) -> T:
        return await retrying(step, action, service=self._service, seconds=self._settings.retry_seconds)

    def _measure(self, batch: Batch[M], seconds: float) -> None:
        topic = self._topic.name
        failed = len(batch.letters)
        metrics.MESSAGES.labels(self._service, topic, "handled").inc(len(batch) - failed)
        metrics.MESSAGES.labels(self._service, topic, "dead_letter").inc(failed)
        metrics.BATCH_SECONDS.labels(self._service, topic).observe(seconds)
        for partition, offset in batch.next_offsets.items():
            end = self._kafka.highwater(TopicPartition(self._name, partition))
            if end is not None:
                metrics.LAG.labels(self._service, topic, str(partition)).set(max(0, end - offset))

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Wait for the batch in hand, whose offsets are then committed; what was polled since is dropped."""
        async with self._busy:
            self._owned = frozenset()
        if revoked:
            log.info("partitions given back", partitions=sorted(place.partition for place in revoked))

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Take over: load the state, seek to the offsets kept with it."""
        self._generation += 1  # before any await: records polled from here on belong to the new assignment
        async with self._busy:
            self._owned = frozenset(place.partition for place in assigned)
            try:
                if self._stateful is not None and self._owned:
                    await self._take_over(self._stateful)
            except Exception as error:  # noqa: BLE001 - aiokafka swallows it here: run() raises it instead
                self._failure = error
                return
        metrics.REASSIGNMENTS.labels(self._service, self._topic.name).inc()
        log.info("partitions taken over", partitions=sorted(self._owned))
        self._ready.set()


def _raw(record: ConsumerRecord) -> RawMessage:
    return RawMessage(record.topic, record.partition, record.offset, record.key, record.value, tuple(record.headers))
