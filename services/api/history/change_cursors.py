"""Places among the changes of an event, and the cursors made of them. Pure."""

import re
from typing import NamedTuple

from services.api.cursors import BadCursor

CURSOR_PATTERN = "^[0-9]{1,9}\\.[0-9]{1,9}$"
CURSOR_EXAMPLE = "7.3"
_CURSOR = re.compile(CURSOR_PATTERN, re.ASCII)


class ChangePlace(NamedTuple):
    """A change of an event, by the version that it leads to and its place among the changes that do."""

    version: int
    place: int


def encode_place(place: ChangePlace) -> str:
    """The cursor that continues after a change."""
    return f"{place.version}.{place.place}"


def decode_place(cursor: str) -> ChangePlace:
    """The change that a cursor continues after.

    Raises:
        BadCursor: it was not made by `encode_place`.
    """
    if not _CURSOR.fullmatch(cursor):
        raise BadCursor("it names no change")
    version, place = (int(part) for part in cursor.split("."))
    return ChangePlace(version, place)
