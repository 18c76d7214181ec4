"""aiokafka's failures, told apart."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError, UnknownError

from services.runtime.errors import TransientError

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
    """Stop it. aiokafka 0.14 cancels fetches of its own, and lets that escape when one waits for a broker."""
    try:
        await consumer.stop()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # then it is us who are cancelled
            raise
        # What it did not come to; `stop` does nothing the second time.
        await consumer._client.close()  # noqa: SLF001
