"""Following dead letters, to tell what became of a message. Nothing is handled, redriven or committed here.

One reader without a group has all partitions of all topics: what is done with a letter must bear repetition, and then
replicas need not share the few there are.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from services.contracts import dead_letter
from services.runtime.errors import TransientError
from services.runtime.kafka_errors import kafka_errors
from services.runtime.messages import time_of
from services.runtime.reading import open_reader
from services.runtime.settings import RuntimeSettings
from services.runtime.stopping import cut_short

log = structlog.get_logger()

POLL_MS = 1_000
PAUSE_SECONDS = 5.0
"""Before another try, when broker or store does not answer."""
MAX_LETTERS = 100
"""Handed over at a time."""
_ARTICLE_AT = (("article_id",), ("article", "article_id"), ("extracted", "article", "article_id"))
"""Where the values of our topics have the article that they are about."""
_START = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class DeadLetter:
    """What a dead letter tells of the message that it was."""

    article_id: str | None
    """The article that the message was about; None where it does not say so in a form that we know."""
    service: str
    """Who could not use it."""
    topic: str
    """Where it came from, without the prefix."""
    reason: str
    at: datetime
    """When it became a dead letter."""


Offsets = Mapping[str, int]
"""The next offset to read, by `topic:partition`."""


async def follow_dead_letters(
    settings: RuntimeSettings,
    topics: Sequence[str],
    *,
    take_up: Callable[[], Awaitable[Offsets]],
    note: Callable[[Sequence[DeadLetter], Offsets], Awaitable[None]],
    stopping: asyncio.Event,
) -> None:
    """Hand over all letters of `topics`, from the offsets that `take_up` gives on, until `stopping` is set.

    `note` keeps the offsets with what it does. What both raise as TransientError, and a broker that does not answer,
    is waited for: a letter is never so urgent that its reader should stop anything else.
    """
    while not stopping.is_set():
        try:
            async with cut_short(stopping, grace_seconds=0), open_reader(settings, topics) as reader:
                await _follow(reader, settings.topic_prefix, await take_up(), note)
        except TransientError as error:
            log.warning("dead letters are not followed for now", reason=str(error))
            async with cut_short(stopping, grace_seconds=0):
                await asyncio.sleep(PAUSE_SECONDS)


async def _follow(
    reader: AIOKafkaConsumer,
    prefix: str,
    offsets: Offsets,
    note: Callable[[Sequence[DeadLetter], Offsets], Awaitable[None]],
) -> None:
    for place in reader.assignment():
        # What is gone by now is skipped by the reader's own rule for offsets out of range: the earliest that is left.
        reader.seek(place, offsets.get(_name(place), 0))
    while True:
        with kafka_errors():
            polled = await reader.getmany(timeout_ms=POLL_MS, max_records=MAX_LETTERS)
        letters = [_read(record, prefix) for place in sorted(polled) for record in polled[place]]
        if letters:
            await note(letters, {_name(place): records[-1].offset + 1 for place, records in polled.items()})


def _name(place: TopicPartition) -> str:
    return f"{place.topic}:{place.partition}"


def _read(record: ConsumerRecord, prefix: str) -> DeadLetter:
    headers = {name: value.decode("utf-8", "replace") for name, value in record.headers if value is not None}
    return DeadLetter(
        article_id=_article_of(record.value) or _article_key(record.key),
        service=headers.get(dead_letter.SERVICE, ""),
        topic=headers.get(dead_letter.ORIGIN_TOPIC, record.topic).removeprefix(prefix),
        reason=headers.get(dead_letter.REASON, ""),
        at=time_of(record.timestamp) or _START,
    )


def _article_of(value: bytes | None) -> str | None:
    """The article that a value is about; None for what is no value of ours."""
    try:
        document = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        return None
    for path in _ARTICLE_AT:
        part: Any = document
        for name in path:
            part = part.get(name) if isinstance(part, dict) else None
        if isinstance(part, str):
            return part
    return None


def _article_key(key: bytes | None) -> str | None:
    """The key where it is the article's: the value may have been left out, being too large."""
    text = (key or b"").decode("utf-8", "replace")
    return text if text.startswith("art_") else None
