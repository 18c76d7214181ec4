"""In how many live articles each term occurs: what is common right now says little about one event."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.terms import ArticleTerms

BACKGROUND_ARTICLES = 300.0
"""The background counts as so many live articles: a shard that has just begun weighs terms as news at large does."""
_FIRST_CAPACITY = 4_096


class LiveTerms:
    """Running document counts over the live articles.

    What it answers depends on which articles are in, never on the order in which they came.
    """

    def __init__(self) -> None:
        self._slot_of: dict[int, int] = {}
        self._free: list[int] = []
        self._terms: NDArray[np.uint32] = np.zeros(_FIRST_CAPACITY, np.uint32)
        self._counts: NDArray[np.int32] = np.zeros(_FIRST_CAPACITY, np.int32)
        self._before: NDArray[np.float64] = np.zeros(_FIRST_CAPACITY)
        self._place: NDArray[np.int32] = np.full(_FIRST_CAPACITY, -1, np.int32)
        self._slots: dict[str, NDArray[np.int32]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._slots

    def add(self, article_id: str, terms: ArticleTerms) -> None:
        """Count an article that is not in."""
        before = BACKGROUND_ARTICLES * np.exp(1.0 - terms.idf.astype(np.float64))
        ids = terms.ids.tolist()
        slots = np.fromiter((self._slot_of.get(term, -1) for term in ids), np.int32, len(ids))
        for at in np.flatnonzero(slots < 0).tolist():
            slots[at] = self._new_slot(ids[at], before[at])
        self._counts[slots] += 1
        self._slots[article_id] = slots

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        slots = self._slots.pop(article_id, None)
        if slots is None:
            return
        self._counts[slots] -= 1
        for slot in slots[self._counts[slots] == 0].tolist():
            del self._slot_of[int(self._terms[slot])]
            self._free.append(slot)

    def align(
        self, article_id: str, others: Sequence[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
        """All terms of `others` in one line.

        Returns:
            Place of each among the terms of `article_id`, -1 where that has it not; its inverse document frequency
            over the live articles, ln((N+1)/(df+1)) + 1; and those of the terms of `article_id` itself.
        """
        own = self._slots[article_id]
        line = np.concatenate([self._slots[other] for other in others]) if others else np.empty(0, np.int32)
        self._place[own] = np.arange(len(own), dtype=np.int32)
        place = self._place[line]
        self._place[own] = -1
        return place, self._idf(line), self._idf(own)

    def _idf(self, slots: NDArray[np.int32]) -> NDArray[np.float64]:
        total = len(self._slots) + BACKGROUND_ARTICLES + 1
        return np.asarray(np.log(total / (self._counts[slots] + self._before[slots] + 1)) + 1)

    def _new_slot(self, term: int, before: float) -> int:
        if self._free:
            slot = self._free.pop()
        else:
            slot = len(self._slot_of)
            if slot == len(self._counts):
                self._terms = np.concatenate([self._terms, np.zeros_like(self._terms)])
                self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
                self._before = np.concatenate([self._before, np.zeros_like(self._before)])
                self._place = np.concatenate([self._place, np.full_like(self._place, -1)])
        self._slot_of[term] = slot
        self._terms[slot] = term
        self._before[slot] = before
        return slot
