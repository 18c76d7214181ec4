"""How often a process may be started again."""

from collections import deque
from enum import Enum

WHILE_FULL_SECONDS = 5.0
"""Pause between two starts of a process while the disk is full."""


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


class Verdict(Enum):
    """What to do about a process that has died."""

    START = "start it again"
    WAIT = "start it later"
    GIVE_UP = "it died too often"


class RestartPolicy:
    """When one process may be started again.

    While the disk is full it may be so without end, at most every `WHILE_FULL_SECONDS`: the process is not at fault,
    and once there is room it runs.
    """

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.budget = RestartBudget()
        self._while_full = RestartBudget(1, WHILE_FULL_SECONDS)

    def decide(self, now_seconds: float, *, disk_is_full: bool) -> Verdict:
        """The verdict at this moment of a steady clock; START counts as a restart."""
        if disk_is_full:
            return Verdict.START if self._while_full.spend(now_seconds) else Verdict.WAIT
        return Verdict.START if self.budget.spend(now_seconds) else Verdict.GIVE_UP
