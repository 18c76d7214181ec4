"""What is saved before it is published, so that a repetition publishes the very same: messages in a list in Redis."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.contracts.base import Contract, UtcDatetime
from services.contracts.topics import TOPICS
from services.runtime.messages import Outgoing
from services.runtime.redis_client import redis_errors

_TOPICS = {topic.name: topic for topic in TOPICS}


_END = b"\n"
"""Between what is said of a message and its value; JSON has no line end in a text."""


class _Saved(Contract):
    """What an outbox says of a message, before its value."""

    topic: str
    key: str
    id: str
    time: UtcDatetime
    traceparent: str | None = None


def pack_outgoing(outgoing: Outgoing) -> bytes:
    """A message as an outbox keeps it: JSON of what it is, a line end, and its value as it travels."""
    saved = _Saved(
        topic=outgoing.topic.name,
        key=outgoing.key,
        id=outgoing.id,
        time=outgoing.time,
        traceparent=outgoing.traceparent,
    )
    return saved.model_dump_json().encode() + _END + outgoing.value_bytes


def unpack_outgoing(content: bytes) -> Outgoing:
    """The message again.

    Raises:
        KeyError: It is for a topic that there is not.
        pydantic.ValidationError: The bytes are no such message.
    """
    head, _, value = content.partition(_END)
    saved = _Saved.model_validate_json(head)
    topic = _TOPICS[saved.topic]
    return Outgoing(topic, saved.key, topic.value.model_validate_json(value), saved.id, saved.time, saved.traceparent)


async def read_outbox(redis: Redis, key: str) -> list[Outgoing]:
    """What was saved to be published, in order.

    Raises:
        TransientError: Redis does not answer.
    """
    with redis_errors():
        packed = cast("list[bytes]", await redis.lrange(key, 0, -1))
    return [unpack_outgoing(content) for content in packed]


def write_outbox(pipe: Pipeline, key: str, packed: Iterable[bytes]) -> None:
    """Queue what is to be published, in place of what was there before, which has been published."""
    pipe.delete(key)
    contents = list(packed)
    if contents:
        pipe.rpush(key, *contents)


class Outbox:
    """What a handler publishes (see `OutboxHandler`): first added, then saved with its state, then taken."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._added: list[tuple[int, Outgoing, bytes]] = []
        """With its partition and as it is saved."""
        self._saved: list[Outgoing] = []
        self._in_store: set[int] = set()
        """Partitions whose outbox in the store is not empty."""

    def __len__(self) -> int:
        """How many messages are to be saved."""
        return len(self._added)

    def take_over(self, saved: Mapping[int, Sequence[Outgoing]]) -> None:
        """Begin anew with what the store has, by partition."""
        self._added = []
        self._saved = [outgoing for partition in sorted(saved) for outgoing in saved[partition]]
        self._in_store = {partition for partition, messages in saved.items() if messages}

    def add(self, partition: int, outgoing: Outgoing) -> int:
        """Add what is to be published when it is saved; its bytes. `partition`: of the messages it comes from."""
        packed = pack_outgoing(outgoing)
        self._added.append((partition, outgoing, packed))
        return len(packed)

    def contents(self) -> dict[int, list[bytes]]:
        """What the outbox of each partition is to hold in the store, in place of what it has; others hold nothing."""
        packed_messages: dict[int, list[bytes]] = {partition: [] for partition in self._in_store}
        for partition, _, packed in self._added:
            packed_messages.setdefault(partition, []).append(packed)
        return dict(sorted(packed_messages.items()))

    def mark_saved(self) -> None:
        """Note that `contents` is in the store."""
        self._in_store = {partition for partition, _, _ in self._added}
        self._saved += [outgoing for _, outgoing, _ in self._added]
        self._added = []

    def take(self) -> Sequence[Outgoing]:
        """What was saved to be published, once."""
        saved, self._saved = self._saved, []
        return saved
