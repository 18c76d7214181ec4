"""Equal parts of what an event keeps, each kept once as long as anything uses it: reprints have little of their own."""

from collections.abc import Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class SharedParts:
    """The parts by what makes two of them equal."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._parts: dict[Hashable, Any] = {}
        self._further_uses: dict[int, int] = {}
        """Of those that are used more than once, by their identity."""

    def share(self, key: Hashable, part: T) -> T:
        """Return the first part that was given with a key. Each use has to be released."""
        if key not in self._parts:
            self._parts[key] = part
            return part
        known: T = self._parts[key]
        self._further_uses[id(known)] = self._further_uses.get(id(known), 0) + 1
        return known

    def release(self, key: Hashable) -> None:
        """Take back a use of a part; without any it is forgotten."""
        part = id(self._parts[key])
        further = self._further_uses.pop(part, 0)
        if further > 1:
            self._further_uses[part] = further - 1
        elif not further:
            del self._parts[key]
