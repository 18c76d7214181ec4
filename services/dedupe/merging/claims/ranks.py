"""How many claims of the other's article are more similar to a claim than another is."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.claims.report import Report


class Ranks:
    """How many claims of the other's article are more similar to a claim than another is, by cosine."""

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._articles: dict[str, list[Report]] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}
        for one in reports:
            self._articles.setdefault(one.article.article_id, []).append(one)

    def set(self, article_id: str, reports: Sequence[Report]) -> None:
        """Take the claims of an article instead of those that it had."""
        self._vectors.pop(article_id, None)
        self._articles.pop(article_id, None)
        if reports:
            self._articles[article_id] = list(reports)

    def of(self, one: Report, other: Report) -> tuple[int, int]:
        """Of the other as the one sees it, and the other way round."""
        return self._seen(one, other), self._seen(other, one)

    def _seen(self, one: Report, other: Report) -> int:
        article_id = other.article.article_id
        vectors = self._vectors.get(article_id)
        if vectors is None:
            vectors = self._vectors[article_id] = np.array([each.vector for each in self._articles[article_id]])
        own = one.vector
        bar = other.vector @ own
        closer = int(np.count_nonzero(vectors @ own > bar))
        is_among = article_id == one.article.article_id and bool(own @ own > bar)
        return closer - 1 if is_among else closer
