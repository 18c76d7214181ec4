"""What of a big event is compared: its view must not take longer by the square of its articles.

Everything here goes by counts, in an order that the articles alone give: same articles, same view. What is left out is
counted in the event.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_OF_ARTICLE = 200
"""Claims that one article brings into its event, the first in its text; a report of news has thirty."""
MOST_CLAIMS = 4_000
"""Claims of one event that are compared."""
MOST_FIGURES = 256
"""Figures of one counted noun, and of one row of the table, that are held against each other."""


def shares(counts: Sequence[int], most: int = MOST_CLAIMS) -> list[int]:
    """How many of its claims each article brings: all of them, or no more than any other.

    Args:
        counts: Claims of each article, in the order in which one more is given to those that still have some.
        most: Of all articles together.
    """
    left = [min(count, MOST_OF_ARTICLE) for count in counts]
    if sum(left) <= most:
        return left
    level = next(level for level in range(MOST_OF_ARTICLE, -1, -1) if sum(min(one, level) for one in left) <= most)
    spare = most - sum(min(one, level) for one in left)
    given = []
    for one in left:
        more = one > level and spare > 0
        spare -= more
        given.append(min(one, level) + more)
    return given


def both_ends(listed: Sequence[T], most: int = MOST_FIGURES) -> Sequence[T]:
    """As many as may be compared: those reported first and those reported last, since a count that grows is in both."""
    if len(listed) <= most:
        return listed
    return [*listed[: most // 2], *listed[len(listed) - most + most // 2 :]]
