"""What many clients share and none may keep from the others: places for requests, memory for bodies."""

import time
from collections import Counter
from collections.abc import Callable

CONTENTION_SECONDS = 10.0
"""How long a client that was refused counts as waiting: longer than any client is told to stay away."""


class SharedLimit:
    """A number of units. A client alone may hold all of them; while others want some, only its share."""

    def __init__(self, total: int, per_client: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """All units are free.

        Args:
            total: How many there are.
            per_client: How many one client may hold while others hold some or were refused just now.
            monotonic: Seconds that only ever grow.
        """
        self._total = total
        self._per_client = min(per_client, total)
        self._held: Counter[str] = Counter()
        self._refused: dict[str, float] = {}
        self._monotonic = monotonic

    def take(self, client: str, units: int = 1) -> bool:
        """Take units for `client`; False, and nothing taken, where there are not enough for it."""
        limit = self._per_client if self._is_wanted_beside(client) else self._total
        if self._held.total() + units > self._total or self._held[client] + units > limit:
            self._note_refusal(client)
            return False
        self._held[client] += units
        return True

    def give_back(self, client: str, units: int = 1) -> None:
        """Units of `client` are free again."""
        self._held[client] -= units
        if not self._held[client]:
            del self._held[client]

    def _is_wanted_beside(self, client: str) -> bool:
        since = self._monotonic() - CONTENTION_SECONDS
        others_hold = any(units and holder != client for holder, units in self._held.items())
        return others_hold or any(at > since and refused != client for refused, at in self._refused.items())

    def _note_refusal(self, client: str) -> None:
        now = self._monotonic()
        self._refused = {refused: at for refused, at in self._refused.items() if at > now - CONTENTION_SECONDS}
        self._refused[client] = now
