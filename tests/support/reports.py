"""Claims of an event for tests of merging, prepared as the service prepares them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.report import Report


def make_report(article: Article, origin_id: str, claim: Claim, vector: NDArray[np.float32], part: int = 1) -> Report:
    """Make a report without source and side. `vector`: in whole numbers."""
    return Report(PreparedClaim(article, claim, vector, part), origin_id)


def with_claim(report: Report, claim: Claim) -> Report:
    """The report with another claim in the same article."""
    return replace(report, prepared=replace(report.prepared, claim=claim))


def with_article(report: Report, article: Article) -> Report:
    """The report in another article, its claim at the same place."""
    return replace(report, prepared=replace(report.prepared, article=article))
