"""What the messages of each topic weigh, and what reading and writing one costs: those of a run, from its broker."""

import asyncio
import time
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.contracts.base import Contract
from services.contracts.topics import MAX_MESSAGE_BYTES, TOPICS, Topic
from services.runtime.garbage import let_collector_rest
from services.runtime.messages import RawMessage, decode

SAMPLE = 300
"""Messages of each topic that are looked at, the first of the log."""
_WAIT_MS = 2_000


@dataclass(frozen=True)
class Weight:
    """Of the messages of one topic."""

    topic: str
    messages: int
    """In the whole log."""
    kilobytes: float
    """Of one value, uncompressed, in the mean."""
    largest: float
    decode_ms: float
    """Processor milliseconds to read and validate one."""
    encode_ms: float


def weigh(servers: str) -> list[Weight]:
    """Of every topic that has messages, in the order of the pipeline."""
    return asyncio.run(_weigh(servers))


async def _weigh(servers: str) -> list[Weight]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers, enable_auto_commit=False, max_partition_fetch_bytes=2 * MAX_MESSAGE_BYTES
    )
    await consumer.start()
    try:
        return [weight for topic in TOPICS if (weight := await _weight(consumer, topic)) is not None]
    finally:
        await consumer.stop()


async def _weight(consumer: AIOKafkaConsumer, topic: Topic) -> Weight | None:
    place = TopicPartition(topic.name, 0)
    consumer.assign([place])
    await consumer.seek_to_beginning(place)
    total = (await consumer.end_offsets([place]))[place]
    raws: list[RawMessage] = []
    while len(raws) < min(SAMPLE, total):
        found = await consumer.getmany(place, timeout_ms=_WAIT_MS, max_records=SAMPLE - len(raws))
        records = found.get(place, ())
        if not records:
            break
        raws += [RawMessage(each.topic, 0, each.offset, each.key, each.value, each.headers) for each in records]
    if not raws:
        return None
    let_collector_rest()  # as in the services
    began = time.process_time()
    values: list[Contract] = [decode(raw, topic, topic.value).value for raw in raws]
    between = time.process_time()
    for value in values:
        value.model_dump_json().encode()
    ended = time.process_time()
    sizes = [len(raw.value or b"") / 1000 for raw in raws]
    each = 1000 / len(raws)
    return Weight(
        topic.name, total, sum(sizes) / len(sizes), max(sizes), (between - began) * each, (ended - between) * each
    )
