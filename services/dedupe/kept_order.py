"""Keeps what an event has much of in order, so that a few more or less cost no walk through all the others."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
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


def sort_few_new(items: Sequence[V], previously_sorted: Sequence[V], key: Callable[[V], Any]) -> list[V]:
    """Sort items of which no two have one key; of a few more, only these are looked into.

    Args:
        items: The items.
        previously_sorted: Items that were sorted by the same key; some may be gone.
        key: What to sort by.
    """
    identities = list(map(id, items))
    known = set(map(id, previously_sorted))
    new = [item for item, identity in zip(items, identities, strict=True) if identity not in known]
    ordered = list(previously_sorted)
    if len(known) + len(new) != len(items):  # some are gone
        now = set(identities)
        ordered = [item for item in previously_sorted if id(item) in now]
    if len(new) > len(ordered) or len(ordered) + len(new) != len(items):
        return sorted(items, key=key)
    for item in new:
        insort(ordered, item, key=key)
    return ordered
