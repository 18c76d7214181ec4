"""Keeps what an event has much of in order, so that a few more or less cost no walk through all the others."""

from bisect import bisect_left
from collections.abc import Iterable
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

    def add(self, key: Any, value: V) -> int:
        """Add a value where its key belongs, and return where that is."""
        at = bisect_left(self._keys, key)
        self._keys.insert(at, key)
        self.values.insert(at, value)
        return at

    def add_all(self, items: Iterable[tuple[Any, V]]) -> None:
        """Add values with their keys."""
        ordered = sorted(items, key=lambda item: item[0])
        if self.values:
            for key, value in ordered:
                self.add(key, value)
        else:
            self._keys = [key for key, _ in ordered]
            self.values = [value for _, value in ordered]

    def remove(self, key: Any, value: V) -> int:
        """Remove a value that was added with a key, and return where it was."""
        at = bisect_left(self._keys, key)
        while self.values[at] is not value:
            at += 1
        del self._keys[at], self.values[at]
        return at
