"""A Kafka in memory, for tests that stage interleavings one by one.

It has topics, partitions, consumer groups with generations, and clients with the names and the behaviour that
`KafkaClient` and `Producer` rely on. Nothing happens by time: members join, leave and are thrown out when the test says
so. One suite runs on it and on real brokers, so that it stays honest.
"""

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaTimeoutError

Headers = Sequence[tuple[str, bytes | None]]


class MemoryBroker:
    """Topics with `partitions` partitions each, and the groups that read them."""

    def __init__(self, partitions: int = 3) -> None:
        self.partitions = partitions
        self.logs: dict[TopicPartition, list[ConsumerRecord]] = defaultdict(list)
        self.groups: dict[str, Group] = {}
        self.refused_sends = 0
        """How many sends from now on are answered by a timeout."""
        self.arrived = asyncio.Condition()

    def consumer(self, group: str) -> "MemoryConsumer":
        """A client that will be a member of this group."""
        return MemoryConsumer(self, self.groups.setdefault(group, Group(self)))

    def producer(self) -> "MemoryProducer":
        """A client that sends."""
        return MemoryProducer(self)

    def places(self, topic: str) -> list[TopicPartition]:
        """The partitions of a topic."""
        return [TopicPartition(topic, number) for number in range(self.partitions)]

    def records(self, topic: str) -> list[ConsumerRecord]:
        """Every record of a topic."""
        return [record for place in self.places(topic) for record in self.logs[place]]

    async def append(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers, *, partition: int | None = None
    ) -> None:
        """Put a record at the end of a partition: the key's, unless one is named."""
        number = zlib.crc32(key or b"") % self.partitions if partition is None else partition
        log = self.logs[TopicPartition(topic, number)]
        sizes = (len(key or b""), len(value or b""))
        log.append(ConsumerRecord(topic, number, len(log), 0, 0, key, value, None, *sizes, tuple(headers)))
        async with self.arrived:
            self.arrived.notify_all()


@dataclass(eq=False)
class Group:
    """A consumer group: members in the order of joining, what they have, and the offsets committed."""

    broker: MemoryBroker
    members: list["MemoryConsumer"] = field(default_factory=list)
    committed: dict[TopicPartition, int] = field(default_factory=dict)
    generation: int = 0
    _joined: set["MemoryConsumer"] = field(default_factory=set)

    def rebalance(self) -> None:
        """Ask every member to join anew."""
        for member in self.members:
            member.rejoin.set()

    def enter(self, member: "MemoryConsumer") -> None:
        """A new member. The others have to join anew as well."""
        self.members.append(member)
        self.rebalance()

    def remove(self, member: "MemoryConsumer") -> None:
        """A member has left, or was thrown out. Those who have joined anew wait for it no longer."""
        self.members.remove(member)
        self._joined.discard(member)
        self.rebalance()
        self._complete()

    def throw_out(self, member: "MemoryConsumer") -> None:
        """What a group does to a member that was silent for too long. The member will find out, and come again."""
        self.remove(member)

    def join(self, member: "MemoryConsumer") -> None:
        """`member` is ready for the next generation, which begins when all are."""
        if member not in self.members:  # it was thrown out, and comes as a new one
            self.enter(member)
        self._joined.add(member)
        self._complete()

    def _complete(self) -> None:
        if not self.members or self._joined != set(self.members):
            return
        self._joined.clear()
        self.generation += 1
        for member in self.members:
            member.rejoin.clear()
        for index, member in enumerate(self.members):
            places = self.broker.places(member.topic)
            member.assign(places[index :: len(self.members)], self.generation)


class MemoryConsumer:
    """A member of a group, as aiokafka has it: rebalances run in a task of its own and wait for the listener."""

    def __init__(self, broker: MemoryBroker, group: Group) -> None:
        self._broker = broker
        self.group = group
        self._listener: ConsumerRebalanceListener | None = None
        self._task: asyncio.Task[None] | None = None
        self._assigned = asyncio.Event()
        self._positions: dict[TopicPartition, int] = {}
        self._paused: set[TopicPartition] = set()
        self.generation = 0
        self._join_done: asyncio.Future[None] | None = None
        self.topic = ""
        self.rejoin = asyncio.Event()
        self.polls = 0
        """Number of `getmany` calls that have begun."""
        self.seeks: list[tuple[TopicPartition, int]] = []

    # What the loop calls

    def subscribe(self, topics: Sequence[str], *, listener: ConsumerRebalanceListener) -> None:
        (self.topic,) = topics
        self._listener = listener

    async def start(self) -> None:
        self.group.enter(self)
        self._task = asyncio.create_task(self._coordinate())

    async def stop(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        if self in self.group.members:
            self.group.remove(self)

    async def getmany(
        self, *, timeout_ms: int = 0, max_records: int | None = None
    ) -> Mapping[TopicPartition, Sequence[ConsumerRecord]]:
        self.polls += 1
        await self._assigned.wait()
        found = self._take(max_records)
        if found or not timeout_ms:
            return found
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_ms / 1000), self._broker.arrived:
                await self._broker.arrived.wait()
        return self._take(max_records) if self._assigned.is_set() else {}

    def assignment(self) -> set[TopicPartition]:
        return set(self._positions)

    def pause(self, *partitions: TopicPartition) -> None:
        for place in partitions:
            self._check(place)
        self._paused |= set(partitions)

    def resume(self, *partitions: TopicPartition) -> None:
        for place in partitions:
            self._check(place)
        self._paused -= set(partitions)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self._check(partition)
        self._positions[partition] = offset
        self.seeks.append((partition, offset))

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        for place in offsets:
            self._check(place)
        await asyncio.sleep(0)
        if self not in self.group.members or self.generation != self.group.generation:
            self._come_again()
            raise CommitFailedError("the group has already rebalanced")
        self.group.committed.update(offsets)

    def highwater(self, partition: TopicPartition) -> int | None:
        self._check(partition)
        return len(self._broker.logs[partition])

    # What the group and the test call

    def assign(self, places: Sequence[TopicPartition], generation: int) -> None:
        """The group has given us these."""
        self.generation = generation
        self._positions = {place: self.group.committed.get(place, 0) for place in places}
        self._paused = set()
        if self._join_done is not None and not self._join_done.done():
            self._join_done.set_result(None)

    def position(self, partition: int) -> int:
        """The offset that is read next."""
        return self._positions[TopicPartition(self.topic, partition)]

    # Inside

    def _come_again(self) -> None:
        if self not in self.group.members:
            self.group.enter(self)
        self.rejoin.set()

    def _check(self, place: TopicPartition) -> None:
        if place not in self._positions:
            raise IllegalStateError(f"No current assignment for partition {place}")

    def _take(self, most: int | None) -> dict[TopicPartition, list[ConsumerRecord]]:
        found: dict[TopicPartition, list[ConsumerRecord]] = {}
        for place in sorted(self._positions.keys() - self._paused):
            position = self._positions[place]
            records = self._broker.logs[place][position : None if most is None else position + most]
            if records:
                found[place] = records
                self._positions[place] = records[-1].offset + 1
                most = None if most is None else most - len(records)
            if most == 0:
                break
        return found

    async def _coordinate(self) -> None:
        assert self._listener is not None
        while True:
            await self.rejoin.wait()
            self._assigned.clear()
            await self._listener.on_partitions_revoked(self.assignment())
            self._join_done = asyncio.get_running_loop().create_future()
            self.group.join(self)
            await self._join_done
            self._assigned.set()
            await self._listener.on_partitions_assigned(self.assignment())


class MemoryProducer:
    """Sends to a `MemoryBroker`, with the names of aiokafka's producer."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def send(
        self, topic: str, *, key: bytes | None, value: bytes | None, headers: Headers
    ) -> asyncio.Future[None]:
        acknowledged = asyncio.get_running_loop().create_future()
        if self._broker.refused_sends > 0:
            self._broker.refused_sends -= 1
            acknowledged.set_exception(KafkaTimeoutError())
        else:
            await self._broker.append(topic, key, value, headers)
            acknowledged.set_result(None)
        return acknowledged
