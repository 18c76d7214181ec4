"""A memory keeps what is known of the contradictions of an event since its last view was built."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.contracts.event_claims import Contradiction
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import ChangedGroup, GroupChanges
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.conflicting_figures import FigureContradictions
from services.dedupe.merging.contradictions.denial_targets import Reply, find_replies
from services.dedupe.merging.contradictions.opposed_claims import Opposed, PairContradictions
from services.dedupe.merging.contradictions.report_stances import ReportStance, find_stances_other_than_assertion
from services.dedupe.merging.contradictions.source_denials import DenyingReports, select_denials
from services.dedupe.merging.vector_pool import VectorPool


class ContradictionState:
    """What is computed again only for claims that are other objects than the last time.

    Attributes:
        opposed: Pairs of groups that exclude each other.
        built: The contradictions of pairs that name other days or speakers.
        figures: Rows of figures that do.
        denials: By merged claim the reports in which somebody denies something.
    """

    def __init__(self, vectors: VectorPool | None = None) -> None:
        """Set up, empty. `vectors`: of the event; None: claims have their own."""
        self.opposed = PairContradictions(vectors)
        self.built: dict[Opposed, Contradiction] = {}
        self.figures = FigureContradictions()
        self.denials: dict[str, DenyingReports] = {}
        self._replies: dict[str, Sequence[Reply]] = {}
        self._stances: dict[str, list[ReportStance]] = {}
        self._groups: dict[str, ClaimGroup] = {}
        self._named: set[str] = set()
        """Keys of reports that answer another, or are answered."""
        self._claim_by_report: dict[str, str] = {}
        """The merged claims that these are of."""

    def update_groups(self, changes: GroupChanges) -> None:
        """Begin to build a view. `changes`: which of the merged claims are others since the last time."""
        for changed in changes.by_claim:
            for report in changed.gone_reports:
                if self._claim_by_report.get(report.key) == changed.claim_id:
                    del self._claim_by_report[report.key]
            if changed.group is None:
                del self._groups[changed.claim_id]
            else:
                self._groups[changed.claim_id] = changed.group
                named = (report.key for report in changed.new_reports if report.key in self._named)
                self._claim_by_report |= dict.fromkeys(named, changed.claim_id)
            self._update_stances(changed)
            self._update_denials(changed)

    def _update_stances(self, changed: ChangedGroup) -> None:
        before = self._stances.pop(changed.claim_id, [])
        if changed.group is None:
            return
        gone = set(map(id, changed.gone_reports))
        kept = [replace(one, group=changed.group) for one in before if id(one.report) not in gone]
        stances = [*kept, *find_stances_other_than_assertion(changed.group, changed.new_reports)]
        if stances:
            self._stances[changed.claim_id] = sorted(stances, key=lambda stance: stance.report.order)

    def _update_denials(self, changed: ChangedGroup) -> None:
        before = self.denials.pop(changed.claim_id, None)
        if changed.group is None:
            return
        gone = set(map(id, changed.gone_reports))
        kept = [] if before is None else [report for report in before.reports if id(report) not in gone]
        denials = [*kept, *select_denials(changed.new_reports)]
        if denials:
            self.denials[changed.claim_id] = DenyingReports(
                changed.group, sorted(denials, key=lambda report: report.order)
            )

    def find_group(self, report: Report) -> ClaimGroup:
        """The merged claim that a report is of."""
        if report.key not in self._claim_by_report:  # an old report that nobody answered before
            self._claim_by_report[report.key] = next(
                group.claim_id for group in self._groups.values() if any(one.key == report.key for one in group.reports)
            )
        return self._groups[self._claim_by_report[report.key]]

    def list_stances_other_than_assertion(self) -> list[ReportStance]:
        """The reports that do more than assert their merged claim, in the order of these claims."""
        in_order = sorted(self._stances.values(), key=lambda stances: stances[0].group.order)
        return [stance for stances in in_order for stance in stances]

    def update_replies(self, changed_reports: Mapping[str, Sequence[Report]]) -> None:
        """Look for claims that answer another of their article.

        Args:
            changed_reports: The reports of articles that have others than before, none where one has no more.
        """
        for article_id, reports in changed_reports.items():
            before, replies = self._replies.pop(article_id, ()), find_replies(reports)
            if replies:
                self._replies[article_id] = replies
            named = _list_named_reports(replies)
            for key in _list_named_reports(before) - named:
                self._named.discard(key)
                self._claim_by_report.pop(key, None)
            self._named |= named

    def list_replies(self) -> list[Reply]:
        """All claims that answer another of their article, in publication order of the articles."""
        in_order = sorted(self._replies.values(), key=lambda replies: replies[0].report.order[:2])
        return [reply for replies in in_order for reply in replies]


def _list_named_reports(replies: Iterable[Reply]) -> set[str]:
    """Keys of the reports that replies name."""
    return {
        report.key for reply in replies for report in (reply.report, reply.target, reply.version) if report is not None
    }
