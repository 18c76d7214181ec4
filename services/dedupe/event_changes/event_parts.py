"""The articles, claims and origins of an event's view by id, and its claims the best reported first.

Of a large event it is kept from one view to the next: only parts that are other objects are looked at.
"""

from services.contracts.event import Event, EventArticle, Origin
from services.contracts.event_claims import MergedClaim
from services.dedupe.event_changes.changed_parts import ChangedParts
from services.dedupe.kept_order import KeptOrder

ClaimRank = tuple[int, float, str]


class EventParts:
    """The parts of one view.

    Attributes:
        articles: The articles by id.
        claims: The claims by id.
        origins: The origins by id.
    """

    def __init__(self, view: Event) -> None:
        """Take the parts of a view."""
        self.articles: dict[str, EventArticle] = {}
        self.claims: dict[str, MergedClaim] = {}
        self.origins: dict[str, Origin] = {}
        self._ranked = KeptOrder[MergedClaim]()
        self.update_parts(ChangedParts.between(None, view))

    @property
    def ranked_claims(self) -> list[MergedClaim]:
        """The claims by how many origins report them, the newest first."""
        return self._ranked.values

    def update_parts(self, changed: ChangedParts) -> None:
        """Take the parts of another view. `changed`: what is another object there."""
        for article in changed.articles.gone:
            del self.articles[article.article_id]
        for origin in changed.origins.gone:
            del self.origins[origin.origin_id]
        for claim in changed.claims.gone:
            del self.claims[claim.claim_id]
            self._ranked.remove(rank_claim(claim), claim)
        self.articles |= {article.article_id: article for article in changed.articles.new}
        self.origins |= {origin.origin_id: origin for origin in changed.origins.new}
        self.claims |= {claim.claim_id: claim for claim in changed.claims.new}
        self._ranked.add_all((rank_claim(claim), claim) for claim in changed.claims.new)


def rank_claim(claim: MergedClaim) -> ClaimRank:
    """The better reported of two claims sorts first, then the newer."""
    at = claim.first_reported_at
    return -claim.origins, -at.timestamp() if at is not None else 0.0, claim.claim_id
