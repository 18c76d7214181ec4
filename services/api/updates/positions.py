"""Positions in the update log. Pure.

A position is the id that Redis gave to an entry of the log: `<milliseconds since 1970>-<number>`. Ids only grow, so a
position is a place in one total order that is the same for every replica. Whoever has read up to a position goes on
with the entries after it.
"""

import re
from datetime import datetime

BEGINNING = "0-0"
"""Before every entry: whoever reads after it gets all that the log still holds."""

POSITION_PATTERN = "^[0-9]{1,20}-[0-9]{1,20}$"
_POSITION = re.compile(POSITION_PATTERN, re.ASCII)
_HIGHEST = 2**64 - 1
"""Of both numbers of an id. Source: https://redis.io/docs/latest/develop/data-types/streams/"""


class BadPosition(ValueError):  # noqa: N818 - a fact about the position
    """The text is no position of the update log."""


def order_of(position: str) -> tuple[int, int]:
    """What positions are compared by.

    Raises:
        BadPosition: it is not two whole numbers, each below 2^64.
    """
    if not _POSITION.fullmatch(position):
        raise BadPosition("a position is two whole numbers with a hyphen between, such as 1767225600000-0")
    milliseconds, number = (int(part) for part in position.split("-"))
    if max(milliseconds, number) > _HIGHEST:
        raise BadPosition("the numbers of a position are below 2^64")
    return milliseconds, number


def position_at(moment: datetime) -> str:
    """The position before all entries that were written at `moment` (aware) or later; to the millisecond."""
    milliseconds = int(moment.timestamp() * 1000)
    return f"{milliseconds - 1}-{_HIGHEST}" if milliseconds > 0 else BEGINNING
