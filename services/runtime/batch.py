"""One batch of records: decoded, with those that are no use set aside as dead letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar, cast

import structlog

from services.contracts.base import Contract
from services.contracts.topics import Topic
from services.runtime.dead_letters import MAX_REASON_CHARS, dead_letter_record
from services.runtime.errors import InvalidMessage, NewerProducer
from services.runtime.messages import Message, RawMessage, Record, Rejection, decode

M = TypeVar("M", bound=Contract)
log = structlog.get_logger()


@dataclass(frozen=True)
class Origin:
    """Where the batch was read, and by whom: what a dead letter says beside its reason."""

    service: str
    topic: Topic
    prefix: str


@dataclass(frozen=True)
class _SetAside:
    """A record that is no use, and why."""

    raw: RawMessage
    reason: str
    exception: str


def within_bytes(records: Sequence[RawMessage], most: int) -> int:
    """How many of the first records have values of at most `most` bytes together; one if there is any."""
    total = 0
    for count, record in enumerate(records):
        total += len(record.value or b"")
        if total > most and count:
            return count
    return len(records)


class Batch(Generic[M]):
    """The usable messages of a batch in log order, and the records that are no use.

    It ends before the first message of a newer producer that we cannot read.
    """

    def __init__(self, raws: Sequence[RawMessage], origin: Origin, *, newer_as_garbage: bool = False) -> None:
        """Decode `raws`.

        Raises:
            NewerProducer: the first of them is already one that we cannot read.
        """
        self._origin = origin
        self._raws: list[RawMessage] = []
        self._garbage: list[_SetAside] = []
        self._rejected: list[_SetAside] = []
        self.messages: list[Message[M]] = []
        for raw in raws:
            try:
                message = decode(raw, origin.topic, origin.topic.value)
            except NewerProducer as error:
                if not newer_as_garbage:
                    if not self._raws:
                        raise
                    break
                self._garbage.append(_SetAside(raw, str(error), NewerProducer.__name__))
            except InvalidMessage as error:
                self._garbage.append(_SetAside(raw, str(error), type(error.__cause__ or error).__name__))
            else:
                self.messages.append(cast("Message[M]", message))
            self._raws.append(raw)

    def __len__(self) -> int:
        return len(self._raws)

    @property
    def garbage(self) -> int:
        """Number of records that are not messages of the topic."""
        return len(self._garbage)

    @property
    def rejected(self) -> int:
        """Number of messages that the handler could not use."""
        return len(self._rejected)

    @property
    def letters(self) -> list[Record]:
        """The dead letters, garbage first."""
        return [self._letter(aside) for aside in (*self._garbage, *self._rejected)]

    @property
    def next_offsets(self) -> Mapping[int, int]:
        """For each partition the offset after its last record here."""
        offsets: dict[int, int] = {}
        for raw in self._raws:
            offsets[raw.partition] = max(offsets.get(raw.partition, 0), raw.offset + 1)
        return offsets

    @property
    def coordinates(self) -> str:
        """`partition:first-last` of each partition in the batch, for logs."""
        firsts: dict[int, int] = {}
        for raw in self._raws:
            firsts[raw.partition] = min(firsts.get(raw.partition, raw.offset), raw.offset)
        return " ".join(
            f"{partition}:{firsts[partition]}-{end - 1}" for partition, end in sorted(self.next_offsets.items())
        )

    def end_after(self, messages: int) -> None:
        """Keep the first so many messages, and the garbage before the next one. At least one message has to stay.

        Raises:
            ValueError: less than one, or more than there are.
        """
        if messages == len(self.messages):
            return
        if not 0 < messages < len(self.messages):
            raise ValueError(f"a handler covers at least one message and no more than it got, not {messages}")
        first_left = self.messages[messages]
        coordinates = (first_left.partition, first_left.offset)
        end = next(i for i, raw in enumerate(self._raws) if (raw.partition, raw.offset) == coordinates)
        left = {(raw.partition, raw.offset) for raw in islice(self._raws, end, None)}
        del self._raws[end:], self.messages[messages:]
        self._garbage = [
            garbage for garbage in self._garbage if (garbage.raw.partition, garbage.raw.offset) not in left
        ]

    def reject(self, rejections: Sequence[Rejection]) -> None:
        """Set messages aside that the handler could not use."""
        raws = {(raw.partition, raw.offset): raw for raw in self._raws} if rejections else {}
        for rejection in rejections:
            raw = raws[rejection.message.partition, rejection.message.offset]
            self._rejected.append(_SetAside(raw, rejection.reason, InvalidMessage.__name__))

    def log_dead_letters(self) -> None:
        """One line, however many there are: a run of garbage must not fill the log as well."""
        asides = [*self._garbage, *self._rejected]
        if asides:
            first = asides[0]
            log.warning(
                "dead letter" if len(asides) == 1 else "dead letters",
                number=len(asides),
                partition=first.raw.partition,
                offset=first.raw.offset,
                reason=first.reason[:MAX_REASON_CHARS],
            )

    def _letter(self, aside: _SetAside) -> Record:
        return dead_letter_record(
            aside.raw,
            self._origin.topic,
            service=self._origin.service,
            prefix=self._origin.prefix,
            reason=aside.reason,
            exception=aside.exception,
        )
