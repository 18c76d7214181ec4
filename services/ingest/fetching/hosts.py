"""Turns at a host: few requests at a time, with pauses."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MAX_REMEMBERED = 10_000
"""Hosts that are remembered while nobody waits for them. The one that was idle longest goes first."""


@dataclass
class _Host:
    places: asyncio.Semaphore
    pace: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    users: int = 0


class HostTurns:
    """Hands out turns, first come first served. A host is forgotten once its pause is over and nobody waits for it."""

    def __init__(
        self,
        *,
        concurrency: int,
        delay_seconds: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._concurrency = concurrency
        self._delay_seconds = delay_seconds
        self._now = now
        self._sleep = sleep
        self._busy: dict[str, _Host] = {}
        self._idle: OrderedDict[str, _Host] = OrderedDict()

    def __len__(self) -> int:
        """How many hosts are remembered now."""
        return len(self._busy) + len(self._idle)

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float = 0.0) -> AsyncIterator[None]:
        """Wait for a place at `host` and for its pause to be over; the place is held until the block ends.

        Args:
            host: the host's name.
            delay_seconds: pause until the next turn, if it is longer than the common one.
        """
        entry = self._busy.get(host) or self._idle.pop(host, None) or _Host(asyncio.Semaphore(self._concurrency))
        self._busy[host] = entry
        entry.users += 1
        try:
            async with entry.places:
                async with entry.pace:
                    if (wait := entry.next_start - self._now()) > 0:
                        await self._sleep(wait)
                    entry.next_start = self._now() + max(self._delay_seconds, delay_seconds)
                yield
        finally:
            entry.users -= 1
            if not entry.users:
                self._rest(host)

    def _rest(self, host: str) -> None:
        self._idle[host] = self._busy.pop(host)
        while self._idle:
            first = next(iter(self._idle))
            if self._idle[first].next_start > self._now() and len(self._idle) <= MAX_REMEMBERED:
                return
            del self._idle[first]
