"""Lists, part after part, by their cursors. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from services.client.errors import UnreadableAnswerError
from services.client.exchange import Call, Query

T = TypeVar("T")
P = TypeVar("P")
MOST_AT_ONCE = 100
"""The most that the services give in one part."""


class Part(Protocol):
    """An answer that is part of a list."""

    @property
    def next(self) -> str | None:
        """The cursor that continues; None: this was the last part."""


@dataclass
class Walk(Generic[P, T]):
    """Where a reader of a list is."""

    call: Callable[[Query], Call[P]]
    """Asks for a part, given its `limit` and `cursor`."""
    items: Callable[[P], Sequence[T]]
    """What a part lists."""
    cursor_after: Callable[[P], str | None]
    """What continues a part."""
    limit: int | None = None
    """Items asked for in all; None: all there are."""
    part: P | None = None
    """The last part that came: it says more of the list than its items."""
    count: int = 0
    """Items that came."""
    _cursor: str | None = None
    _leads_back: bool = False
    """Whether the part after a cursor names the same cursor as what continues it."""

    def next_call(self) -> Call[P] | None:
        """What to ask for next; None: the list ends here. Raises UnreadableAnswerError where it never would."""
        if self.part is not None and self._cursor is None:
            return None
        left = MOST_AT_ONCE if self.limit is None else self.limit - self.count
        if left <= 0:
            return None
        if self._leads_back:
            raise UnreadableAnswerError("the list does not end: the part after a cursor has the same cursor")
        query: Query = (("limit", str(min(left, MOST_AT_ONCE))),)
        return self.call(query if self._cursor is None else (*query, ("cursor", self._cursor)))

    def take(self, part: P) -> Sequence[T]:
        """Items of a part that came. Raises UnreadableAnswerError."""
        cursor = self.cursor_after(part)
        items = self.items(part)
        if self.limit is not None:
            items = items[: self.limit - self.count]
        self.part = part
        self._leads_back = cursor is not None and cursor == self._cursor
        self._cursor = cursor
        self.count += len(items)
        return items


def cursor_of(part: Part) -> str | None:
    """Of a part that was read into its model."""
    return part.next


def cursor_in(part: Mapping[str, Any]) -> str | None:
    """Of a part that is JSON."""
    cursor = field_of(part, "next")
    return None if cursor is None else str(cursor)


def field_of(part: object, name: str) -> Any:
    """A field of a part that is JSON. Raises UnreadableAnswerError."""
    if not isinstance(part, Mapping) or name not in part:
        raise UnreadableAnswerError(f"the answer has no `{name}`: is that address Newsweave's?")
    return part[name]
