"""How many claims of the other's article are more similar to a claim than another is."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.claims.report import Report


class SimilarityRanks:
    """How many claims of the other's article are more similar to a claim than another is, by cosine."""

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._articles: dict[str, Sequence[Report]] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}
        for one in reports:
            self._articles[one.article.article_id] = (*self._articles.get(one.article.article_id, ()), one)

    def set_article_reports(self, article_id: str, reports: Sequence[Report]) -> None:
        """Replace the claims of an article."""
        self._vectors.pop(article_id, None)
        self._articles.pop(article_id, None)
        if reports:
            self._articles[article_id] = reports

    def forget_vectors(self) -> None:
        """Forget what a round of comparisons has put together."""
        self._vectors.clear()

    def compute_ranks(self, report: Report, other_report: Report) -> tuple[int, int]:
        """Return the rank of the second claim as seen from the first, and of the first as seen from the second."""
        return self._count_more_similar(report, other_report), self._count_more_similar(other_report, report)

    def _count_more_similar(self, report: Report, other_report: Report) -> int:
        article_id = other_report.article.article_id
        vectors = self._vectors.get(article_id)
        if vectors is None:
            vectors = self._vectors[article_id] = np.array([each.vector for each in self._articles[article_id]])
        own = report.vector
        bar = other_report.vector @ own
        closer = int(np.count_nonzero(vectors @ own > bar))
        is_among = article_id == report.article.article_id and bool(own @ own > bar)
        return closer - 1 if is_among else closer
