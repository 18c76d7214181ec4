"""A memory keeps what is known of one event since its last view was built. It saves time and changes no byte.

Whoever builds the views of growing events keeps one for each of them, and may drop it at any time. What follows from
one group of claims, or from one article's claims, is computed again only if that is another object than the last time.
"""

from collections.abc import Iterable

from services.contracts.event_claims import MergedClaim
from services.dedupe.merging.claims.claim_memory import ClaimMemory
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.merged_claim import build_merged_claim
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionMemory
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_rows import find_figures
from services.dedupe.merging.origins.shared_text import SharedPairs, SharedTexts
from services.dedupe.merging.result_cache import ResultCache
from services.dedupe.merging.size_limits import MOST_CLAIMS


class EventMemory:
    """One event's claims, and what follows from them.

    Attributes:
        claims: Its claims, prepared and grouped.
        contradictions: What is known of its contradictions.
        shared: What pairs of its articles narrate in the same words.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `size_limits.max_new_claims`."""
        self.claims = ClaimMemory(most_claims)
        self.contradictions = ContradictionMemory()
        self.shared: SharedPairs = {}
        self._counted: ResultCache[ClaimGroup, ClaimGroup] = ResultCache()
        self._merged: ResultCache[ClaimGroup, MergedClaim] = ResultCache()
        self._figures: ResultCache[ClaimGroup, list[FigureMention]] = ResultCache()

    def start_view(self, article_ids: Iterable[str]) -> None:
        """Begin to build a view of these articles; what is known of others is forgotten."""
        held = set(article_ids)
        self.shared = {pair: overlap for pair, overlap in self.shared.items() if held.issuperset(pair)}
        self.contradictions.start_view()
        self._counted.start_view()
        self._merged.start_view()
        self._figures.start_view()

    def unify_origins(self, claim_group: ClaimGroup, shared_texts: SharedTexts) -> ClaimGroup:
        """A group in which reports that come from one text have one origin."""
        return self._counted.get_or_compute(claim_group.claim_id, claim_group, shared_texts.unify_origins)

    def build_merged_claim(self, claim_group: ClaimGroup) -> MergedClaim:
        """A group as it is published."""
        return self._merged.get_or_compute(claim_group.claim_id, claim_group, build_merged_claim)

    def find_figures(self, claim_group: ClaimGroup) -> list[FigureMention]:
        """The figures of a group."""
        return self._figures.get_or_compute(claim_group.claim_id, claim_group, find_figures)
