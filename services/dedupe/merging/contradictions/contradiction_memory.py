"""A memory keeps what is known of the contradictions of an event since its last view was built."""

from collections.abc import Sequence

from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.denial_targets import Reply, find_replies
from services.dedupe.merging.contradictions.opposed_claims import OpposedClaims
from services.dedupe.merging.contradictions.report_stances import ReportStance, find_stances
from services.dedupe.merging.result_cache import ResultCache
from services.dedupe.merging.same_objects import are_same_objects


class ContradictionMemory:
    """What is computed again only for claims that are other objects than the last time.

    Attributes:
        opposed: Pairs of groups that exclude each other.
    """

    def __init__(self) -> None:
        self.opposed = OpposedClaims()
        self._replies: dict[str, tuple[Sequence[Report], Sequence[Reply]]] = {}
        self._stances: ResultCache[ClaimGroup, list[ReportStance]] = ResultCache()

    def start_view(self) -> None:
        """Begin to build a view."""
        self._stances.start_view()

    def find_stances(self, claim_group: ClaimGroup) -> list[ReportStance]:
        """The reports of a merged claim that do more than assert it."""
        return self._stances.get_or_compute(claim_group.claim_id, claim_group, find_stances)

    def find_replies(self, reports_by_article: dict[str, list[Report]]) -> list[Reply]:
        """All claims that answer another of their article. `reports_by_article`: all claims of the event."""
        for gone in self._replies.keys() - reports_by_article.keys():
            del self._replies[gone]
        for article_id, reports in reports_by_article.items():
            before = self._replies.get(article_id)
            if before is None or not are_same_objects(before[0], reports):
                self._replies[article_id] = reports, find_replies(reports)
        return [reply for article_id in reports_by_article for reply in self._replies[article_id][1]]
