"""Connections to receivers, kept for a moment so that the next delivery finds one: a pool for each webhook.

One pool for all would look through all its connections for each request, and through all of them again for each that is
idle: with a hundred receivers that costs more than all else of a delivery.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore

MOST_POOLS = 100
"""Webhooks whose connections are kept: those that were sent to last."""
KEPT_OF_ONE = 1
"""Idle connections of one webhook."""


@dataclass
class _Pool:
    connections: httpcore.AsyncConnectionPool
    users: int = 0


class Connections:
    """The pools, by webhook."""

    def __init__(self, make: Callable[[], httpcore.AsyncConnectionPool]) -> None:
        """`make`: makes a pool."""
        self._make = make
        self._pools: dict[str, _Pool] = {}
        """Those that were used last come last."""

    @asynccontextmanager
    async def of(self, webhook: str) -> AsyncIterator[httpcore.AsyncConnectionPool]:
        """The connections of a webhook, for as long as the block runs."""
        pool = self._pools.pop(webhook, None) or _Pool(self._make())
        self._pools[webhook] = pool
        pool.users += 1
        try:
            yield pool.connections
        finally:
            pool.users -= 1
            await self._close_some()

    async def close(self) -> None:
        """Close all of them."""
        while self._pools:
            _, pool = self._pools.popitem()
            await pool.connections.aclose()

    async def _close_some(self) -> None:
        too_many = len(self._pools) - MOST_POOLS
        if too_many <= 0:
            return
        unused = [webhook for webhook, pool in self._pools.items() if not pool.users]
        closed = [self._pools.pop(webhook) for webhook in unused[:too_many]]
        for pool in closed:
            await pool.connections.aclose()
