"""What was computed from objects the last time that an event's view was built."""

from collections.abc import Callable
from typing import Generic, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


class Remembered(Generic[Given, Found]):
    """What was computed from objects, as long as they are used from one time to the next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Given, Found]] = {}
        self._now: dict[str, tuple[Given, Found]] = {}

    def turn(self) -> None:
        """Begin anew: what is not asked for until the next time is forgotten."""
        self._last, self._now = self._now, {}

    def of(self, key: str, given: Given, compute: Callable[[Given], Found]) -> Found:
        """The result for an object: the one of the last time if it is the very same object."""
        before = self._last.get(key)
        found = before[1] if before is not None and before[0] is given else compute(given)
        self._now[key] = given, found
        return found
