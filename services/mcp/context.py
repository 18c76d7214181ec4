"""What a tool works with, and how it gives a list in parts that fit."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.client.async_client import AsyncNewsweave
from services.mcp.answers import Item, ToolAnswer
from services.mcp.evidence import Evidence, Links
from services.mcp.fitting import how_many_fit, slim
from services.mcp.readable import Marks

R = TypeVar("R")
LIST_MOVED = "The list changed while it was read: later items may be missing or repeated."
LIST_NOT_WHOLE = "The list is incomplete: older changes of this event are no longer kept."
_LIST_PLACE = re.compile(r"(?P<seen>[0-9]{1,7})~(?P<cursor>.*)", re.DOTALL)
_VERSION_PLACE = re.compile(r"(?P<event_id>[^@]{1,100})@(?P<version>[0-9]{1,9})\.(?P<offset>[0-9]{1,7})")


class ToolError(Exception):
    """A tool cannot answer. The message says what to do."""


@dataclass(frozen=True)
class ToolContext:
    """Of one call."""

    client: AsyncNewsweave
    evidence: Evidence
    """What may be cited."""
    marks: Marks
    tokens: int

    @property
    def links(self) -> Links:
        """Addresses of our pages."""
        return self.evidence.links

    def fitted(self, answer: ToolAnswer, items: Sequence[Item]) -> tuple[ToolAnswer, int]:
        """The answer with as many of the items as fit after those that it has, and how many these are: one at least."""
        sources = self.evidence.sources_of(items)
        shown = how_many_fit(answer, items, sources, self.marks, self.tokens)
        fitting = items[:shown] if shown else [slim(item) for item in items[:1]]
        added = (*answer.items, *fitting)
        shown = len(fitting)
        return answer.model_copy(update={"items": added, "sources": self.evidence.sources_of(added)}), shown


@dataclass(frozen=True)
class ListPart(Generic[R]):
    """Part of a list of the api."""

    rows: Sequence[R]
    next: str | None
    """The api's cursor."""
    total: int | None = None
    """How many the whole list has; None: the api does not say."""


@dataclass(frozen=True)
class ListReader(Generic[R]):
    """How a list of the api is read."""

    fetch: Callable[[int, str | None], Awaitable[ListPart[R]]]
    """Gets at most so many rows after a cursor."""
    name: Callable[[R], str | None]
    """What a row is called, the same each time that it is fetched."""
    items: Callable[[Sequence[R]], Awaitable[Sequence[Item]]]
    """Makes an item of each row."""
    at_once: int
    """Rows fetched for one answer."""

    async def cursor_after(self, rows: Sequence[R], after: str | None) -> tuple[str | None, bool]:
        """The api's cursor behind these rows, which follow `after`, and whether the list has them still.

        The api is asked for just so many; its answer can have fewer and go on.
        """
        names: list[str | None] = []
        cursor = after
        while len(names) < len(rows):
            part = await self.fetch(len(rows) - len(names), cursor)
            names += [self.name(row) for row in part.rows]
            is_stuck = part.next == cursor
            cursor = part.next
            if cursor is None or is_stuck:
                break
        return cursor, names == [self.name(row) for row in rows]


async def part_of_list(
    context: ToolContext, answer: ToolAnswer, reader: ListReader[R], cursor: str | None
) -> ToolAnswer:
    """The answer with as many items of a list of the api as fit, after the items that it has.

    Raises:
        ToolError: The cursor is not one of ours.
    """
    seen, after = read_list_place(cursor)
    part = await reader.fetch(reader.at_once, after)
    items = await reader.items(part.rows)
    answer, shown = context.fitted(answer, items)
    following, left = part.next, len(items) - shown
    if left:
        following, is_as_it_was = await reader.cursor_after(part.rows[:shown], after)
        if not is_as_it_was:
            answer = answer.model_copy(update={"notes": (*answer.notes, LIST_MOVED)})
    if part.total is not None:
        left = max(left, part.total - seen - shown)
    return answer.model_copy(
        update={
            "left_out": max(left, 1) if following is not None else 0,
            "left_out_at_least": part.total is None and part.next is not None,
            "next": None if following is None else f"{seen + shown}~{following}",
        }
    )


def part_of_version(
    context: ToolContext, answer: ToolAnswer, items: Sequence[Item], place: "VersionPlace", *, omitted: int = 0
) -> ToolAnswer:
    """The answer with as many items as fit, from the place on. `omitted`: items that the event has beside these."""
    rest = items[place.offset :]
    answer, shown = context.fitted(answer, rest)
    following = VersionPlace(place.event_id, place.version, place.offset + shown) if shown < len(rest) else None
    return answer.model_copy(
        update={
            "left_out": len(rest) - shown + omitted,
            "next": None if following is None else str(following),
        }
    )


@dataclass(frozen=True)
class VersionPlace:
    """A place in a version of an event, so that what changes meanwhile shifts nothing."""

    event_id: str
    version: int | None
    offset: int = 0

    def __str__(self) -> str:
        """As a cursor."""
        return f"{self.event_id}@{self.version}.{self.offset}"


def read_version_place(event_id: str, cursor: str | None) -> VersionPlace:
    """Where to go on. Raises ToolError."""
    if cursor is None:
        return VersionPlace(event_id, None)
    place = _VERSION_PLACE.fullmatch(cursor)
    if place is None:
        raise bad_cursor()
    return VersionPlace(place["event_id"], int(place["version"]), int(place["offset"]))


def read_list_place(cursor: str | None) -> tuple[int, str | None]:
    """How many items came before, and the api's cursor. Raises ToolError."""
    if cursor is None:
        return 0, None
    place = _LIST_PLACE.fullmatch(cursor)
    if place is None:
        raise bad_cursor()
    return int(place["seen"]), place["cursor"] or None


def bad_cursor() -> ToolError:
    """That a cursor is not one of ours."""
    return ToolError("cursor: give the `next` of an answer of this tool as it is, with the same other arguments.")
