"""Looking into topics without taking part in any group."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.runtime.errors import TransientError
from services.runtime.kafka_errors import kafka_errors, stop_consumer
from services.runtime.passwords import kafka_security
from services.runtime.settings import RuntimeSettings

LOOK_SECONDS = 30.0
"""Longest wait for the ends of topics."""


@asynccontextmanager
async def open_reader(settings: RuntimeSettings, topics: Sequence[str]) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer without a group that has all partitions of `topics`, for as long as the block runs.

    Raises:
        TransientError: no broker answers, or it does not know a topic (yet).
    """
    reader = AIOKafkaConsumer(
        *(settings.topic_prefix + topic for topic in topics),
        bootstrap_servers=settings.kafka_bootstrap_servers,
        **kafka_security(settings),
        auto_offset_reset="earliest",
    )
    try:
        with kafka_errors():
            await reader.start()
        yield reader
    finally:
        await stop_consumer(reader)


async def ends_of(reader: AIOKafkaConsumer, places: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset after the last record of each partition; leaves the reader near the ends.

    Not from ListOffsets alone: the embedded broker answers that with the *start* of the last batch, plus one. A fetch
    from there tells the high watermark, on any broker.

    Raises:
        TransientError: the broker stopped answering.
    """
    deadline = time.monotonic() + LOOK_SECONDS
    ends: dict[TopicPartition, int] = await reader.end_offsets(places)
    unknown = {place for place, end in ends.items() if end > 0}
    for place in unknown:
        reader.seek(place, ends[place] - 1)
    while unknown:
        if time.monotonic() > deadline:
            raise TransientError(f"Kafka does not answer: no end of {sorted(unknown)} within {LOOK_SECONDS:g} s")
        await reader.getmany(*unknown, timeout_ms=100)
        for place in list(unknown):
            end = reader.highwater(place)
            if end is not None:
                ends[place] = end
                unknown.discard(place)
    return ends
