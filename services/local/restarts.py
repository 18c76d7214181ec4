"""How often a process may be started again."""

from collections import deque


class RestartBudget:
    """At most `limit` restarts in any `window_seconds`."""

    def __init__(self, limit: int = 5, window_seconds: float = 60.0) -> None:
        """Start with nothing spent."""
        self.limit = limit
        self.window_seconds = window_seconds
        self._spent: deque[float] = deque()

    def spend(self, now_seconds: float) -> bool:
        """Take one restart at this moment of a steady clock. False: none is left."""
        while self._spent and self._spent[0] <= now_seconds - self.window_seconds:
            self._spent.popleft()
        if len(self._spent) >= self.limit:
            return False
        self._spent.append(now_seconds)
        return True
