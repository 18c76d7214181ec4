"""Places in lists: members of an index, and the cursors made of them.

A member is `<time> <id>`, so that plain byte order is order by time, then id; what has no time comes last. A cursor
names the last member that a client has seen, not a count of rows: what comes in meanwhile shifts nothing.
"""

import re
from datetime import UTC, datetime

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_UNDATED = "undated"
CURSOR_PATTERN = f"^({_TIME}|{_UNDATED})~[!-~]{{1,200}}$"
"""Which texts are cursors: a member with `~` for the space. Each is a place in the list, whether an event is there or
not."""
_CURSOR = re.compile(CURSOR_PATTERN, re.ASCII)


class BadCursor(ValueError):  # noqa: N818 - a fact about the cursor
    """The text is no cursor that this service gave out."""


class CursorOfOtherList(BadCursor):
    """It is a cursor of a list that was asked for with other parameters."""


class CursorTooOld(BadCursor):
    """What changed since the walk began is known no more: the list cannot be gone on with as it was."""


def index_member(at: datetime | None, identity: str) -> str:
    """The index member of something; members sort by time (aware, to the microsecond; none: last), then id."""
    if at is None:
        return f"{_UNDATED} {identity}"
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"{moment} {identity}"


def id_of(member: str) -> str:
    """Id of what a member stands for."""
    return member.partition(" ")[2]


def encode_cursor(member: str) -> str:
    """The cursor that continues after `member`."""
    return member.replace(" ", "~", 1)


def decode_cursor(cursor: str) -> str:
    """The member that a cursor continues after.

    Raises:
        BadCursor: it was not made by `encode_cursor`.
    """
    if not _CURSOR.fullmatch(cursor):
        raise BadCursor("it names no place in the list")
    return cursor.replace("~", " ", 1)
