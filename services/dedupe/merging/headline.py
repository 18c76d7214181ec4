"""Headline of an event, and the sentences that open its articles: words chosen from them, never written."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.language.openings import opening_end
from services.language.ranges import Range, trim
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

_ROWS_AT_ONCE = 1_024
"""Vectors, kept in two bytes a number, that are widened at a time."""
_FEW = 16
"""New articles that are multiplied one by one."""
_SHORTEST = 40
"""Characters of a sentence that can stand alone; shorter lines are labels and by-lines."""
_OPENING = 3_000


class CentralArticles:
    """Finds the most central of an event's articles, kept while they come and go: only what has changed is multiplied.

    An article's product with the sum of all is kept. Vectors are whole numbers, so all of it is exact.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self._vectors = np.zeros((0, 0), np.int16)
        self._products = np.zeros(0, np.float64)
        self._leads: dict[str, NDArray[np.float32]] = {}
        self._rows: dict[str, int] = {}
        self._free_rows: list[int] = []

    def find_most_central_article(self, leads: Mapping[str, NDArray[np.float32]]) -> str:
        """Return the id of the article most similar to all others; of equal ones, and of two, the first.

        Args:
            leads: Their lead vectors by id, at least one. One that is the same object as before is the same.
        """
        gone = [article_id for article_id, lead in self._leads.items() if leads.get(article_id) is not lead]
        new = [article_id for article_id, lead in leads.items() if self._leads.get(article_id) is not lead]
        for article_id in gone:
            row = self._rows.pop(article_id)
            self._products -= self._multiply(self._vectors[row])
            self._vectors[row], self._products[row] = 0, 0
            self._free_rows.append(row)
        if new:
            self._add_articles({article_id: leads[article_id] for article_id in new})
        self._leads = dict(leads)
        ids = list(leads)
        if len(ids) <= 2:  # noqa: PLR2004 - two are equally central
            return ids[0]
        return ids[int(np.argmax(self._products[[self._rows[article_id] for article_id in ids]]))]

    def _add_articles(self, leads: Mapping[str, NDArray[np.float32]]) -> None:
        vectors = round_to_whole_numbers(np.array(list(leads.values()))).astype(np.int16)
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
    articles: Sequence[Article], lead_vectors: Sequence[NDArray[np.float32]], central: CentralArticles | None = None
) -> tuple[str, Article]:
    """Return the title of the most central article that has one, and that article; without titles a first sentence.

    Args:
        articles: Candidates in publication order, at least one.
        lead_vectors: Their lead vectors.
        central: What is known of them from the last time; it saves time and changes nothing.
    """
    by_id = {article.article_id: (article, lead) for article, lead in zip(articles, lead_vectors, strict=True)}
    titled = {article_id: lead for article_id, (article, lead) in by_id.items() if article.title}
    candidates = titled or {article_id: lead for article_id, (_, lead) in by_id.items()}
    article, _ = by_id[(central or CentralArticles()).find_most_central_article(candidates)]
    return " ".join((article.title or find_first_sentence(article).of(article.text)).split()), article


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
        if len(sentence) >= _SHORTEST and sentence[-1] in ".!?\"'\u201d" and singulars(sentence) != title:
            yield behind.to_span()
