"""Publishing: acknowledged by all in-sync replicas, idempotent where the broker can, compressed with zstd."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence
from typing import Protocol, Self

import structlog
from aiokafka import AIOKafkaProducer

from services.contracts import dead_letter
from services.contracts.topics import MAX_MESSAGE_BYTES
from services.runtime import metrics
from services.runtime.kafka_errors import kafka_errors
from services.runtime.messages import Headers, Outgoing, Record, encode
from services.runtime.passwords import kafka_security
from services.runtime.settings import RuntimeSettings

log = structlog.get_logger()

ENVELOPE_BYTES = 64 * 1024
"""Room for key and headers beside the largest value."""
BATCH_BYTES = 256 * 1024
"""Of small messages that share a request, and are compressed together: hundreds of changes rather than ten."""


class KafkaSender(Protocol):
    """What a producer needs of a Kafka client, with aiokafka's names and behaviour."""

    async def start(self) -> None:
        """Connect. Raises a KafkaError if no broker answers."""
        ...

    async def stop(self) -> None:
        """Send what is buffered and disconnect."""
        ...

    async def send(self, topic: str, *, key: bytes | None, value: bytes | None, headers: Headers) -> Awaitable[object]:
        """Buffer a record. What it gives is to be awaited for the broker's acknowledgement."""
        ...


class Producer:
    """Publishes contracts of one service, and what it could not use."""

    def __init__(self, service: str, settings: RuntimeSettings, *, kafka: KafkaSender | None = None) -> None:
        """Connect to nothing. `kafka`: another client than that of a real broker."""
        self._service = service
        self._prefix = settings.topic_prefix
        self._kafka: KafkaSender = kafka or AIOKafkaProducer(
            bootstrap_servers=settings.kafka_bootstrap_servers,
            **kafka_security(settings),
            client_id=service,
            acks="all",
            enable_idempotence=settings.kafka_idempotence,
            compression_type="zstd",
            max_request_size=MAX_MESSAGE_BYTES + ENVELOPE_BYTES,
            max_batch_size=BATCH_BYTES,
            linger_ms=2,  # lets the messages of one batch share requests
        )

    async def start(self) -> Self:
        """Connect.

        Raises:
            TransientError: no broker answers.
        """
        with kafka_errors():
            await self._kafka.start()
        return self

    async def stop(self) -> None:
        """Send what is buffered and disconnect."""
        await self._kafka.stop()

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        """Publish in the given order and wait until the broker has all.

        A value above `MAX_MESSAGE_BYTES` is not sent: a dead letter of its topic says which and why.

        Raises:
            TransientError: the broker does not take them for now; publish all again.
        """
        await self.send([self._record(message) for message in outgoing])

    def _record(self, message: Outgoing) -> Record:
        key, value, headers = encode(message, source=f"newsweave/{self._service}")
        topic = self._prefix + message.topic.name
        if len(value) <= MAX_MESSAGE_BYTES:
            return topic, key, value, headers
        reason = f"message {message.id} has {len(value)} bytes, the limit is {MAX_MESSAGE_BYTES}"
        log.error("message too large", topic=topic, key=message.key, reason=reason)
        letters = self._prefix + message.topic.dead_letters(self._service)
        return letters, key, None, [*headers, (dead_letter.REASON, reason.encode())]

    async def send(self, records: Sequence[Record]) -> None:
        """Send raw records (topic, key, value, headers) and wait for all acknowledgements.

        Raises:
            TransientError: the broker does not take them for now.
        """
        with kafka_errors():
            pending = [
                await self._kafka.send(topic, key=key, value=value, headers=headers)
                for topic, key, value, headers in records
            ]
            await asyncio.gather(*pending)
        for topic, number in Counter(topic for topic, *_ in records).items():
            metrics.PUBLISHED.labels(self._service, topic.removeprefix(self._prefix)).inc(number)
