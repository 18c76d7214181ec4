"""Which partitions are ours, and which records are still ours to handle.

A rebalance runs in a task of the Kafka client beside the loop. It waits for the batch in hand, whose offsets are
then committed. What was polled before it, and was not begun yet, is dropped: whoever owns the partition next reads it
again. `generation` tells the two apart: it grows whenever records polled before count no more.

What was just given to us is prepared for by the loop, not here: the client sends no signs of life as long as
`on_partitions_assigned` runs, and a store can let us wait for longer than the group does.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from aiokafka import TopicPartition
from aiokafka.abc import ConsumerRebalanceListener

log = structlog.get_logger()


class Assignment(ConsumerRebalanceListener):  # type: ignore[misc]
    """What the group has given us. `generation` counts how often records polled before became void."""

    def __init__(self) -> None:
        """Nothing is ours yet."""
        self._busy = asyncio.Lock()
        self.owned: frozenset[int] = frozenset()
        self.fresh = False
        """Whether we were given `owned` and have not prepared for them yet."""
        self.leaving = asyncio.Event()
        """Set while the group waits for us to give back what we own."""
        self.generation = 0
        self.failure: Exception | None = None
        """What went wrong in a task beside the loop, which has to raise it."""

    @property
    def busy(self) -> bool:
        """Whether work is in hand that a rebalance has to wait for."""
        return self._busy.locked()

    @asynccontextmanager
    async def held(self, generation: int) -> AsyncIterator[bool]:
        """Keep rebalances waiting for the length of the block; gives whether records of `generation` are still ours."""
        async with self._busy:
            yield generation == self.generation and bool(self.owned) and not self.fresh

    def void(self) -> None:
        """Records that were polled before are not to be handled: they will be read again."""
        self.generation += 1

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Wait for the batch in hand, whose offsets are then committed; what was polled since is dropped."""
        self.leaving.set()
        async with self._busy:
            self.owned = frozenset()
            self.fresh = False
        if revoked:
            log.info("partitions given back", partitions=sorted(place.partition for place in revoked))

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Own these from now on."""
        self.void()  # before any await: records polled from here on belong to the new assignment
        self.leaving.clear()
        async with self._busy:
            self.owned = frozenset(place.partition for place in assigned)
            self.fresh = True
