"""Polling: for records, and for no other reason than to stay in the group.

A group throws out a member that does not poll for `max_poll_interval_ms`. A batch ends by time long before that; but a
single message can take longer, and so can a dependency that is waited for. So polling goes on beside the work, with all
partitions paused: such a poll takes no records and only says that we are alive. It cannot keep a stuck service in
its place for ever: a rebalance waits for the batch in hand for `rebalance_timeout_ms` at most.
"""

import asyncio
from collections.abc import Mapping, Sequence

from aiokafka import ConsumerRecord, TopicPartition

from services.runtime.assignment import Assignment
from services.runtime.kafka_client import KafkaClient
from services.runtime.messages import RawMessage
from services.runtime.settings import RuntimeSettings

POLLS_PER_INTERVAL = 4
"""Polls beside long work in each poll interval: one or two that come late do no harm."""


class Polling:
    """The polls of one member of a group."""

    def __init__(self, kafka: KafkaClient, assignment: Assignment, settings: RuntimeSettings) -> None:
        self._kafka = kafka
        self._assignment = assignment
        self._timeout_ms = settings.poll_timeout_ms
        self._pause_seconds = settings.max_poll_interval_ms / 1000 / POLLS_PER_INTERVAL

    async def records(self, most: int) -> tuple[list[RawMessage], int]:
        """The next records, `most` at most, by partition and offset, and the generation that they belong to.

        Raises:
            Exception: what went wrong in the tasks of the client since the last call.
        """
        polled = await self._kafka.getmany(timeout_ms=self._timeout_ms, max_records=most)
        generation = self._assignment.generation  # with no await since the poll: these records belong to it
        if self._assignment.failure is not None:
            raise self._assignment.failure
        return _in_order(polled), generation

    async def keep_on(self) -> None:
        """Poll beside the work in hand, for ever."""
        while True:
            await asyncio.sleep(self._pause_seconds)
            if self._assignment.busy:
                await self._poll_for_nothing()

    async def _poll_for_nothing(self) -> None:
        """One poll that takes no records. In a rebalance it lasts until we have our new partitions."""
        paused = self._kafka.assignment()
        try:
            self._kafka.pause(*paused)
            taken = await self._kafka.getmany(timeout_ms=0)
            self._kafka.resume(*(paused & self._kafka.assignment()))
        except Exception as error:  # noqa: BLE001 - nobody waits for this task: the loop raises it at its next poll
            self._assignment.failure = error
            return
        for place, records in taken.items():  # of partitions that we were given meanwhile, which are not paused
            self._kafka.seek(place, records[0].offset)


def _in_order(polled: Mapping[TopicPartition, Sequence[ConsumerRecord]]) -> list[RawMessage]:
    return [_raw(record) for place in sorted(polled) for record in polled[place]]


def _raw(record: ConsumerRecord) -> RawMessage:
    place = (record.topic, record.partition, record.offset)
    return RawMessage(*place, record.key, record.value, tuple(record.headers), record.timestamp)
