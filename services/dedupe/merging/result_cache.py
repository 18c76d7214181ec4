"""A cache keeps what was computed from objects when the last view of an event was built."""

from collections.abc import Callable
from typing import Generic, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


class ResultCache(Generic[Given, Found]):
    """What was computed from objects, as long as they are used from one time to the next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Given, Found]] = {}
        self._now: dict[str, tuple[Given, Found]] = {}

    def start_view(self) -> None:
        """Begin anew: what is not asked for until the next time is forgotten."""
        self._last, self._now = self._now, {}

    def get_or_compute(self, key: str, source: Given, compute: Callable[[Given], Found]) -> Found:
        """The result for an object: the one of the last time if it is the very same object."""
        before = self._last.get(key)
        found = before[1] if before is not None and before[0] is source else compute(source)
        self._now[key] = source, found
        return found
