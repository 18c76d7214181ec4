"""Positions in the update log. Pure.

A position is the id that Redis gave to an entry of the log: `<milliseconds since 1970>-<number>`. Ids only grow, so a
position is a place in one total order that is the same for every replica. Whoever has read up to a position goes on
with the entries after it.
"""

import re
from datetime import datetime

BEGINNING = "0-0"
"""Before every entry: whoever reads after it gets all that the log still holds."""

POSITION_PATTERN = "^(?:0|[1-9][0-9]{0,14})-(?:0|[1-9][0-9]{0,17})$"
"""Which texts are positions. Redis takes numbers below 2^64; milliseconds reach 16 digits in the year 33658."""
_POSITION = re.compile(POSITION_PATTERN.replace("$", r"\Z"), re.ASCII)
_LAST_OF_A_MILLISECOND = 999_999_999
"""More than Redis can write in one."""


class BadPosition(ValueError):  # noqa: N818 - a fact about the position
    """The text is no position of the update log."""


def order_of(position: str) -> tuple[int, int]:
    """What positions are compared by.

    Raises:
        BadPosition: it is not two whole numbers in plain digits.
    """
    if not _POSITION.match(position):
        raise BadPosition("a position is two whole numbers with a hyphen between, such as 1767225600000-0")
    milliseconds, number = position.split("-")
    return int(milliseconds), int(number)


def position_at(moment: datetime) -> str:
    """The position before all entries that were written at `moment` (aware) or later; to the millisecond."""
    milliseconds = int(moment.timestamp() * 1000)
    return f"{milliseconds - 1}-{_LAST_OF_A_MILLISECOND}" if milliseconds > 0 else BEGINNING
