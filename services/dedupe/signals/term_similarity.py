"""How similar the words of two articles are: cosines of weighted terms, for many pairs at once."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.shared_ids import shared_ids
from services.dedupe.signals.terms import BODY_TERMS, IN_TITLE, RARITY_STEPS

_FREQUENCY = np.array([0.0, *(1 + math.log(count) for count in range(1, IN_TITLE))] * 2, np.float32)
"""Weight of a term by its count, in the title or not."""
_KNOWN_SQUARE = ((np.arange(256) / RARITY_STEPS) ** 2).astype(np.float64)
"""Square of a term's idf in the background, by its rarity."""


def term_similarities(article: Rows, others: Rows, live: LiveTerms) -> dict[str, NDArray[np.float64]]:
    """Square roots of term cosines of an article, the only one in `article`, with each of `others`.

    `terms`: of all terms, weighed by the live articles. `title_terms`: of those of the titles, weighed by the
    background. `untitled`: whether either has no title.
    """
    own = article[0]
    ids, counts = np.ascontiguousarray(others["term_ids"]), np.ascontiguousarray(others["term_counts"])
    weights = _FREQUENCY.take(counts) * live.idf(ids, np.ascontiguousarray(others["term_rarities"]))
    own_weights = _FREQUENCY.take(own["term_counts"]) * live.idf(own["term_ids"], own["term_rarities"])
    place, at = shared_ids(ids.ravel(), own["term_ids"][: own["terms"]])
    row = place // BODY_TERMS
    in_both = (counts.ravel().take(place) >= IN_TITLE) & (own["term_counts"].take(at) >= IN_TITLE)
    shared = _KNOWN_SQUARE.take(own["term_rarities"].take(at[in_both]))
    titles = np.sqrt(others["title_square"].astype(np.float64) * float(own["title_square"]))
    squares = np.sum(weights * weights, axis=1).astype(np.float64)
    lengths = np.sqrt(squares * float(np.sum(own_weights * own_weights)))
    products = weights.ravel().take(place) * own_weights.take(at)
    return {
        "terms": np.sqrt(_share(_sums(products, row, len(others)), lengths)),
        "title_terms": np.sqrt(_share(_sums(shared, row[in_both], len(others)), titles)),
        "untitled": titles == 0,
    }


def _sums(values: NDArray[Any], rows: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Sum of the values of each row."""
    # `bincount` adds strictly in order, so that no row depends on another.
    return np.asarray(np.bincount(rows, weights=values, minlength=count), np.float64)


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
