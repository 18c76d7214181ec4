"""One batch of records: decoded, with those that are no use set aside as dead letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import structlog

from services.contracts.base import Contract
from services.contracts.topics import Topic
from services.runtime.dead_letters import MAX_REASON_CHARS, dead_letter_record
from services.runtime.errors import InvalidMessage
from services.runtime.messages import Message, RawMessage, Record, Rejection, decode

M = TypeVar("M", bound=Contract)
log = structlog.get_logger()


@dataclass(frozen=True)
class Origin:
    """Where the batch was read, and by whom: what a dead letter says beside its reason."""

    service: str
    topic: Topic
    prefix: str


class Batch(Generic[M]):
    """The usable messages of a batch in log order, and the dead letters of the others."""

    def __init__(self, raws: Sequence[RawMessage], origin: Origin) -> None:
        self._origin = origin
        self._raws = {(raw.partition, raw.offset): raw for raw in raws}
        self.messages: list[Message[M]] = []
        self.letters: list[Record] = []
        for raw in raws:
            try:
                message = decode(raw, origin.topic, origin.topic.value)
            except InvalidMessage as error:
                self._set_aside(raw, str(error), type(error.__cause__ or error).__name__)
            else:
                self.messages.append(cast("Message[M]", message))

    def __len__(self) -> int:
        return len(self._raws)

    @property
    def next_offsets(self) -> Mapping[int, int]:
        """For each partition the offset after its last record here."""
        offsets: dict[int, int] = {}
        for partition, offset in self._raws:
            offsets[partition] = max(offsets.get(partition, 0), offset + 1)
        return offsets

    @property
    def coordinates(self) -> str:
        """`partition:first-last` of each partition in the batch, for logs."""
        firsts: dict[int, int] = {}
        for partition, offset in self._raws:
            firsts[partition] = min(firsts.get(partition, offset), offset)
        return " ".join(
            f"{partition}:{firsts[partition]}-{end - 1}" for partition, end in sorted(self.next_offsets.items())
        )

    def reject(self, rejections: Sequence[Rejection]) -> None:
        """Set messages aside that the handler could not use."""
        for rejection in rejections:
            raw = self._raws[rejection.message.partition, rejection.message.offset]
            self._set_aside(raw, rejection.reason, InvalidMessage.__name__)

    def _set_aside(self, raw: RawMessage, reason: str, exception: str) -> None:
        log.warning("dead letter", partition=raw.partition, offset=raw.offset, reason=reason[:MAX_REASON_CHARS])
        self.letters.append(
            dead_letter_record(
                raw,
                self._origin.topic,
                service=self._origin.service,
                prefix=self._origin.prefix,
                reason=reason,
                exception=exception,
            )
        )
