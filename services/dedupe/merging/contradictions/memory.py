"""What is known of the contradictions of an event from the last time that its view was built."""

from collections.abc import Sequence

from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import same_objects
from services.dedupe.merging.contradictions.answers import Answer, stances_in
from services.dedupe.merging.contradictions.denial_targets import Reply, replies
from services.dedupe.merging.contradictions.opposed_claims import OpposedClaims
from services.dedupe.merging.remembered import Remembered


class ContradictionMemory:
    """What is computed again only for claims that are other objects than the last time.

    Attributes:
        opposed: Pairs of groups that exclude each other.
    """

    def __init__(self) -> None:
        self.opposed = OpposedClaims()
        self._replies: dict[str, tuple[Sequence[Report], Sequence[Reply]]] = {}
        self._stances: Remembered[ClaimGroup, list[Answer]] = Remembered()

    def turn(self) -> None:
        """Begin to build a view."""
        self._stances.turn()

    def stances_in(self, group: ClaimGroup) -> list[Answer]:
        """The reports of a merged claim that do more than assert it."""
        return self._stances.of(group.claim_id, group, stances_in)

    def replies(self, by_article: dict[str, list[Report]]) -> list[Reply]:
        """All claims that answer another of their article. `by_article`: all claims of the event."""
        for gone in self._replies.keys() - by_article.keys():
            del self._replies[gone]
        for article_id, reports in by_article.items():
            before = self._replies.get(article_id)
            if before is None or not same_objects(before[0], reports):
                self._replies[article_id] = reports, replies(reports)
        return [reply for article_id in by_article for reply in self._replies[article_id][1]]
