"""What the loop relies on in a Kafka client. The same on the broker in memory, so that its tests mean something."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import CommitFailedError, IllegalStateError

from services.runtime.kafka_client import KafkaClient, group_member
from services.runtime.kafka_errors import LEAVE_SECONDS, stop_consumer
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import broker_kinds, running_broker
from tests.support.memory_broker import MemoryBroker, MemoryConsumer
from tests.support.polling import eventually, eventually_async

PARTITIONS = 2


class Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Notes what it is told. While `gate` is shut a rebalance waits for it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        self.told.append("revoked")
        await self.gate.wait()

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        self.told.append("assigned")


@dataclass
class Member:
    """A client in the group, its listener, and all that it was given."""

    client: KafkaClient
    listener: Listener
    values: list[bytes] = field(default_factory=list)

    async def poll(self, *, most: int | None = None) -> list[ConsumerRecord]:
        polled = await self.client.getmany(timeout_ms=100, max_records=most)
        records = [record for place in sorted(polled) for record in polled[place]]
        self.values += [record.value for record in records]
        return records

    async def read(self, number: int) -> list[bytes]:
        """Poll until it was given so many values."""

        async def enough() -> bool:
            await self.poll()
            return len(self.values) >= number

        await eventually_async(enough, what=f"{number} values")
        return self.values


@dataclass
class Cluster:
    """A topic, and the group that reads it."""

    topic: str
    new_client: Callable[[int], KafkaClient]
    """By the longest silence in ms that the group allows."""
    append: Callable[[int, bytes], Awaitable[object]]

    def place(self, partition: int) -> TopicPartition:
        return TopicPartition(self.topic, partition)

    @asynccontextmanager
    async def member(self, *, max_poll_interval_ms: int = 60_000) -> AsyncIterator[Member]:
        """Another member, with its partitions."""
        member = Member(self.new_client(max_poll_interval_ms), Listener())
        member.client.subscribe([self.topic], listener=member.listener)
        try:
            await member.client.start()
            await eventually(lambda: "assigned" in member.listener.told)
            yield member
        finally:
            member.listener.gate.set()
            await stop_consumer(member.client)


@pytest.fixture(scope="module", params=("memory", *broker_kinds()))
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int, int] | None]:
    """Of a real broker, with the shortest session that it lets go of soon, and the wait of a fetch that suits it.

    None: the one in memory.
    """
    if request.param == "memory":
        yield None
        return
    folder: Path = tmp_path_factory.mktemp(f"members-{request.param}")
    with running_broker(request.param, folder) as running:
        yield running.bootstrap_servers, 6_000 if running.idempotence else 2_000, running.fetch_max_wait_ms


@pytest.fixture
async def cluster(address: tuple[str, int, int] | None) -> AsyncIterator[Cluster]:
    topic = f"members-{uuid.uuid4().hex[:8]}"
    if address is None:
        broker = MemoryBroker(PARTITIONS)
        yield Cluster(
            topic,
            lambda interval: broker.consumer("readers"),
            lambda partition, value: broker.append(topic, b"k", value, (), partition=partition),
        )
        return
    server, session_timeout_ms, fetch_max_wait_ms = address
    settings = RuntimeSettings(
        kafka_bootstrap_servers=server,
        topic_prefix=f"{topic}.",
        session_timeout_ms=session_timeout_ms,
        fetch_max_wait_ms=fetch_max_wait_ms,
        heartbeat_interval_ms=200,
    )
    async with AsyncExitStack() as stack:
        admin = AIOKafkaAdminClient(bootstrap_servers=server)
        await admin.start()
        stack.push_async_callback(admin.close)
        await admin.create_topics([NewTopic(topic, PARTITIONS, 1)])
        producer = await stack.enter_async_context(sender(server))
        yield Cluster(
            topic,
            lambda interval: group_member(
                "extract", "readers", settings.model_copy(update={"max_poll_interval_ms": interval})
            ),
            lambda partition, value: producer.send_and_wait(topic, key=b"k", value=value, partition=partition),
        )


@asynccontextmanager
async def sender(address: str) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(bootstrap_servers=address)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def test_records_come_in_the_order_of_their_partition_and_once(cluster: Cluster) -> None:
    for value in (b"1", b"2", b"3"):
        await cluster.append(0, value)
    async with cluster.member() as member:
        assert await member.read(3) == [b"1", b"2", b"3"]
        await cluster.append(0, b"4")
        assert await member.read(4) == [b"1", b"2", b"3", b"4"]
        assert member.client.highwater(cluster.place(0)) == 4


async def test_a_record_that_comes_while_a_fetch_waits_is_there_within_the_wait_that_its_broker_asks_for(
    cluster: Cluster,
) -> None:
    async with cluster.member() as member:
        await member.poll()  # from here on a fetch waits at the broker
        took = []
        for number in range(1, 6):
            began = time.monotonic()
            await cluster.append(0, b"%d" % number)
            await member.read(number)
            took.append(time.monotonic() - began)
    assert min(took) < 0.5  # the longest wait is 1 s; a busy machine may be late at times


async def test_a_poll_gives_no_more_records_than_asked_for(cluster: Cluster) -> None:
    for value in (b"1", b"2", b"3"):
        await cluster.append(0, value)
    async with cluster.member() as member:
        sizes = [len(await member.poll(most=2)) for _ in range(20)]
    assert max(sizes) <= 2
    assert sum(sizes) == 3


async def test_who_comes_next_goes_on_where_was_committed_not_where_was_read(cluster: Cluster) -> None:
    for value in (b"1", b"2", b"3"):
        await cluster.append(0, value)
    async with cluster.member() as member:
        await member.read(3)
        await member.client.commit({cluster.place(0): 2})
    async with cluster.member() as again:
        assert await again.read(1) == [b"3"]


async def test_a_seek_changes_what_is_read_next(cluster: Cluster) -> None:
    for value in (b"1", b"2", b"3"):
        await cluster.append(0, value)
    async with cluster.member() as member:
        await member.read(3)
        member.client.seek(cluster.place(0), 1)
        assert await member.read(5) == [b"1", b"2", b"3", b"2", b"3"]


async def test_a_paused_partition_gives_nothing_and_goes_on_where_it_was(cluster: Cluster) -> None:
    async with cluster.member() as member:
        await cluster.append(0, b"1")
        await member.read(1)
        member.client.pause(*member.client.assignment())
        await cluster.append(0, b"2")
        for _ in range(3):
            assert await member.client.getmany(timeout_ms=100) == {}
        member.client.resume(*member.client.assignment())
        assert await member.read(2) == [b"1", b"2"]


async def test_a_second_member_takes_its_share_once_the_first_has_given_it_back(cluster: Cluster) -> None:
    async with cluster.member() as first:
        assert first.client.assignment() == {cluster.place(0), cluster.place(1)}
        first.listener.gate.clear()
        async with AsyncExitStack() as stack:
            joining = asyncio.create_task(stack.enter_async_context(cluster.member()))
            await eventually(lambda: first.listener.told[-1] == "revoked")
            polling = asyncio.create_task(first.client.getmany(timeout_ms=0))
            # The batch in hand can still be committed, and the group waits for it.
            await first.client.commit({cluster.place(0): 0})
            assert not joining.done()
            assert not polling.done(), "a poll in a rebalance waits for the new assignment"
            first.listener.gate.set()
            second = await joining
            await polling
            await eventually(lambda: first.listener.told == ["revoked", "assigned"] * 2)
            shares = [first.client.assignment(), second.client.assignment()]
            assert sorted(place for share in shares for place in share) == [cluster.place(0), cluster.place(1)]
            assert all(shares)
            (lost,) = shares[1]
            with pytest.raises(IllegalStateError):
                await first.client.commit({lost: 0})


async def test_a_member_that_waits_for_the_batch_of_another_is_stopped_without_it(cluster: Cluster) -> None:
    async with cluster.member() as first:
        first.listener.gate.clear()
        waiting = cluster.new_client(60_000)
        waiting.subscribe([cluster.topic], listener=Listener())
        starting = asyncio.create_task(waiting.start())
        await eventually(lambda: first.listener.told[-1] == "revoked")
        starting.cancel()
        await asyncio.wait([starting])
        async with asyncio.timeout(LEAVE_SECONDS * 2):
            await stop_consumer(waiting)


async def test_a_member_that_was_thrown_out_cannot_commit_and_comes_again(cluster: Cluster) -> None:
    await cluster.append(0, b"0")
    await cluster.append(1, b"1")
    # With another member: Apache Kafka takes commits of anybody for a group that has none.
    async with cluster.member(), cluster.member(max_poll_interval_ms=1_000) as member:
        (ours,) = await member.read(1)
        mine = cluster.place(int(ours))
        member.listener.gate.clear()  # as a batch in hand
        await thrown_out(member)
        with pytest.raises(CommitFailedError):
            await member.client.commit({mine: 1})
        member.listener.gate.set()
        assert await member.read(2)
        assert member.listener.told[-1] == "assigned"


async def thrown_out(member: Member) -> None:
    """The member is silent for longer than its group allows."""
    told = len(member.listener.told)
    if isinstance(member.client, MemoryConsumer):
        member.client.group.throw_out(member.client)
    else:
        await eventually(lambda: "revoked" in member.listener.told[told:])
