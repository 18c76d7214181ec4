"""What is known of an event's claims from the last time that its view was built. It saves time and changes no byte."""

from collections.abc import Sequence
from datetime import date

from services.dedupe.merging.claims.brought import Brought
from services.dedupe.merging.claims.grouping import ClaimGroups
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.prepared_claim_cache import PreparedClaimCache, prepare_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import Member
from services.dedupe.merging.size_limits import MOST_CLAIMS
from services.dedupe.merging.sources.countries import NearCountries


class ClaimMemory:
    """One event's claims, prepared and grouped.

    Attributes:
        groups: The groups of claims.
        reports: The claims with their sources, by key.
        near_countries: Which countries the articles name near whom.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """Set up, empty. `most_claims`: see `size_limits.max_new_claims`."""
        self._prepared = PreparedClaimCache()
        self._brought = Brought(most_claims)
        self.groups = ClaimGroups()
        self.reports: dict[str, Report] = {}
        self.near_countries = NearCountries()

    def prepare(self, members: Sequence[Member], day: date | None) -> list[Sequence[PreparedClaim]]:
        """Prepare all claims of each article. What is known of articles that are not among them is forgotten."""
        if len(members) == 1:  # as most events: it is prepared once
            return [prepare_claims(members[0], day)]
        self._prepared.keep(len(members))
        return [self._prepared.prepare(member, day) for member in members]

    def brought(self, listed: Sequence[Sequence[PreparedClaim]]) -> list[Sequence[PreparedClaim]]:
        """What of its claims each article brings. `listed`: the claims of each, in order of publication."""
        return self._brought.of(listed)
