"""A memory keeps what is known of one event since its last view was built. It saves time and changes no byte.

Whoever builds the views of growing events keeps one for each of them, and may drop it at any time. What follows from
one group of claims, or from one article's claims, is computed again only if that is another object than the last time.
"""

from collections.abc import Mapping, Sequence

from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.merged_claim import MergedClaims
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionState
from services.dedupe.merging.event_articles import EventArticles
from services.dedupe.merging.figures.event_figures import EventFigures
from services.dedupe.merging.figures.figure_table import FigureTable
from services.dedupe.merging.headline import CentralArticles
from services.dedupe.merging.members import MemberFeatures
from services.dedupe.merging.origins.event_origins import EventOrigins
from services.dedupe.merging.origins.shared_text import NarrationOverlaps
from services.dedupe.merging.size_limits import MOST_CLAIMS


class EventMemory:
    """One event's claims, and what follows from them.

    Attributes:
        claims: Its claims, prepared and grouped.
        merged: Its claims, as they are published.
        contradictions: What is known of its contradictions.
        figures: Its figures, in rows.
        table: These rows, as they are published.
        origins: Its origins.
        articles: Its articles, as they are listed.
        central: Which of them is the most central.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `size_limits.max_new_claims`."""
        self.claims = ClaimState(most_claims)
        self.merged = MergedClaims()
        self.contradictions = ContradictionState()
        self.figures = EventFigures()
        self.table = FigureTable()
        self.origins = EventOrigins()
        self.articles = EventArticles()
        self.central = CentralArticles()
        self._shared = NarrationOverlaps()
        self._unified: dict[ClaimGroup, ClaimGroup] = {}

    def replace_articles(self, derived: Mapping[str, MemberFeatures]) -> NarrationOverlaps:
        """Begin to build a view of articles, and forget what is known of others; return what compares their texts.

        Args:
            derived: What is computed from each article, by its id.
        """
        self._shared.replace_articles(derived)
        return self._shared

    def unify_origins(self, claim_groups: Sequence[ClaimGroup]) -> list[ClaimGroup]:
        """Groups in which reports that come from one text have one origin."""
        before, self._unified = self._unified, {}
        for group in claim_groups:
            known = before.get(group)
            self._unified[group] = self._shared.unify_origins(group) if known is None else known
        return self.list_groups()

    def list_groups(self) -> list[ClaimGroup]:
        """The merged claims of the last view."""
        return list(self._unified.values())
