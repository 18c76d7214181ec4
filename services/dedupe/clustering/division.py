"""Two happenings in one group of articles, seen by what only some of its articles share.

Every two reports of two earthquakes on one coast look like reports of one: what they have in common is rare among all
articles, and common in this group. What distinguishes the happenings is relative: words that some of these articles
share and the others lack. No pair shows that; the articles of a group, once they are together, do (decision 0039).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.term_similarity import FREQUENCY_WEIGHTS
from services.dedupe.signals.terms import BODY_TERMS, RARITY_STEPS

FEWEST_ARTICLES, FEWEST_OF_A_SIDE = 4, 2
"""A smaller group, or side of one, shows nothing that two of its articles do not show."""
SIDES = 2
"""A group is divided in two; either side may be divided in turn."""
MOST_ACROSS, MOST_ACROSS_OF_SHORT = 0.3, 0.15
"""Word similarity between the sides over that within a side: at most so much, or the group is one event. One event that
is reported from two points of view has more. Short texts share few words with any other, by chance."""
FEWEST_TERMS = 72
"""Terms (words and pairs of words) of an article, in the median of the group, from which on texts are not short: those
of two sentences."""
LEAST_LEAD_SIMILARITY = 0.05
"""Mean cosine of leads within either side, apart from what all of the group have in common; between the sides it is
below 0. Two points of view on one event share words as well, but do not mean another thing by them."""
MOST_REMEMBERED = 4_096
"""Groups whose division is remembered: some 1 KB each."""
_WEIGHT_STEPS = 64
"""In which weights of terms are rounded: sums of products of whole numbers are the same in any order."""
_SIMILARITY_STEPS = 1_000_000


@dataclass(frozen=True, slots=True)
class GroupSplit:
    """How a group of articles falls into two happenings.

    Attributes:
        sides: Places of the parts of each, ascending; the first part is in the first.
        within: Mean word similarity of two articles of one side, in [0, 1], on the side where it is less.
        across: The same of two articles of different sides.
    """

    sides: tuple[tuple[int, ...], tuple[int, ...]]
    within: float
    across: float


class DivisionFinder:
    """Finds how groups of live articles fall apart, and remembers it: the same events are looked at again and again."""

    def __init__(self, find_rows: Callable[[Sequence[str]], Rows | None]) -> None:
        """`find_rows`: the rows of articles of one model; None: no group is divided."""
        self._find_rows = find_rows
        self._found: dict[tuple[tuple[str, ...], ...], GroupSplit | None] = {}

    def find(self, parts: Sequence[Sequence[str]]) -> GroupSplit | None:
        """How a group of articles falls into two happenings; None: it does not. `parts`: what stays together."""
        sizes = [len(part) for part in parts]
        if sum(sizes) < FEWEST_ARTICLES:
            return None
        key = tuple(map(tuple, parts))
        if key not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            rows = self._find_rows(list(chain.from_iterable(parts)))
            starts = accumulate(sizes, initial=0)
            places = [range(start, start + size) for start, size in zip(starts, sizes, strict=False)]
            self._found[key] = None if rows is None else find_division(rows, places)
        return self._found[key]

    def forget_all(self) -> None:
        """Take note that an article is no more, or may come again with another row."""
        self._found.clear()


def find_division(rows: Rows, parts: Sequence[Sequence[int]]) -> GroupSplit | None:
    """How a group of articles falls into two happenings; None: nothing shows that it does.

    Words and leads have to show it: the words that not all of the group have divide it, and the leads, apart from
    their mean, are similar within both sides and not across.

    Args:
        rows: Of the articles, whose vectors are of one model.
        parts: Places in `rows` of articles that stay together; each place is in one part.
    """
    if len(rows) < FEWEST_ARTICLES or len(parts) < SIDES:
        return None
    words = word_similarity_matrix(rows)
    sides = split_by_average_linkage(words, parts)
    places = [[place for part in side for place in parts[part]] for side in sides]
    if min(map(len, places)) < FEWEST_OF_A_SIDE:
        return None
    within = min(_mean_similarity_within(words, side) for side in places)
    across = _mean_similarity_across(words, *places)
    is_short = float(np.median(rows["terms"])) < FEWEST_TERMS
    if across > (MOST_ACROSS_OF_SHORT if is_short else MOST_ACROSS) * within:
        return None
    leads = lead_similarity_matrix(rows)
    if (
        min(_mean_similarity_within(leads, side) for side in places) <= LEAST_LEAD_SIMILARITY
        or _mean_similarity_across(leads, *places) >= 0
    ):
        return None
    return GroupSplit(sides, within, across)


def describe_division(division: GroupSplit) -> str:
    """How far a division goes, in words."""
    return f"word similarity {division.within:.2f} within a side, {division.across:.2f} between the sides"


def word_similarity_matrix(rows: Rows) -> NDArray[np.float64]:
    """Cosines of the words of all pairs of articles, weighed by how few of the articles have them: (n, n).

    Words that one article has, or all, count for nothing.
    """
    count = len(rows)
    filled = np.arange(BODY_TERMS) < rows["terms"][:, None]
    article = np.nonzero(filled)[0]
    _, term = np.unique(rows["term_ids"][filled], return_inverse=True)
    articles_with = np.bincount(term)
    local = np.array([0.0, 0.0, *(math.log(count / having) for having in range(2, count + 1))])[articles_with]
    rarity = np.sqrt(rows["term_rarities"][filled] / RARITY_STEPS)
    weights = np.rint(
        FREQUENCY_WEIGHTS.take(rows["term_counts"][filled]).astype(np.float64) * rarity * local[term] * _WEIGHT_STEPS
    )
    counting = local > 0
    column = np.cumsum(counting) - 1
    kept = counting[term]
    table = np.zeros((count, int(counting.sum())))
    table[article[kept], column[term[kept]]] = weights[kept]
    return _scaled_cosine_matrix(table)


def lead_similarity_matrix(rows: Rows) -> NDArray[np.float64]:
    """Cosines of the leads of all pairs of articles, each apart from the mean of the group: (n, n)."""
    leads = rows["lead"].astype(np.float64)
    return _scaled_cosine_matrix(leads * len(rows) - np.sum(leads, axis=0))


def split_by_average_linkage(
    similarity: NDArray[np.float64], parts: Sequence[Sequence[int]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Join the parts that are most similar in the mean until two are left. Ties go to those that come first.

    Args:
        similarity: Of all pairs of articles, (n, n).
        parts: Places of the articles of each part.

    Returns:
        Places in `parts` of either side, ascending; the first part is in the first.
    """
    member = np.zeros((len(parts), len(similarity)))
    for at, part in enumerate(parts):
        member[at, list(part)] = 1
    total = member @ similarity @ member.T
    sizes = member.sum(axis=1)
    sides = [[at] for at in range(len(parts))]
    while len(sides) > SIDES:
        means = total / np.outer(sizes, sizes)
        means[np.tril_indices(len(sides))] = -np.inf
        kept, gone = divmod(int(np.argmax(means)), len(sides))
        total[kept] += total[gone]
        total[:, kept] += total[:, gone]
        sizes[kept] += sizes[gone]
        left = np.arange(len(sides)) != gone
        total, sizes = total[np.ix_(left, left)], sizes[left]
        sides[kept] += sides.pop(gone)
    first, second = sorted(tuple(sorted(side)) for side in sides)
    return first, second


def _scaled_cosine_matrix(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosines of the rows of a table of whole numbers, in whole steps; 0 with a row of zeros."""
    products = table @ table.T
    lengths = np.sqrt(np.diagonal(products))
    lengths[lengths == 0] = 1
    return np.asarray(np.rint(products / np.outer(lengths, lengths) * _SIMILARITY_STEPS), np.float64)


def _mean_similarity_within(similarity: NDArray[np.float64], places: Sequence[int]) -> float:
    among = similarity[np.ix_(places, places)]
    pairs = len(places) * (len(places) - 1)
    return float(among.sum() - np.trace(among)) / pairs / _SIMILARITY_STEPS


def _mean_similarity_across(
    similarity: NDArray[np.float64], first_places: Sequence[int], second_places: Sequence[int]
) -> float:
    return float(np.mean(similarity[np.ix_(first_places, second_places)])) / _SIMILARITY_STEPS
