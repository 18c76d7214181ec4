"""Finds the stance that each report of a merged claim takes on it: it affirms, denies, or leaves it open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, classify_stance


@dataclass(frozen=True, slots=True)
class ReportStance:
    """One report of a merged claim, and the stance that it takes on what is disputed.

    Attributes:
        group: The merged claim.
        report: One of its reports.
        stance: Whether it affirms it, denies it, or leaves it open.
        version: Of a denial the report in which the denier's own version is quoted, if it is.
    """

    group: ClaimGroup
    report: Report
    stance: Stance
    version: Report | None = field(default=None, compare=False)


def find_stances_other_than_assertion(claim_group: ClaimGroup, reports: Iterable[Report]) -> list[ReportStance]:
    """Those of some reports of a merged claim that do more than assert it."""
    answers = (ReportStance(claim_group, report, classify_stance(report)) for report in reports)
    return [answer for answer in answers if answer.stance is not Stance.ASSERTS]
