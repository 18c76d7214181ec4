"""In how many live articles each term occurs: what is common right now says little about one event."""

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.terms import RARITY_STEPS

BACKGROUND_ARTICLES = 300.0
"""The background counts as so many live articles: a shard that has just begun weighs terms as news at large does."""
FIRST_BITS, MOST_BITS = 20, 22
"""4 MB of counters, and 16 from `CROWDED` articles on, however many are live. A table of all terms took 30 KB for each
article, since half of an article's word pairs occur in no other. Terms that share a counter count as more common."""
CROWDED = 16_384
_EXPECTED = (np.exp(1 - np.arange(256) / RARITY_STEPS) * BACKGROUND_ARTICLES + 1).astype(np.float32)
"""In how many of the background's articles a term occurs, plus one, by its rarity there."""


class LiveTerms:
    """Running document counts over the live articles.

    What it answers depends on which articles are in, never on the order in which they came.
    """

    def __init__(self, counter_bits: int = FIRST_BITS) -> None:
        """`counter_bits`: of the number of counters."""
        self.bits = counter_bits
        self._counter = np.uint32((1 << counter_bits) - 1)
        self._counts: NDArray[np.int32] = np.zeros(1 << counter_bits, np.int32)
        self._articles = 0

    def __len__(self) -> int:
        return self._articles

    @property
    def needs_more_counters(self) -> bool:
        """Whether more counters are due."""
        return self._articles > CROWDED and self.bits < MOST_BITS

    def add_article(self, term_ids: NDArray[np.uint32]) -> None:
        """Count an article in. `term_ids`: its terms."""
        # Two of them may share a counter: the selection counts the article there once, and `remove_article` takes once.
        self._counts[term_ids & self._counter] += 1
        self._articles += 1

    def remove_article(self, term_ids: NDArray[np.uint32]) -> None:
        """Count an article out that was counted in."""
        self._counts[term_ids & self._counter] -= 1
        self._articles -= 1

    def article_counts(self, term_ids: NDArray[np.uint32]) -> NDArray[np.int32]:
        """In how many live articles each term occurs, or a term that shares its counter; shape of `term_ids`."""
        return self._counts.take(term_ids & self._counter)

    def idf(self, term_ids: NDArray[np.uint32], rarities: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Inverse document frequency of terms over the live articles, ln((N+1)/(df+1)) + 1; shape of `term_ids`.

        Args:
            term_ids: The terms.
            rarities: Their idf in the background, in 1 / `RARITY_STEPS`.
        """
        # In float32: a third of the time, and the counts are no more exact than that.
        seen = _EXPECTED.take(rarities) + self._counts.take(term_ids & self._counter)
        total = np.log(np.float32(self._articles + BACKGROUND_ARTICLES + 1)) + np.float32(1)
        return np.asarray(total - np.log(seen, dtype=np.float32), np.float32)
