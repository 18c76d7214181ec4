"""Headline of an event, and the sentences that open its articles: words chosen from them, never written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span
from services.dedupe.merging.opening_words import OpeningWords
from services.dedupe.merging.outcomes import Outcomes
from services.dedupe.merging.plain_titles import Plainness, looks_ahead, plainness_of
from services.dedupe.same_objects import list_different_objects
from services.language.openings import opening_end
from services.language.ranges import Range, trim
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

_ROWS_AT_ONCE = 1_024
"""Vectors, kept in two bytes a number, that are widened at a time."""
_FEW = 16
"""New articles that are multiplied one by one."""
_MOST_TITLES = 8
"""Titles that are compared."""
_CENTRAL = (1.4, 1.2, 1.1)
"""Factors that favour the titles of the most central articles."""
_AHEAD = 0.8
"""Factor of a title that tells of what is to come."""
_OUTDATED = 0.5
"""Factor of a title that announces what another article tells as done."""
_SHORTEST = 40
"""Characters of a sentence that can stand alone; shorter lines are labels and by-lines."""
_OPENING = 3_000
_CAPTION = re.compile(
    r"\b(?:is|are|was|were) (?:pictured|shown here|seen here)\b|\(?(?:AP|Getty|Reuters|AFP) (?:Photo|Images)\b"
    r"|^(?:Photo|Image|Picture)\b"
)


class CentralArticles:
    """Finds the most central of an event's articles, kept while they come and go: only what has changed is multiplied.

    An article's product with the sum of all is kept. Vectors are whole numbers, so all of it is exact.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self._vectors = np.zeros((0, 0), np.int16)
        self._products = np.zeros(0, np.float64)
        self._articles: list[Article] = []
        self._rows: dict[int, int] = {}
        """By the identity of the article."""
        self._free_rows: list[int] = []

    def rank_articles(
        self, articles: Sequence[Article], lead_vectors: Sequence[NDArray[np.int16]]
    ) -> Iterator[Article]:
        """Go through the articles, the one most similar to all others first; equal ones, and two, as they come.

        Args:
            articles: At least one. One that is the same object as before has the same vector.
            lead_vectors: Their lead vectors in whole numbers.
        """
        gone, new = list_different_objects(self._articles, articles)
        for article in gone:
            row = self._rows.pop(id(article))
            self._products -= self._multiply(self._vectors[row])
            self._vectors[row], self._products[row] = 0, 0
            self._free_rows.append(row)
        if new:
            leads = dict(zip(map(id, articles), lead_vectors, strict=True))
            self._add_articles({id(article): leads[id(article)] for article in new})
        self._articles = list(articles)
        if len(articles) <= 2:  # noqa: PLR2004 - two are equally central
            return iter(self._articles)
        rows = list(map(self._rows.__getitem__, map(id, articles)))
        order = np.argsort(-self._products[rows], kind="stable")
        return map(self._articles.__getitem__, order.tolist())

    def _add_articles(self, leads: Mapping[int, NDArray[np.int16]]) -> None:
        vectors = np.array(list(leads.values()))
        more = len(vectors) - len(self._free_rows)
        if more > 0:
            before = len(self._vectors)
            grown = before + max(more, before // 8)
            wider = np.zeros((grown, vectors.shape[1]), np.int16)
            wider[:before] = self._vectors if before else 0
            self._vectors = wider
            self._products = np.concatenate([self._products, np.zeros(grown - before)])
            self._free_rows.extend(range(grown - 1, before - 1, -1))
        rows = [self._free_rows.pop() for _ in vectors]
        self._rows |= dict(zip(leads, rows, strict=True))
        if len(vectors) > _FEW:
            self._vectors[rows] = vectors
            total = self._vectors.sum(axis=0, dtype=np.float64)
            for at in range(0, len(self._vectors), _ROWS_AT_ONCE):
                part = slice(at, at + _ROWS_AT_ONCE)
                self._products[part] = self._vectors[part].astype(np.float64) @ total
            return
        for row, vector in zip(rows, vectors, strict=True):
            self._products += self._multiply(vector)
            self._vectors[row] = vector
            # With itself, and with those that were there.
            self._products[row] = self._multiply(vector).sum()

    def _multiply(self, vector: NDArray[np.int16]) -> NDArray[np.float64]:
        """The products of all rows with a vector."""
        products = np.empty(len(self._vectors), np.float64)
        whole = vector.astype(np.float32)
        for at in range(0, len(products), _ROWS_AT_ONCE):
            products[at : at + _ROWS_AT_ONCE] = self._vectors[at : at + _ROWS_AT_ONCE].astype(np.float32) @ whole
        return products


def choose_headline(
    articles: Sequence[Article], lead_vectors: Sequence[NDArray[np.int16]], central: CentralArticles | None = None
) -> tuple[str, Article]:
    """Return the title that stands for an event, and its article; without titles a first sentence.

    It is a plain one if there is any, and of the most central of these the one that speaks of most of what the articles
    open with.

    Args:
        articles: Candidates in publication order, at least one; those with a title alone, if any has one.
        lead_vectors: Their lead vectors in whole numbers.
        central: What is known of them from the last time; it saves time and changes nothing.
    """
    ranked = (central or CentralArticles()).rank_articles(articles, lead_vectors)
    article = _choose_by_title(_list_plainest(ranked))
    return " ".join((article.title or find_first_sentence(article).of(article.text)).split()), article


def _list_plainest(ranked: Iterable[Article]) -> list[Article]:
    """The first of the plainest articles."""
    by_plainness: dict[Plainness, list[Article]] = {}
    for article in ranked:
        alike = by_plainness.setdefault(plainness_of(article), [])
        if len(alike) < _MOST_TITLES:
            alike.append(article)
        if len(by_plainness.get(Plainness.REPORT, ())) == _MOST_TITLES:
            break
    return by_plainness[min(by_plainness)]


def _choose_by_title(articles: Sequence[Article]) -> Article:
    """The article whose title has most of what the others open with; the first favoured, and what has happened."""
    words, outcomes = OpeningWords(articles), Outcomes((article.title or "", article) for article in articles)
    weights = [
        words.weigh_title(article) * factor * _weigh_outlook(article, outcomes)
        for article, factor in zip(articles, chain(_CENTRAL, repeat(1.0)), strict=False)
    ]
    return articles[max(range(len(articles)), key=lambda at: (weights[at], -at))]


def _weigh_outlook(article: Article, outcomes: Outcomes) -> float:
    """The factor of a title by what it tells of: what has happened, or what is to come and may have come by now."""
    title = article.title or ""
    if outcomes.are_known_of_title(article):
        return _OUTDATED
    return _AHEAD if looks_ahead(title) else 1.0


def find_first_sentence(article: Article) -> Span:
    """The first sentence that is no by-line or label and does not repeat the title; else the first line."""
    return next(list_opening_sentences(article), None) or next(
        map(Range.to_span, sentence_ranges(article.text[:_OPENING])), Span(start=0, end=len(article.text))
    )


def list_opening_sentences(article: Article) -> Iterator[Span]:
    """The sentences of the opening, without datelines, labels, by-lines and what repeats the title."""
    title = singulars(article.title or "")
    for start, end in sentence_ranges(article.text[:_OPENING]):
        behind = trim(article.text, start + opening_end(article.text[start:end]), end)
        if behind is None:
            continue
        sentence = behind.of(article.text)
        is_whole = len(sentence) >= _SHORTEST and sentence[-1] in ".!?\"'\u201d"
        if is_whole and singulars(sentence) != title and not _CAPTION.search(sentence):
            yield behind.to_span()
