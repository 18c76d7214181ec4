"""What a service gives the runtime: one plain class that turns messages into messages."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from services.contracts.base import Contract
from services.runtime.messages import Message, Outgoing, Result

T = TypeVar("T")
M_contra = TypeVar("M_contra", bound=Contract, contravariant=True)


class Handler(Protocol[M_contra]):
    """Turns messages into messages. It keeps nothing between batches."""

    async def handle(self, messages: Sequence[Message[M_contra]]) -> Result:
        """What the batch comes to. Raises TransientError only before it has changed any state.

        Where messages can take long it stops when the time of a batch is up (`in_time`), and the result says how
        many messages it covers. At least one, if there is one.
        """
        ...


@runtime_checkable
class StatefulHandler(Handler[M_contra], Protocol[M_contra]):
    """A handler that keeps its offsets with its state."""

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Load the state of all partitions that we now own; give the next offset of each that has one kept.

        A rebalance may cancel it; it is called again for what we own then.
        """
        ...

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write state and offsets in one transaction. Raises Fenced, StateLost or TransientError.

        Without offsets there is nothing to write, but for what an `OutboxHandler` got ready: it only sees that what was
        saved before is still there.
        """
        ...


@runtime_checkable
class OutboxHandler(StatefulHandler[M_contra], Protocol[M_contra]):
    """A handler that saves what it is going to publish together with its state, and publishes only what was saved.

    What went out then never depends on where a crash, or a replay, cut the log: a repeated batch finds what the first
    try has saved, and publishes that. Such a handler leaves `Result.outgoing` empty.
    """

    async def prepare_while_idle(self) -> bool:
        """Make ready what had to wait until now; whether there is something to save. Called while nothing comes in."""
        ...

    def take_outbox(self) -> Sequence[Outgoing]:
        """What was saved to be published, and was not taken yet. Asked for right after each save and each take-over.

        Who takes it publishes it before anything else, or ends.
        """
        ...


def in_time(items: Iterable[T], seconds: float, *, now: Callable[[], float] = time.monotonic) -> Iterator[T]:
    """The items, until `seconds` have passed since the first was asked for. The first one always comes."""
    began = now()
    for count, item in enumerate(items):
        if count and now() - began >= seconds:
            return
        yield item
