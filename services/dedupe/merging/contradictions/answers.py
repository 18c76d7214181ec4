"""What each report of a merged claim does with it: who affirms, who denies, who leaves it open."""

from dataclasses import dataclass

from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, stance_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One report of a merged claim, and the stance that it takes on what is disputed."""

    group: ClaimGroup
    report: Report
    stance: Stance


def stances_in(group: ClaimGroup) -> list[Answer]:
    """The reports of a merged claim that do more than assert it."""
    answers = (Answer(group, report, stance_of(report)) for report in group.reports)
    return [answer for answer in answers if answer.stance is not Stance.ASSERTS]
