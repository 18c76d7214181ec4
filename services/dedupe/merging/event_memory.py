"""A memory keeps what is known of one event since its last view was built. It saves time and changes no byte.

Whoever builds the views of growing events keeps one for each of them, and may drop it at any time. What follows from
one group of claims, or from one article's claims, is computed again only if that is another object than the last time.
"""

from collections.abc import Sequence

from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.merged_claim import MergedClaims
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionState
from services.dedupe.merging.event_articles import EventArticles
from services.dedupe.merging.event_members import EventMembers, MemberChanges
from services.dedupe.merging.figures.event_figures import EventFigures
from services.dedupe.merging.figures.figure_table import FigureTable
from services.dedupe.merging.headline import CentralArticles
from services.dedupe.merging.headline_candidates import HeadlineCandidates
from services.dedupe.merging.members import Member
from services.dedupe.merging.origins.event_origins import EventOrigins
from services.dedupe.merging.origins.shared_text import NarrationOverlaps
from services.dedupe.merging.shared_claims import SharedClaims
from services.dedupe.merging.shared_parts import SharedParts
from services.dedupe.merging.size_limits import MOST_CLAIMS
from services.dedupe.merging.vector_pool import PooledVectors, VectorPool


class EventMemory:
    """One event's claims, and what follows from them.

    Attributes:
        members: Its articles in order.
        shared_texts: Compares their texts.
        claims: Its claims, prepared and grouped.
        merged: Its claims, as they are published.
        contradictions: What is known of its contradictions.
        figures: Its figures, in rows.
        table: These rows, as they are published.
        origins: Its origins.
        articles: Its articles, as they are listed.
        candidates: Which of them may stand for it.
        central: Which of them is the most central.
        shared_claims: Those of its claims that several origins report.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `size_limits.max_new_claims`."""
        self.members = EventMembers()
        self._vectors = VectorPool()
        self._vectors_by_article: dict[str, PooledVectors] = {}
        self.claims = ClaimState(most_claims, self._vectors)
        self.merged = MergedClaims()
        self.contradictions = ContradictionState(self._vectors)
        self.figures = EventFigures()
        self.table = FigureTable()
        self.origins = EventOrigins()
        self.articles = EventArticles()
        self.candidates = HeadlineCandidates()
        self.central = CentralArticles()
        self.shared_claims = SharedClaims()
        self.shared_texts = NarrationOverlaps()
        self._texts = SharedParts()
        """What is computed from each text: reprints share it."""
        self._unified: dict[ClaimGroup, ClaimGroup] = {}

    def update_members(self, members: Sequence[Member]) -> MemberChanges:
        """Begin to build a view of these articles, given in any order; return which of them are others than before."""
        changes = self.members.update_members(members)
        for member in changes.gone:
            self._texts.release(member.derived.text)
            self._release_vectors(member)
        for member in changes.new:
            self._vectors_by_article[member.article.article_id] = member.pool_vectors(self._vectors)
            derived = self._texts.share(member.derived.text, member.derived)
            if derived is not member.derived:
                member.share_text(derived)
        self.shared_texts.update_articles(
            [member.article.article_id for member in changes.gone],
            {member.article.article_id: member.derived for member in changes.new},
        )
        return changes

    def _release_vectors(self, member: Member) -> None:
        """Give an article its vectors back, unless another event has them already."""
        pooled = self._vectors_by_article.pop(member.article.article_id)
        if member.derived.claim_vectors is pooled:
            member.derived = member.derived.with_claim_vectors(pooled.copy())
        self._vectors.release(pooled.rows)

    def unify_origins(self, changes: GroupChanges) -> GroupChanges:
        """Make groups in which reports that come from one text have one origin.

        Args:
            changes: Which groups are others since the last time.

        Returns:
            Which of the unified groups are.
        """
        gone = [self._unified.pop(group) for group in changes.gone]
        known = {group.claim_id: (group, unified) for group, unified in zip(changes.gone, gone, strict=True)}
        new = [self.shared_texts.unify_origins(group, known.get(group.claim_id)) for group in changes.new]
        self._unified |= zip(changes.new, new, strict=True)
        return GroupChanges(gone, new)

    def list_groups(self) -> list[ClaimGroup]:
        """The merged claims of the last view, in publication order."""
        return sorted(self._unified.values(), key=lambda group: group.order)
