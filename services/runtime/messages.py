"""Messages as handlers see them, and their form on the wire."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import Generic, TypeVar

from pydantic import ValidationError

from services.contracts.base import Contract
from services.contracts.envelope import CONTRACT_VERSION, CONTRACT_VERSION_HEADER, SPEC_VERSION, Envelope
from services.contracts.topics import MAX_MESSAGE_BYTES, Topic
from services.runtime.errors import InvalidMessage, NewerProducer
from services.runtime.traces import well_formed
from services.runtime.validation import field_path, plain_message

M = TypeVar("M", bound=Contract)
M_co = TypeVar("M_co", bound=Contract, covariant=True)

Headers = Sequence[tuple[str, bytes | None]]
"""Headers of a record. Others may write them without a value."""

Record = tuple[str, bytes | None, bytes | None, Headers]
"""Topic, key, value and headers of a record as the producer sends it."""

MAX_VERSION_DIGITS = 6
_LATEST_MS = 250_000_000_000_000
"""In the year 9892: any producer may write any time."""
MAX_REASONS = 5
"""Validation errors named in a dead letter's reason: enough to see what is wrong."""


@dataclass(frozen=True)
class RawMessage:
    """A record as the broker gave it, untouched."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp_ms: int | None = None
    """When it was put on the topic, in ms since 1970."""


@dataclass(frozen=True)
class Message(Generic[M_co]):
    """A decoded message with its coordinates."""

    topic: str
    partition: int
    offset: int
    key: str
    value: M_co
    traceparent: str | None = None
    logged_at: datetime | None = None
    """When it was put on the topic. No part of what it says: the same message published again has another time."""


@dataclass(frozen=True)
class Outgoing:
    """A message to publish. `id` derives from what it says, so that a repetition carries the same id."""

    topic: Topic
    key: str
    value: Contract
    id: str
    time: datetime
    traceparent: str | None = None

    @cached_property
    def value_bytes(self) -> bytes:
        """The value as it travels. It is written once: what was saved to be published is published as it was saved."""
        return self.value.__pydantic_serializer__.to_json(self.value)


@dataclass(frozen=True)
class Rejection:
    """A message that the handler cannot use, and why."""

    message: Message[Contract]
    reason: str


@dataclass(frozen=True)
class Result:
    """What handling a batch came to."""

    outgoing: Sequence[Outgoing] = field(default=())
    rejected: Sequence[Rejection] = field(default=())
    handled: int | None = None
    """How many messages it covers, from the first one on; None: all. The others are handed over again, next."""


def encode(outgoing: Outgoing, *, source: str) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and CloudEvents headers of a message."""
    envelope = Envelope(
        id=outgoing.id,
        type=outgoing.topic.name,
        source=source,
        subject=outgoing.key,
        time=outgoing.time,
        traceparent=outgoing.traceparent,
    )
    return outgoing.key.encode(), outgoing.value_bytes, envelope.to_headers()


def decode(raw: RawMessage, topic: Topic, model: type[M]) -> Message[M]:
    """Read a record.

    Raises:
        InvalidMessage: for whatever makes it unusable: key, headers or value.
        NewerProducer: it is JSON and a message of this topic by its headers, of a newer version of the contract.
    """
    if raw.value is None:
        raise InvalidMessage("the value is empty")
    if len(raw.value) > MAX_MESSAGE_BYTES:  # a broker counts compressed bytes: a small record can hold it
        raise InvalidMessage(f"the value has {len(raw.value)} bytes, the limit is {MAX_MESSAGE_BYTES}")
    if raw.key is None:
        raise InvalidMessage(f"the key is empty; {topic.name} has its {topic.key} there")
    headers = {name: value.decode("utf-8", "replace") for name, value in raw.headers if value is not None}
    for name, expected in (("ce_specversion", SPEC_VERSION), ("ce_type", topic.name)):
        if headers.get(name, expected) != expected:
            raise InvalidMessage(f"header {name} is {headers[name]!r}, expected {expected!r}")
    try:
        key = raw.key.decode()
        value = model.model_validate_json(raw.value)
    except ValidationError as error:
        version = headers.get(CONTRACT_VERSION_HEADER, "")
        if _is_newer(version) and headers.get("ce_type") == topic.name and not _is_garbage(error):
            raise NewerProducer(
                f"{topic.name}, partition {raw.partition}, offset {raw.offset}, was published by a newer Newsweave "
                f"(contract version {version}, ours is {CONTRACT_VERSION}). Deploy this consumer anew. It is "
                + _reasons(error, model)
            ) from error
        raise InvalidMessage(_reasons(error, model)) from error
    except UnicodeDecodeError as error:
        raise InvalidMessage(f"the key is not UTF-8: {error}") from error
    # Order and compaction go by the key: under another one a message could overtake those before it.
    if key != (named := attrgetter(topic.key)(value)):
        raise InvalidMessage(f"the key is {key!r}, but the value's {topic.key} is {named!r}")
    traceparent = well_formed(headers.get("traceparent"))
    return Message(raw.topic, raw.partition, raw.offset, key, value, traceparent, time_of(raw.timestamp_ms))


def time_of(timestamp_ms: int | None) -> datetime | None:
    """The time of a record; None where it has none, or one that no clock shows."""
    if timestamp_ms is None or not 0 < timestamp_ms < _LATEST_MS:
        return None
    return datetime.fromtimestamp(timestamp_ms / 1000, UTC)


def _is_newer(version: str) -> bool:
    return (
        version.isascii()
        and version.isdecimal()
        and len(version) <= MAX_VERSION_DIGITS
        and int(version) > CONTRACT_VERSION
    )


def _is_garbage(error: ValidationError) -> bool:
    """Whether the value is no JSON object at all, as no version of ours writes it."""
    faults = error.errors(include_input=False, include_url=False)
    return any(not fault["loc"] and fault["type"] in {"json_invalid", "model_type"} for fault in faults)


def _reasons(error: ValidationError, model: type[Contract]) -> str:
    """The first few faults, each with its place; never the input itself, which may be large or secret."""
    faults = [
        f"{field_path(fault['loc']) or 'value'}: {plain_message(fault)}"
        for fault in error.errors(include_input=False, include_url=False)[:MAX_REASONS]
    ]
    more = error.error_count() - len(faults)
    return f"not a valid {model.__name__}: " + "; ".join(faults) + (f"; and {more} more" if more > 0 else "")
