"""Which partitions are ours, and which records are still ours to handle.

A rebalance runs in a task of the Kafka client beside the loop. It waits for the batch in hand, whose offsets are
then committed. What was polled before it, and was not begun yet, is dropped: whoever owns the partition next reads it
again. `generation` tells the two apart: it grows whenever records polled before count no more.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import structlog
from aiokafka import TopicPartition
from aiokafka.abc import ConsumerRebalanceListener

log = structlog.get_logger()


class Assignment(ConsumerRebalanceListener):  # type: ignore[misc]
    """What the group has given us. `generation` counts how often records polled before became void."""

    def __init__(self, take_over: Callable[[], Awaitable[None]]) -> None:
        """`take_over` prepares for the partitions just `owned`; what it raises ends up in `failure`."""
        self._take_over = take_over
        self._busy = asyncio.Lock()
        self.owned: frozenset[int] = frozenset()
        self.generation = 0
        self.failure: Exception | None = None
        """What went wrong in a task of the Kafka client, which would swallow it. The loop has to raise it."""

    @property
    def busy(self) -> bool:
        """Whether work is in hand that a rebalance has to wait for."""
        return self._busy.locked()

    @asynccontextmanager
    async def held(self, generation: int) -> AsyncIterator[bool]:
        """Keep rebalances waiting for the length of the block; gives whether records of `generation` are still ours."""
        async with self._busy:
            yield generation == self.generation and bool(self.owned)

    def void(self) -> None:
        """Records that were polled before are not to be handled: they will be read again."""
        self.generation += 1

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Wait for the batch in hand, whose offsets are then committed; what was polled since is dropped."""
        async with self._busy:
            self.owned = frozenset()
        if revoked:
            log.info("partitions given back", partitions=sorted(place.partition for place in revoked))

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Own these from now on, and prepare for them."""
        self.void()  # before any await: records polled from here on belong to the new assignment
        async with self._busy:
            self.owned = frozenset(place.partition for place in assigned)
            try:
                await self._take_over()
            except Exception as error:  # noqa: BLE001 - aiokafka swallows it here: the loop raises it instead
                self.failure = error
                self.owned = frozenset()  # what was polled meanwhile must not be handled on a state that is not ours
