"""What is saved before it is published, so that a repetition publishes the very same: messages in a list in Redis."""

from collections.abc import Iterable
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.contracts.base import Contract, UtcDatetime
from services.contracts.topics import TOPICS
from services.runtime.messages import Outgoing
from services.runtime.redis_client import redis_errors

_TOPICS = {topic.name: topic for topic in TOPICS}


class _Saved(Contract):
    """A message in an outbox. Its value is text: read and written anew it would still have to be the same bytes."""

    topic: str
    key: str
    value: str
    id: str
    time: UtcDatetime
    traceparent: str | None = None


def pack_outgoing(outgoing: Outgoing) -> bytes:
    """A message as an outbox keeps it."""
    saved = _Saved(
        topic=outgoing.topic.name,
        key=outgoing.key,
        value=outgoing.value.model_dump_json(),
        id=outgoing.id,
        time=outgoing.time,
        traceparent=outgoing.traceparent,
    )
    return saved.model_dump_json().encode()


def unpack_outgoing(content: bytes) -> Outgoing:
    """The message again.

    Raises:
        KeyError: It is for a topic that there is not.
        pydantic.ValidationError: The bytes are no such message.
    """
    saved = _Saved.model_validate_json(content)
    topic = _TOPICS[saved.topic]
    value = topic.value.model_validate_json(saved.value)
    return Outgoing(topic, saved.key, value, saved.id, saved.time, saved.traceparent)


async def read_outbox(redis: Redis, key: str) -> list[Outgoing]:
    """What was saved to be published, in order.

    Raises:
        TransientError: Redis does not answer.
    """
    with redis_errors():
        found = cast("list[bytes]", await redis.lrange(key, 0, -1))
    return [unpack_outgoing(content) for content in found]


def write_outbox(pipe: Pipeline, key: str, packed: Iterable[bytes]) -> None:
    """Queue what is to be published, in place of what was there before, which has been published."""
    pipe.delete(key)
    contents = list(packed)
    if contents:
        pipe.rpush(key, *contents)
