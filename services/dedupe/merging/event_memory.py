"""What is known of one event from the last time that its view was built. It saves time and changes no byte.

Whoever builds the views of growing events keeps one for each of them, and may drop it at any time. What follows from
one group of claims, or from one article's claims, is computed again only if that is another object than the last time.
"""

from collections.abc import Iterable

from services.contracts.event_claims import MergedClaim
from services.dedupe.merging.bounds import MOST_CLAIMS
from services.dedupe.merging.claims.claim_memory import ClaimMemory
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.merged import merged_claim
from services.dedupe.merging.contradictions.memory import ContradictionMemory
from services.dedupe.merging.figures.mention import Mention
from services.dedupe.merging.figures.rows import figures_in
from services.dedupe.merging.origins.shared_text import SharedPairs, SharedTexts
from services.dedupe.merging.remembered import Remembered


class EventMemory:
    """One event's claims, and what follows from them.

    Attributes:
        claims: Its claims, prepared and grouped.
        contradictions: What is known of its contradictions.
        shared: What pairs of its articles narrate in the same words.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `bounds.most_new`."""
        self.claims = ClaimMemory(most_claims)
        self.contradictions = ContradictionMemory()
        self.shared: SharedPairs = {}
        self._counted: Remembered[ClaimGroup, ClaimGroup] = Remembered()
        self._merged: Remembered[ClaimGroup, MergedClaim] = Remembered()
        self._figures: Remembered[ClaimGroup, list[Mention]] = Remembered()

    def turn(self, article_ids: Iterable[str]) -> None:
        """Begin to build a view of these articles; what is known of others is forgotten."""
        held = set(article_ids)
        self.shared = {pair: overlap for pair, overlap in self.shared.items() if held.issuperset(pair)}
        self.contradictions.turn()
        self._counted.turn()
        self._merged.turn()
        self._figures.turn()

    def counted_once(self, group: ClaimGroup, texts: SharedTexts) -> ClaimGroup:
        """A group in which reports that come from one text have one origin."""
        return self._counted.of(group.claim_id, group, texts.count_once)

    def merged_claim(self, group: ClaimGroup) -> MergedClaim:
        """A group as it is published."""
        return self._merged.of(group.claim_id, group, merged_claim)

    def figures_in(self, group: ClaimGroup) -> list[Mention]:
        """The figures of a group."""
        return self._figures.of(group.claim_id, group, figures_in)
