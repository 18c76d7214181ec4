"""aiokafka's failures, told apart."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError, UnknownError

from services.runtime.errors import TransientError

LEAVE_SECONDS = 3.0
"""How long a consumer that is stopped waits for its group."""

log = structlog.get_logger()

_MAY_PASS = (KafkaConnectionError, KafkaTimeoutError, UnknownError)
"""aiokafka does not call these retriable. UnknownError is what a broker answers that has a trouble of its own."""


@contextmanager
def kafka_errors() -> Iterator[None]:
    """Turn what may pass (no connection, no leader, a timeout) into TransientError; let every other error through."""
    try:
        yield
    except KafkaError as error:
        if error.retriable or isinstance(error, _MAY_PASS):
            raise TransientError(f"Kafka does not answer: {error!r}") from error
        raise


async def stop_consumer(consumer: AIOKafkaConsumer) -> None:
    """Stop it, within some `LEAVE_SECONDS`.

    aiokafka waits for an answer to what it has asked the group, which takes as long as others have batches in hand.
    And 0.14 cancels fetches of its own, and lets that escape when one waits for a broker.
    """
    try:
        async with asyncio.timeout(LEAVE_SECONDS):
            await consumer.stop()
    except TimeoutError:
        log.warning("left without an answer from the group")
        await _close(consumer)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # then it is us who are cancelled
            raise
        await consumer._client.close()  # noqa: SLF001


async def _close(consumer: AIOKafkaConsumer) -> None:
    """What `stop` did not come to; it does nothing the second time."""
    try:
        await consumer._fetcher.close()  # noqa: SLF001
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
    await consumer._client.close()  # noqa: SLF001
