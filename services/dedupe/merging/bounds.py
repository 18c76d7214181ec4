"""Bounds on what is compared in a big event, so that the time for its view does not grow by the square of its articles.

The bounds are counts, applied in an order that depends on the articles alone: same articles, same view. The event says
how much is left out.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_OF_ARTICLE = 200
"""Claims that one article brings into its event, the first in its text; a report of news has thirty."""
MOST_CLAIMS = 4_000
"""Claims of one event that are compared."""
MOST_FIGURES = 256
"""Figures of one counted noun, and of one row of the table, that are compared with each other."""


def shares(counts: Sequence[int], most: int = MOST_CLAIMS) -> list[int]:
    """Return how many claims each article brings: all of its claims, or no more than any other article.

    Args:
        counts: Claims of each article; the first articles get one claim more where the bound does not divide evenly.
        most: Claims of all articles together.
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
    """Return as many as may be compared: the first and the last reported, since a growing count is in both."""
    if len(listed) <= most:
        return listed
    return [*listed[: most // 2], *listed[len(listed) - most + most // 2 :]]
