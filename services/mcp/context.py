"""What a tool works with, and how it gives a list in parts that fit."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from services.client.async_client import AsyncNewsweave
from services.mcp.answers import Item, ToolAnswer
from services.mcp.evidence import Evidence, Links
from services.mcp.fitting import how_many_fit, slim
from services.mcp.readable import Marks

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
class Fetched:
    """Part of a list of the api, as items."""

    items: Sequence[Item]
    next: str | None
    """The api's cursor."""
    total: int | None = None
    """How many the whole list has; None: the api does not say."""


Fetch = Callable[[int, str | None], Awaitable[Fetched]]
"""Gets at most so many items after a cursor."""


async def part_of_list(
    context: ToolContext, answer: ToolAnswer, fetch: Fetch, *, at_once: int, cursor: str | None
) -> ToolAnswer:
    """The answer with as many items of a list of the api as fit, after the items that it has.

    Where fewer fit than were fetched, the api is asked for just so many: its cursor then goes on after the last one.

    Raises:
        ToolError: The cursor is not one of ours.
    """
    seen, after = read_list_place(cursor)
    fetched = await fetch(at_once, after)
    answer, shown = context.fitted(answer, fetched.items)
    following, left = fetched.next, len(fetched.items) - shown
    if left:
        following = (await fetch(shown, after)).next
    if fetched.total is not None:
        left = max(left, fetched.total - seen - shown)
    return answer.model_copy(
        update={
            "left_out": max(left, 1) if following is not None else 0,
            "left_out_at_least": fetched.total is None and fetched.next is not None,
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
    found = _VERSION_PLACE.fullmatch(cursor)
    if found is None:
        raise bad_cursor()
    return VersionPlace(found["event_id"], int(found["version"]), int(found["offset"]))


def read_list_place(cursor: str | None) -> tuple[int, str | None]:
    """How many items came before, and the api's cursor. Raises ToolError."""
    if cursor is None:
        return 0, None
    found = _LIST_PLACE.fullmatch(cursor)
    if found is None:
        raise bad_cursor()
    return int(found["seen"]), found["cursor"] or None


def bad_cursor() -> ToolError:
    """That a cursor is not one of ours."""
    return ToolError("cursor: give the `next` of an answer of this tool as it is, with the same other arguments.")
