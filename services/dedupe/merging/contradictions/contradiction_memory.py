"""A memory keeps what is known of the contradictions of an event since its last view was built."""

from collections.abc import Mapping, Sequence

from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.conflicting_figures import FigureContradictions
from services.dedupe.merging.contradictions.denial_targets import Reply, find_replies
from services.dedupe.merging.contradictions.opposed_claims import PairContradictions
from services.dedupe.merging.contradictions.report_stances import ReportStance, find_stances_other_than_assertion
from services.dedupe.merging.contradictions.source_denials import select_denials
from services.dedupe.merging.same_objects import are_same_objects


class ContradictionState:
    """What is computed again only for claims that are other objects than the last time.

    Attributes:
        opposed: Pairs of groups that exclude each other.
        figures: Rows of figures that do.
        denials: Of each merged claim the reports in which somebody denies something.
    """

    def __init__(self) -> None:
        self.opposed = PairContradictions()
        self.figures = FigureContradictions()
        self.denials: dict[ClaimGroup, list[Report]] = {}
        self._replies: dict[str, tuple[Sequence[Report], Sequence[Reply]]] = {}
        self._stances: dict[ClaimGroup, list[ReportStance]] = {}
        self._groups: Sequence[ClaimGroup] = ()
        self._group_by_report: dict[str, ClaimGroup] = {}

    def replace_claim_groups(self, claim_groups: Sequence[ClaimGroup]) -> GroupChanges:
        """Begin to build a view of these merged claims, given in order; return which of them have changed."""
        changes = GroupChanges.between(self._groups, claim_groups)
        self._groups = claim_groups
        for group in changes.gone:
            self._stances.pop(group, None)
            self.denials.pop(group, None)
            for report in group.reports:
                self._group_by_report.pop(report.key, None)
        for group in changes.new:
            self._group_by_report |= {report.key: group for report in group.reports}
            stances = find_stances_other_than_assertion(group)
            if stances:
                self._stances[group] = stances
            denials = select_denials(group)
            if denials:
                self.denials[group] = denials
        return changes

    def find_group(self, report: Report) -> ClaimGroup:
        """The merged claim that a report is of."""
        return self._group_by_report[report.key]

    def list_stances_other_than_assertion(self) -> list[ReportStance]:
        """The reports that do more than assert their merged claim, in the order of these claims."""
        in_order = sorted(self._stances.items(), key=lambda item: item[0].reports[0].order)
        return [stance for _, stances in in_order for stance in stances]

    def find_replies(self, reports_by_article: Mapping[str, Sequence[Report]]) -> list[Reply]:
        """All claims that answer another of their article. `reports_by_article`: all of the event."""
        before, self._replies = self._replies, {}
        for article_id, reports in reports_by_article.items():
            known = before.get(article_id)
            if known is None or not are_same_objects(known[0], reports):
                known = reports, find_replies(reports)
            self._replies[article_id] = known
        return [reply for _, replies in self._replies.values() for reply in replies]
