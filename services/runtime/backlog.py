"""How far each consumer is behind: what an operator asks first."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient

from services.contracts.topics import TOPICS, Topic
from services.runtime.kafka_errors import kafka_errors
from services.runtime.reading import open_reader
from services.runtime.settings import RuntimeSettings


@dataclass(frozen=True)
class Backlog:
    """One consumer of one topic. `messages`: all that the topic ever took; `waiting`: not yet handled."""

    topic: str
    service: str
    messages: int
    waiting: int


async def backlogs(settings: RuntimeSettings, topics: Sequence[Topic] = TOPICS) -> list[Backlog]:
    """Backlogs in the order of the flow, upstream first.

    Taken one after the other: when all are 0 and nothing is published from outside, everything has arrived, since a
    stage commits only after what it published was acknowledged.

    Raises:
        TransientError: no broker answers.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    try:
        async with open_reader(settings, [topic.name for topic in topics]) as reader:
            with kafka_errors():
                await admin.start()
                return [
                    await _backlog(reader, admin, topic, service, settings.topic_prefix)
                    for topic in topics
                    for service in topic.consumers
                ]
    finally:
        await admin.close()


async def _backlog(
    reader: AIOKafkaConsumer, admin: AIOKafkaAdminClient, topic: Topic, service: str, prefix: str
) -> Backlog:
    name = prefix + topic.name
    places = sorted(place for place in reader.assignment() if place.topic == name)
    ends = await reader.end_offsets(places)
    group = prefix + topic.group(service)
    committed = await admin.list_consumer_group_offsets(group, partitions=places)
    handled = {place: max(committed[place].offset, 0) if place in committed else 0 for place in places}
    return Backlog(topic.name, service, sum(ends.values()), sum(ends[place] - handled[place] for place in places))
