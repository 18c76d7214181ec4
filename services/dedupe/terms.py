"""Texts as weighted, hashed terms: what an article's words say about which event it reports."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import xxhash
from numpy.typing import NDArray

BODY_CHARACTERS = 6_000
"""How much of a text counts. Later paragraphs are background that sibling events share."""
BODY_TERMS = 256
"""Heaviest terms kept of an article: bounds memory, and costs nothing measurable in quality."""
NAME_TERMS = 96
TITLE_TERMS = 48

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_OPENS_SENTENCE = frozenset(".!?:;\n\"'|-([\u201c\u201d\u2018\u2022\u2013\u2014")
_SHORTEST_STEMMED = 4


@dataclass(frozen=True, slots=True)
class TermVector:
    """Sparse vector of length 1 (L2), or empty. `ids`: uint32, ascending; `weights`: float32, same length."""

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]


EMPTY = TermVector(np.empty(0, np.uint32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class ArticleTerms:
    """An article's terms: of title and text, of the title alone, and the names (capitalised inside sentences)."""

    body: TermVector
    title: TermVector
    names: TermVector


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
        """Read the file that `services.dedupe.fitting.background` writes."""
        with np.load(path) as stored:
            ids = np.cumsum(stored["id_steps"].astype(np.uint64)).astype(np.uint32)
            return cls(ids, stored["documents"].astype(np.uint32), int(stored["total"]))

    @classmethod
    def shipped(cls) -> Self:
        """The statistics that come with the service."""
        with as_file(files("services.dedupe") / "data" / "background_df.npz") as path:
            return cls.load(path)

    def idf(self, ids: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Inverse document frequency, ln((N+1)/(df+1)) + 1, of each term; unseen terms have df 0."""
        if len(self._ids) == 0:
            return np.full(len(ids), self._unseen)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[at] == ids, self._idf[at], self._unseen)


def term_id(term: str) -> int:
    """Stable 32-bit id of a term: xxHash32 with seed 0."""
    return xxhash.xxh32_intdigest(term.encode())


def words(text: str) -> list[str]:
    """Words and numbers of `text`, case-folded, possessive and plural endings off (the S-stemmer, Harman 1991)."""
    return [_stem(word) for word in _WORD.findall(text.casefold())]


def term_counts(text: str) -> Counter[int]:
    """How often each word and each pair of neighbouring words occurs, by term id."""
    return _count(_with_pairs(words(text)))


def name_counts(text: str) -> Counter[int]:
    """The same for words capitalised inside a sentence; pairs only where both stand side by side."""
    terms: list[str] = []
    previous: tuple[int, str] | None = None
    for found in _WORD.finditer(text):
        surface = found.group()
        if not surface[0].isupper() or _opens_sentence(text, found.start()):
            previous = None
            continue
        word = _stem(surface.casefold())
        terms.append(word)
        if previous is not None and found.start() - previous[0] == 1:
            terms.append(f"{previous[1]} {word}")
        previous = (found.end(), word)
    return _count(terms)


def weigh(counts: Counter[int], statistics: TermStatistics, most: int) -> TermVector:
    """The `most` heaviest terms, weighted (1 + ln tf) · idf and scaled to length 1; ties by term id."""
    if not counts:
        return EMPTY
    ids = np.fromiter(counts.keys(), np.uint32, len(counts))
    frequencies = np.fromiter(counts.values(), np.float64, len(counts))
    weights = (1 + np.log(frequencies)) * statistics.idf(ids)
    kept = np.lexsort((ids, -weights))[:most]
    kept = kept[np.argsort(ids[kept])]
    weights = weights[kept]
    return TermVector(ids[kept], (weights / np.sqrt(np.sum(weights * weights))).astype(np.float32))


def article_terms(title: str | None, text: str, statistics: TermStatistics) -> ArticleTerms:
    """Weighted terms of an article. Only the first 6,000 characters of `text` count."""
    opening = text[:BODY_CHARACTERS]
    heading = term_counts(title or "")
    return ArticleTerms(
        body=weigh(term_counts(opening) + heading, statistics, BODY_TERMS),
        title=weigh(heading, statistics, TITLE_TERMS),
        names=weigh(name_counts(opening), statistics, NAME_TERMS),
    )


def cosines(query: TermVector, others: Sequence[TermVector]) -> NDArray[np.float64]:
    """Cosine of `query` with each of `others`, shape (n,).

    The sum runs over each vector's own terms in ascending order, so that a value does not depend on neighbours.
    """
    at, shared, weights, rows = _align(query, others)
    return _sums(np.where(shared, weights * _at(query.weights, at), 0.0), rows, len(others))


def contained(query: TermVector, others: Sequence[TermVector]) -> NDArray[np.float64]:
    """Share of the squared weight of `query` on terms that each of `others` has, shape (n,), in [0, 1]."""
    at, shared, _, rows = _align(query, others)
    return _sums(np.where(shared, _at(query.weights, at).astype(np.float64) ** 2, 0.0), rows, len(others))


def holding(query: TermVector, others: Sequence[TermVector]) -> NDArray[np.float64]:
    """Share of the squared weight of each of `others` on terms that `query` has, shape (n,), in [0, 1]."""
    _, shared, weights, rows = _align(query, others)
    return _sums(np.where(shared, weights**2, 0.0), rows, len(others))


def _align(
    query: TermVector, others: Sequence[TermVector]
) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.float64], NDArray[np.intp]]:
    """All terms of `others` in one line: place in `query`, whether it has them, their weights, whose they are."""
    rows = np.repeat(np.arange(len(others)), [len(other.ids) for other in others])
    ids = np.concatenate([other.ids for other in others]) if others else EMPTY.ids
    weights = np.concatenate([other.weights for other in others]) if others else EMPTY.weights
    if len(query.ids) == 0:
        return np.zeros(len(ids), np.intp), np.zeros(len(ids), np.bool_), weights.astype(np.float64), rows
    at = np.minimum(np.searchsorted(query.ids, ids), len(query.ids) - 1)
    return at, query.ids[at] == ids, weights.astype(np.float64), rows


def _at(weights: NDArray[np.float32], at: NDArray[np.intp]) -> NDArray[np.float32]:
    return weights[at] if len(weights) else np.zeros(len(at), np.float32)


def _sums(values: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Sum of `values` by row. `bincount` adds strictly in order, so that no row depends on another."""
    return np.asarray(np.bincount(rows, weights=values, minlength=count)[:count], np.float64)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    word = word.replace("\u2019", "'").removesuffix("'s")
    if len(word) < _SHORTEST_STEMMED or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


def _with_pairs(tokens: Sequence[str]) -> Iterator[str]:
    yield from tokens
    for first, second in pairwise(tokens):
        yield f"{first} {second}"


def _count(terms: Iterable[str]) -> Counter[int]:
    return Counter({term_id(term): count for term, count in Counter(terms).items()})


def _opens_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] == " ":
        before -= 1
    return before < 0 or text[before] in _OPENS_SENTENCE
