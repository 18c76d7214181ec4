"""Claims of an event for tests of merging, prepared as the service prepares them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.kept_claim import KeptClaim


def make_report(article: Article, origin_id: str, claim: Claim, vector: NDArray[np.float32], part: int = 1) -> Report:
    """Make a report without source and side. `vector`: in whole numbers."""
    return Report(PreparedClaim(article, KeptClaim(claim), vector[None, :], part=part), origin_id)


def make_report_like(report: Report, article: Article, claim: Claim) -> Report:
    """The same of another claim, or in another article."""
    made = make_report(article, report.origin_id, claim, report.vector, report.prepared.part)
    return replace(report, prepared=made.prepared)


def with_claim(report: Report, claim: Claim) -> Report:
    """The report with another claim in the same article."""
    return make_report_like(report, report.article, claim)


def with_article(report: Report, article: Article) -> Report:
    """The report in another article, its claim at the same place."""
    return make_report_like(report, article, report.claim)
