"""Looking into topics without taking part in any group."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer

from services.runtime.kafka_errors import kafka_errors
from services.runtime.settings import RuntimeSettings


@asynccontextmanager
async def open_reader(settings: RuntimeSettings, topics: Sequence[str]) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer without a group that has all partitions of `topics`, for as long as the block runs.

    Raises:
        TransientError: no broker answers, or it does not know a topic (yet).
    """
    reader = AIOKafkaConsumer(
        *(settings.topic_prefix + topic for topic in topics),
        bootstrap_servers=settings.kafka_bootstrap_servers,
        auto_offset_reset="earliest",
    )
    try:
        with kafka_errors():
            await reader.start()
        yield reader
    finally:
        await _stop(reader)


async def _stop(reader: AIOKafkaConsumer) -> None:
    """Stop it. aiokafka 0.14 cancels a task of its own that may not have begun, and lets that escape."""
    try:
        await reader.stop()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # then it is us who are cancelled
            raise
