"""Looking into topics without taking part in any group."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition

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


async def ends_of(reader: AIOKafkaConsumer, places: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset after the last record of each partition; leaves the reader near the ends.

    Not from ListOffsets alone: the embedded broker answers that with the *start* of the last batch, plus one. A fetch
    from there tells the high watermark, on any broker.
    """
    ends: dict[TopicPartition, int] = await reader.end_offsets(places)
    unknown = {place for place, end in ends.items() if end > 0}
    for place in unknown:
        reader.seek(place, ends[place] - 1)
    while unknown:
        await reader.getmany(*unknown, timeout_ms=100)
        for place in list(unknown):
            end = reader.highwater(place)
            if end is not None:
                ends[place] = end
                unknown.discard(place)
    return ends


async def _stop(reader: AIOKafkaConsumer) -> None:
    """Stop it. aiokafka 0.14 cancels a task of its own that may not have begun, and lets that escape."""
    try:
        await reader.stop()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # then it is us who are cancelled
            raise
