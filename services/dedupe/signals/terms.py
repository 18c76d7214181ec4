"""Texts as weighted, hashed terms: what an article's words say about which event it reports."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import chain, pairwise
from pathlib import Path
from typing import Self

import numpy as np
import xxhash
from numpy.typing import NDArray

from services.language.stems import singulars

BODY_CHARACTERS = 6_000
"""How much of a text counts. Later paragraphs are background that sibling events share."""
BODY_TERMS = 192
"""Heaviest terms kept of an article: bounds memory and time. Of 256, 192, 128 and 96 this gave the best events."""


@dataclass(frozen=True, slots=True)
class ArticleTerms:
    """An article's heaviest terms, all arrays of one length.

    Attributes:
        ids: uint32, ascending.
        frequencies: 1 + ln of how often it occurs, float32.
        idf: Inverse document frequency in the background, float32.
        in_title: Whether the title has it, bool.
    """

    ids: NDArray[np.uint32]
    frequencies: NDArray[np.float32]
    idf: NDArray[np.float32]
    in_title: NDArray[np.bool_]


RARITY_STEPS = 16
"""Of inverse document frequency, in which it is kept: .6% of that of a rare term."""
MOST_FREQUENT, IN_TITLE = 127, 128
"""Times that a term counts at most in an article, and what is added to the number if the title has it."""


class TermStatistics:
    """In how many articles of a fixed background each term occurs. Never changes while the service runs.

    A background instead of running counts makes an article's weights independent of what arrived before it.
    """

    def __init__(self, ids: NDArray[np.uint32], documents: NDArray[np.uint32], total: int) -> None:
        """`ids` ascending, `documents` their document counts, `total` the number of documents."""
        self._ids = ids
        self._idf = np.log((total + 1) / (documents.astype(np.float64) + 1)) + 1
        self._unseen = float(np.log(total + 1) + 1)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file that `lab.events.background` writes."""
        with np.load(path) as stored:
            ids = np.cumsum(stored["id_steps"].astype(np.uint64)).astype(np.uint32)
            return cls(ids, stored["documents"].astype(np.uint32), int(stored["total"]))

    @classmethod
    def load_bundled(cls) -> Self:
        """The statistics that come with the service."""
        with as_file(files("services.dedupe") / "data" / "background_df.npz") as path:
            return cls.load(path)

    def idf(self, term_ids: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Inverse document frequency, ln((N+1)/(df+1)) + 1, of each term; unseen terms have df 0."""
        if len(self._ids) == 0:
            return np.full(len(term_ids), self._unseen)
        at = np.minimum(np.searchsorted(self._ids, term_ids), len(self._ids) - 1)
        return np.where(self._ids[at] == term_ids, self._idf[at], self._unseen)


def hash_term(term: str) -> int:
    """Stable 32-bit id of a term: xxHash32 with seed 0."""
    return xxhash.xxh32_intdigest(term.encode())


def hash_terms(terms: Iterable[str]) -> Iterator[int]:
    """The same of many: an article has two thousand, and a call of `hash_term` costs more than the hash."""
    return map(xxhash.xxh32_intdigest, map(str.encode, terms))


def count_terms(text: str) -> Counter[int]:
    """How often each word and each pair of neighbouring words occurs, by term id."""
    return _count_by_term_id(_iterate_unigrams_and_bigrams(singulars(text)))


def select_heaviest_terms(title: str | None, text: str, term_statistics: TermStatistics) -> ArticleTerms:
    """The heaviest terms of an article, those of its title before all. Only its first 6,000 characters count."""
    heading = Counter(_iterate_unigrams_and_bigrams(singulars(title or "")))
    terms = Counter(_iterate_unigrams_and_bigrams(singulars(text[:BODY_CHARACTERS])))
    terms.update(heading)
    # Two terms may have one id.
    ids, places = np.unique(_hash_terms(terms), return_inverse=True)
    counts = np.bincount(places, weights=np.fromiter(terms.values(), np.float64, len(terms)), minlength=len(ids))
    frequencies = 1 + np.log(counts)
    idf = term_statistics.idf(ids)
    in_title = np.isin(ids, _hash_terms(heading))
    kept = np.sort(np.lexsort((ids, -frequencies * idf, ~in_title))[:BODY_TERMS])
    return ArticleTerms(ids[kept], frequencies[kept].astype(np.float32), idf[kept].astype(np.float32), in_title[kept])


def _iterate_unigrams_and_bigrams(words: Sequence[str]) -> Iterator[str]:
    return chain(words, map(" ".join, pairwise(words)))


def _hash_terms(terms: Collection[str]) -> NDArray[np.uint32]:
    return np.fromiter(hash_terms(terms), np.uint32, len(terms))


def _count_by_term_id(terms: Iterable[str]) -> Counter[int]:
    counts = Counter(terms)
    return Counter(dict(zip(hash_terms(counts), counts.values(), strict=True)))
