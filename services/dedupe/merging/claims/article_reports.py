"""The reports of one article in its event: its claims, each with the origin and the source that the event knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.sources.article_sources import ResolvedSource
from services.dedupe.same_objects import are_same_objects


@dataclass(frozen=True, slots=True)
class ArticleClaims:
    """The reports of one article, and what they are built from.

    Attributes:
        claims: Its claims.
        origin_id: Origin of its text.
        sources: Who says each claim.
        reports: One for each claim.
    """

    claims: Sequence[PreparedClaim]
    origin_id: str
    sources: Sequence[ResolvedSource]
    reports: tuple[Report, ...]


def build_article_reports(
    claims: Sequence[PreparedClaim],
    origin_id: str,
    sources: Sequence[ResolvedSource],
    previous: ArticleClaims | None = None,
) -> ArticleClaims:
    """Build the reports of an article, the very same objects where nothing changed: those are not grouped anew.

    Args:
        claims: Its claims.
        origin_id: Origin of its text.
        sources: Who says each claim.
        previous: What was built of it the last time.
    """
    if (
        previous is not None
        and previous.origin_id == origin_id
        and previous.sources is sources
        and are_same_objects(previous.claims, claims)
    ):
        return previous
    known = {} if previous is None else {report.key: report for report in previous.reports}
    reports = []
    for claim, source in zip(claims, sources, strict=True):
        report = Report(claim, origin_id, source.name, source.side, source.chain)
        before = known.get(report.key)
        reports.append(before if before is not None and _is_unchanged(report, before) else report)
    return ArticleClaims(claims, origin_id, sources, tuple(reports))


def _is_unchanged(report: Report, previous_report: Report) -> bool:
    return previous_report.prepared is report.prepared and (
        previous_report.origin_id,
        previous_report.source,
        previous_report.side,
        previous_report.chain,
    ) == (
        report.origin_id,
        report.source,
        report.side,
        report.chain,
    )
