"""Keeps what an event has much of in order, so that a few more or less cost no walk through all the others."""

from bisect import bisect_left
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class KeptOrder(Generic[V]):
    """Values in the order of their keys.

    Attributes:
        values: The values in order; not to be changed by others.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.values: list[V] = []
        self._keys: list[Any] = []

    def add(self, key: Any, value: V) -> None:
        """Add a value where its key belongs."""
        at = bisect_left(self._keys, key)
        self._keys.insert(at, key)
        self.values.insert(at, value)

    def remove(self, key: Any, value: V) -> None:
        """Remove a value that was added with a key."""
        at = bisect_left(self._keys, key)
        while self.values[at] is not value:
            at += 1
        del self._keys[at], self.values[at]
