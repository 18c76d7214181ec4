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
"""New wordings of the first article, of two articles, of four and so on together: see `most_new`."""
FEWEST_NEW = 2
"""New wordings that an article brings however many came before it."""
MOST_FIGURES = 256
"""Figures of one counted noun, and of one row of the table, that are compared with each other."""


def most_new(place: int, most: int = MOST_CLAIMS) -> int:
    """How many claims an article may bring that no earlier one tells in the same words.

    It goes by the article's own place, so an article more changes nothing for those before it, and little for those
    after it: with each doubling of the event an article brings half as many.

    Args:
        place: In order of publication, from 1 on.
        most: In the place of `MOST_CLAIMS`.
    """
    halvings = (place - 1).bit_length()
    return min(MOST_OF_ARTICLE, max(most * FEWEST_NEW // MOST_CLAIMS, most >> halvings))


def both_ends(listed: Sequence[T], most: int = MOST_FIGURES) -> Sequence[T]:
    """Return as many as may be compared: the first and the last reported, since a growing count is in both."""
    if len(listed) <= most:
        return listed
    return [*listed[: most // 2], *listed[len(listed) - most + most // 2 :]]
