"""How similar the words of two articles are: cosines of weighted terms, for many pairs at once."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.shared_ids import find_shared_id_positions
from services.dedupe.signals.terms import BODY_TERMS, IN_TITLE, RARITY_STEPS

FREQUENCY_WEIGHTS = np.array([0.0, *(1 + math.log(count) for count in range(1, IN_TITLE))] * 2, np.float32)
"""Weight of a term by its count, in the title or not."""
_KNOWN_SQUARE = ((np.arange(256) / RARITY_STEPS) ** 2).astype(np.float64)
"""Square of a term's idf in the background, by its rarity."""


def term_similarity_signals(
    article_row: Rows, other_rows: Rows, live_terms: LiveTerms
) -> dict[str, NDArray[np.float64]]:
    """Square roots of term cosines of an article, the only one in `article_row`, with each of `other_rows`.

    `terms`: of all terms, weighed by the live articles. `title_terms`: of those of the titles, weighed by the
    background. `untitled`: whether either has no title.
    """
    own = article_row[0]
    ids, counts = np.ascontiguousarray(other_rows["term_ids"]), np.ascontiguousarray(other_rows["term_counts"])
    weights = FREQUENCY_WEIGHTS.take(counts) * live_terms.idf(ids, np.ascontiguousarray(other_rows["term_rarities"]))
    own_weights = FREQUENCY_WEIGHTS.take(own["term_counts"]) * live_terms.idf(own["term_ids"], own["term_rarities"])
    place, at = find_shared_id_positions(ids.ravel(), own["term_ids"][: own["terms"]])
    row = place // BODY_TERMS
    in_both = (counts.ravel().take(place) >= IN_TITLE) & (own["term_counts"].take(at) >= IN_TITLE)
    shared = _KNOWN_SQUARE.take(own["term_rarities"].take(at[in_both]))
    titles = np.sqrt(other_rows["title_square"].astype(np.float64) * float(own["title_square"]))
    squares = np.sum(weights * weights, axis=1).astype(np.float64)
    lengths = np.sqrt(squares * float(np.sum(own_weights * own_weights)))
    products = weights.ravel().take(place) * own_weights.take(at)
    return {
        "terms": np.sqrt(_divide_or_zero(_sum_by_row(products, row, len(other_rows)), lengths)),
        "title_terms": np.sqrt(_divide_or_zero(_sum_by_row(shared, row[in_both], len(other_rows)), titles)),
        "untitled": titles == 0,
    }


def _sum_by_row(values: NDArray[Any], row_indexes: NDArray[np.intp], row_count: int) -> NDArray[np.float64]:
    """Sum of the values of each row."""
    # `bincount` adds strictly in order, so that no row depends on another.
    return np.asarray(np.bincount(row_indexes, weights=values, minlength=row_count), np.float64)


def _divide_or_zero(numerators: NDArray[np.float64], denominators: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(numerators, denominators, out=np.zeros(len(numerators)), where=denominators > 0)
