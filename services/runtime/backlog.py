"""How far each consumer is behind: what an operator asks first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from services.contracts.topics import TOPICS, Topic
from services.runtime.kafka_errors import kafka_errors
from services.runtime.passwords import kafka_security
from services.runtime.reading import ends_of, open_reader
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
    stage commits only after what it published was acknowledged. What a handler publishes later (`OutboxHandler`) is in
    no backlog before it does.

    Raises:
        TransientError: no broker answers.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers, **kafka_security(settings))
    backlogs: list[Backlog] = []
    try:
        with kafka_errors():
            await admin.start()
            for topic in topics:
                # A reader for each: what one fetched ahead would be older than what was just read of the topic before.
                async with open_reader(settings, [topic.name]) as reader:
                    ends = await ends_of(reader, sorted(reader.assignment()))
                for service in topic.consumers:
                    handled = await _handled(admin, settings.topic_prefix + topic.group(service), ends)
                    waiting = sum(end - handled[place] for place, end in ends.items())
                    backlogs.append(Backlog(topic.name, service, sum(ends.values()), waiting))
    finally:
        await admin.close()
    return backlogs


async def _handled(
    admin: AIOKafkaAdminClient, group: str, places: Iterable[TopicPartition]
) -> dict[TopicPartition, int]:
    """The offset that `group` has committed of each partition; 0 where it has none."""
    committed = await admin.list_consumer_group_offsets(group, partitions=list(places))
    return {place: max(committed[place].offset, 0) if place in committed else 0 for place in places}
