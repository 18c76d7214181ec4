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
"""New wordings of the first article, of two articles, of four and so on together: see `max_new_claims`."""
FEWEST_NEW = 2
"""New wordings that an article brings however many came before it."""
MOST_FIGURES = 256
"""Figures of one counted noun that are put into rows: half of them those reported first, half those reported last."""
MOST_COMPARED = 96
"""Figures of one row that are compared with each other, likewise."""


def max_new_claims(article_number: int, max_claims: int = MOST_CLAIMS) -> int:
    """How many claims an article may bring that no earlier one tells in the same words.

    It goes by the article's own place, so an article more changes nothing for those before it, and little for those
    after it: with each doubling of the event an article brings half as many.

    Args:
        article_number: In order of publication, from 1 on.
        max_claims: In the place of `MOST_CLAIMS`.
    """
    halvings = (article_number - 1).bit_length()
    return min(MOST_OF_ARTICLE, max(max_claims * FEWEST_NEW // MOST_CLAIMS, max_claims >> halvings))


def keep_first_and_last(items: Sequence[T], max_count: int = MOST_FIGURES) -> Sequence[T]:
    """Return as many as may be compared: the first and the last reported, since a growing count is in both.

    The last ones move on by an eighth of them all at once, so that one more item seldom drops another.
    """
    if len(items) <= max_count:
        return items
    step = max(1, max_count // 8)
    dropped = -(-(len(items) - max_count) // step) * step
    return [*items[: max_count // 2], *items[max_count // 2 + dropped :]]
