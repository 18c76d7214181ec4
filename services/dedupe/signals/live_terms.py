"""In how many live articles each term occurs: what is common right now says little about one event."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.terms import ArticleTerms

BACKGROUND_ARTICLES = 300.0
"""The background counts as so many live articles: a shard that has just begun weighs terms as news at large does."""
_COUNTER = np.uint32((1 << 22) - 1)
"""16 MB of counters, however many articles are live. A table of all terms took 30 KB for each article, since half of
an article's word pairs occur in no other. Terms that share a counter count as a little more common than they are."""
_PLACE_BITS = np.uint32(16)


class LiveTerms:
    """Running document counts over the live articles.

    What it answers depends on which articles are in, never on the order in which they came.
    """

    def __init__(self) -> None:
        self._terms: dict[str, ArticleTerms] = {}
        self._counts: NDArray[np.int32] = np.zeros(int(_COUNTER) + 1, np.int32)
        self._place: NDArray[np.int16] = np.full(1 << int(_PLACE_BITS), -1, np.int16)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._terms

    def add(self, article_id: str, terms: ArticleTerms) -> None:
        """Count an article that is not in."""
        # Not `+=` on the selection: two terms of one article may share a counter.
        np.add.at(self._counts, terms.ids & _COUNTER, 1)
        self._terms[article_id] = terms

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        terms = self._terms.pop(article_id, None)
        if terms is not None:
            np.subtract.at(self._counts, terms.ids & _COUNTER, 1)

    def align(
        self, article_id: str, others: Sequence[str]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
        """All terms of `others` in one line.

        Returns:
            Place of each among the terms of `article_id`, -1 where that has it not; its inverse document frequency
            over the live articles, ln((N+1)/(df+1)) + 1; and those of the terms of `article_id` itself.
        """
        own = self._terms[article_id]
        line = [self._terms[other] for other in others]
        ids = np.concatenate([own.ids[:0], *(terms.ids for terms in line)])
        background = np.concatenate([own.idf[:0], *(terms.idf for terms in line)])
        return self._find(own.ids, ids), self._idf(ids, background), self._idf(own.ids, own.idf)

    def _find(self, own: NDArray[np.uint32], ids: NDArray[np.uint32]) -> NDArray[np.intp]:
        """Place of each of `ids` in `own`, or -1: by a table, since searching takes three times as long."""
        # The high bits: the low ones choose the counters.
        places = own >> _PLACE_BITS
        order = np.arange(len(own), dtype=np.int16)
        self._place[places] = order
        found = self._place.take(ids >> _PLACE_BITS).astype(np.intp)
        displaced = np.flatnonzero(self._place.take(places) != order)
        self._place[places] = -1
        near = np.flatnonzero(found >= 0)
        found[near[own[found[near]] != ids[near]]] = -1
        for at in displaced.tolist():  # two terms had one place in the table: rare
            found[ids == own[at]] = at
        return found

    def _idf(self, ids: NDArray[np.uint32], background: NDArray[np.float32]) -> NDArray[np.float64]:
        # In float32: a third of the time, and the counts are no more exact than that.
        seen = np.exp(np.float32(1) - background) * np.float32(BACKGROUND_ARTICLES) + np.float32(1)
        seen += self._counts.take(ids & _COUNTER)
        total = np.log(np.float32(len(self._terms) + BACKGROUND_ARTICLES + 1)) + np.float32(1)
        return np.asarray(total - np.log(seen), np.float64)
