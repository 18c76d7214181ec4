"""Events that were merged into others lately, so that feed readers can drop what they hold of them.

From the update log: each process reads it once from its floor and then goes on from where it was.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from services.api.history.entries import moment_of
from services.api.updates.positions import BEGINNING, order_of
from services.api.updates.update_log import UpdateLog

MOST = 200
"""Tombstones that are kept, the latest ones."""
ENTRIES_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Tombstone:
    """An event that is another one now."""

    event_id: str
    merged_into: str
    at: datetime
    """When the view took it."""


class Tombstones:
    """Follows the update log on demand."""

    def __init__(self, log: UpdateLog) -> None:
        self._log = log
        self._position = BEGINNING
        self._merged: OrderedDict[str, Tombstone] = OrderedDict()
        self._reading = asyncio.Lock()

    async def recent(self) -> tuple[Tombstone, ...]:
        """The latest, the latest first. Raises TransientError when Redis does not answer."""
        async with self._reading:
            await self._follow()
            return tuple(reversed(self._merged.values()))

    async def _follow(self) -> None:
        if order_of(await self._log.head()) < order_of(self._position):  # the view was rebuilt: another log
            self._position = BEGINNING
            self._merged.clear()
        while updates := await self._log.read(self._position, ENTRIES_AT_A_TIME):
            for update in updates:
                self._merged.pop(update.event_id, None)
                if update.merged_into:
                    milliseconds, _ = order_of(update.position)
                    self._merged[update.event_id] = Tombstone(
                        update.event_id, update.merged_into, moment_of(milliseconds)
                    )
            while len(self._merged) > MOST:
                self._merged.popitem(last=False)
            self._position = updates[-1].position
