"""What is known of an event's claims from the last time that its view was built. It saves time and changes no byte."""

from collections.abc import Sequence
from datetime import date

from services.dedupe.merging.claims.article_reports import ArticleClaims
from services.dedupe.merging.claims.grouping import ClaimGroups
from services.dedupe.merging.claims.limited_claims import ClaimLimiter
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.prepared_claim_cache import PreparedClaimCache, prepare_claims
from services.dedupe.merging.members import Member
from services.dedupe.merging.size_limits import MOST_CLAIMS
from services.dedupe.merging.sources.resolution import EventSources


class ClaimState:
    """One event's claims, prepared and grouped.

    Attributes:
        groups: The groups of claims.
        reports: The claims with their sources, by article.
        sources: The names and sources of its articles.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `size_limits.max_new_claims`."""
        self._prepared = PreparedClaimCache()
        self._limiter = ClaimLimiter(most_claims)
        self.groups = ClaimGroups()
        self.reports: dict[str, ArticleClaims] = {}
        self.sources = EventSources()

    def prepare_claims(self, members: Sequence[Member], event_day: date | None) -> list[Sequence[PreparedClaim]]:
        """Prepare all claims of each article, and forget articles that are not among them."""
        if len(members) == 1:  # as most events: it is prepared once
            return [prepare_claims(members[0], event_day)]
        self._prepared.set_capacity(len(members))
        return [self._prepared.get_claims(member, event_day) for member in members]

    def select_claims(self, claims_by_article: Sequence[Sequence[PreparedClaim]]) -> list[Sequence[PreparedClaim]]:
        """Select the claims that each article adds. `claims_by_article`: all claims of each, in publication order."""
        return self._limiter.select_claims(claims_by_article)
