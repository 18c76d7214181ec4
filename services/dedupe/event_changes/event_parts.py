"""The articles, claims and origins of an event's view by id, and its claims the best reported first.

Of a large event it is kept from one view to the next: only parts that are other objects are looked at.
"""

from collections.abc import Collection

from services.contracts.event import Event, EventArticle, Origin
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.event_changes.changed_parts import ChangedParts
from services.dedupe.event_changes.size_reduction import (
    KnownSupports,
    choose_supports,
    count_json_bytes,
    reduce_claim,
    remove_membership_reasons,
)
from services.dedupe.kept_order import KeptOrder
from services.dedupe.same_objects import are_same_objects

ClaimRank = tuple[int, float, str]
_MANY_SUPPORTS = 32


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
        self._stubs: dict[str, tuple[EventArticle, int]] = {}
        self._reduced: dict[str, tuple[tuple[Support, ...], MergedClaim, int]] = {}
        self._known_supports: dict[str, KnownSupports] = {}
        """Of claims that have many."""
        self.update_parts(ChangedParts.between(None, view))

    @property
    def ranked_claims(self) -> list[MergedClaim]:
        """The claims by how many origins report them, the newest first."""
        return self._ranked.values

    def update_parts(self, changed: ChangedParts) -> None:
        """Take the parts of another view. `changed`: what is another object there."""
        for article in changed.articles.gone:
            del self.articles[article.article_id]
            self._stubs.pop(article.article_id, None)
        for origin in changed.origins.gone:
            del self.origins[origin.origin_id]
        for claim in changed.claims.gone:
            del self.claims[claim.claim_id]
            self._reduced.pop(claim.claim_id, None)
            self._ranked.remove(rank_claim(claim), claim)
        self.articles |= {article.article_id: article for article in changed.articles.new}
        self.origins |= {origin.origin_id: origin for origin in changed.origins.new}
        self.claims |= {claim.claim_id: claim for claim in changed.claims.new}
        self._ranked.add_all((rank_claim(claim), claim) for claim in changed.claims.new)
        for claim_id in {claim.claim_id for claim in changed.claims.gone} - self.claims.keys():
            self._known_supports.pop(claim_id, None)

    def measure_article(self, article_id: str) -> tuple[EventArticle, int]:
        """An article as a snapshot lists it, and the bytes that it takes there."""
        known = self._stubs.get(article_id)
        if known is None:
            stub = remove_membership_reasons(self.articles[article_id])
            known = self._stubs[article_id] = stub, count_json_bytes(stub)
        return known

    def measure_claim(self, claim: MergedClaim, listed_article_ids: Collection[str]) -> tuple[MergedClaim, int]:
        """A claim as a snapshot holds it beside some articles (`reduce_claim`), and the bytes that it takes there."""
        known_supports = self._find_known_supports(claim)
        supports = choose_supports(claim, listed_article_ids, known_supports)
        known = self._reduced.get(claim.claim_id)
        if known is None or not are_same_objects(known[0], supports):
            reduced = reduce_claim(claim, supports, known_supports)
            known = self._reduced[claim.claim_id] = supports, reduced, count_json_bytes(reduced)
        return known[1], known[2]

    def _find_known_supports(self, claim: MergedClaim) -> KnownSupports | None:
        """What is known of its supports, which every view asks for; None: they are few."""
        if len(claim.supports) < _MANY_SUPPORTS:
            return None
        known = self._known_supports.get(claim.claim_id)
        if known is None or known.supports is not claim.supports:
            known = KnownSupports.of(claim) if known is None else known.extend_to(claim)
            self._known_supports[claim.claim_id] = known
        return known


def rank_claim(claim: MergedClaim) -> ClaimRank:
    """The better reported of two claims sorts first, then the newer."""
    at = claim.first_reported_at
    return -claim.origins, -at.timestamp() if at is not None else 0.0, claim.claim_id
