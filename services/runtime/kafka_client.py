"""What the consumer loop needs of a Kafka client, and the real one."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener

from services.contracts.topics import MAX_MESSAGE_BYTES
from services.runtime.passwords import kafka_security
from services.runtime.producer import ENVELOPE_BYTES
from services.runtime.settings import RuntimeSettings


class KafkaClient(Protocol):
    """A member of a consumer group, with aiokafka's names and behaviour; nothing is committed by itself."""

    def subscribe(self, topics: Sequence[str], *, listener: ConsumerRebalanceListener) -> None:
        """Read these topics. `listener` is told of every rebalance, and the group waits for its answer."""
        ...

    async def start(self) -> None:
        """Connect and join the group. Raises a KafkaError if no broker answers."""
        ...

    async def stop(self) -> None:
        """Leave the group and disconnect."""
        ...

    async def getmany(
        self, *, timeout_ms: int = 0, max_records: int | None = None
    ) -> Mapping[TopicPartition, Sequence[ConsumerRecord]]:
        """Records from our position on, which moves behind them. It waits at most `timeout_ms` for the first."""
        ...

    def assignment(self) -> set[TopicPartition]:
        """The partitions that we have."""
        ...

    def pause(self, *partitions: TopicPartition) -> None:
        """Give no records of these until `resume`."""
        ...

    def resume(self, *partitions: TopicPartition) -> None:
        """Give records of these again, from our position on."""
        ...

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Go on reading at `offset`."""
        ...

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        """Commit the next offset of each. CommitFailedError, IllegalStateError: the partition is no longer ours."""
        ...

    def highwater(self, partition: TopicPartition) -> int | None:
        """The offset after the partition's last record, as of the last answer of the broker."""
        ...


def group_member(service: str, group: str, settings: RuntimeSettings) -> KafkaClient:
    """A client of a real broker, not connected yet. `group` is its name without the prefix."""
    client: KafkaClient = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        **kafka_security(settings),
        client_id=service,
        group_id=settings.topic_prefix + group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=settings.fetch_max_wait_ms,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES + ENVELOPE_BYTES,
        session_timeout_ms=settings.session_timeout_ms,
        heartbeat_interval_ms=settings.heartbeat_interval_ms,
        max_poll_interval_ms=settings.max_poll_interval_ms,
        # How long a rebalance waits for our batch in hand. aiokafka's default is the session timeout (10 s here):
        # then every batch above that would lose its partitions as soon as another replica came or went.
        rebalance_timeout_ms=settings.rebalance_timeout_ms,
    )
    return client
