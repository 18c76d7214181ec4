"""Equal parts of what an event keeps, each kept once as long as anything uses it: reprints have little of their own."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _SharedPart:
    part: Any
    uses: int


class SharedParts:
    """The parts by what makes two of them equal."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._parts: dict[Hashable, _SharedPart] = {}

    def share(self, key: Hashable, part: T) -> T:
        """Return the first part that was given with a key. Each use has to be released."""
        shared = self._parts.get(key)
        if shared is None:
            shared = self._parts[key] = _SharedPart(part, 0)
        shared.uses += 1
        known: T = shared.part
        return known

    def release(self, key: Hashable) -> None:
        """Take back a use of a part; without any it is forgotten."""
        shared = self._parts[key]
        shared.uses -= 1
        if not shared.uses:
            del self._parts[key]
