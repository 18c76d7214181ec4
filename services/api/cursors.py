"""Places in the list of events: members of the index, and the opaque cursors made of them.

A member is `<updated_at> <event_id>`, so that plain byte order is order by time, then id. A cursor names the last
member that a client has seen, not a count of rows: events that come in meanwhile shift nothing.
"""

import base64
import binascii
import re
from datetime import UTC, datetime

_MEMBER = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z \S{1,200}")


class BadCursor(ValueError):  # noqa: N818 - a fact about the cursor
    """The text is no cursor that this service gave out."""


def index_member(updated_at: datetime, event_id: str) -> str:
    """The index member of an event; members sort by time (aware, to the microsecond), then id."""
    moment = updated_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"{moment} {event_id}"


def event_id_of(member: str) -> str:
    """The event that a member stands for."""
    return member.partition(" ")[2]


def encode_cursor(member: str) -> str:
    """The cursor that continues after `member`: URL-safe, without padding."""
    return base64.urlsafe_b64encode(member.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """The member that a cursor continues after.

    Raises:
        BadCursor: it was not made by `encode_cursor`.
    """
    try:
        member = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise BadCursor("it does not decode") from error
    if not _MEMBER.fullmatch(member):
        raise BadCursor("it names no place in the list")
    return member
