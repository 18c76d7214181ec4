"""How fast articles are sent: so many a second, and slower while the service is busy."""

import math
from collections.abc import Callable


class Pace:
    """Spreads rows over time."""

    def __init__(self, rate: float | None, *, pause: Callable[[float], None], clock: Callable[[], float]) -> None:
        """Set the pace.

        Args:
            rate: Rows a second, above 0; None for no limit.
            pause: Waits so many seconds.
            clock: Seconds that only grow.
        """
        self._rate = rate
        self._pause = pause
        self._clock = clock
        self._due = clock()

    def most_rows(self, most: int) -> int:
        """How many rows one request may have: those of a second, at least one."""
        return most if self._rate is None else max(1, min(most, math.ceil(self._rate)))

    def wait(self, rows: int) -> None:
        """Wait until so many rows are due. Time that the service took is not caught up on."""
        if self._rate is None:
            return
        now = self._clock()
        if self._due > now:
            self._pause(self._due - now)
        self._due = max(self._due, now) + rows / self._rate
