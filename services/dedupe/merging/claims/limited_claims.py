"""Limits how many new claims each article adds to a large event; claims said before in the same words do not count.

The selection is kept while the event grows: that of earlier articles does not depend on later ones.
"""

from collections.abc import Sequence

from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.size_limits import MOST_CLAIMS, MOST_OF_ARTICLE, max_new_claims


class ClaimLimiter:
    """Selects the claims that each article adds to one event."""

    def __init__(self, most_claims: int = MOST_CLAIMS) -> None:
        """`most_claims`: see `max_new_claims`."""
        self._most = most_claims
        self._given_claims: list[Sequence[PreparedClaim]] = []
        self._selected_claims: list[Sequence[PreparedClaim]] = []
        self._new_wordings: list[list[bytes]] = []
        self._known_wordings: set[bytes] = set()

    def select_claims(self, claims_by_article: Sequence[Sequence[PreparedClaim]]) -> list[Sequence[PreparedClaim]]:
        """Select the claims that each article adds. `claims_by_article`: all claims of each, in publication order."""
        if max_new_claims(len(claims_by_article), self._most) >= MOST_OF_ARTICLE:
            return [claims[:MOST_OF_ARTICLE] for claims in claims_by_article]
        same = 0
        while (
            same < min(len(claims_by_article), len(self._given_claims))
            and claims_by_article[same] is self._given_claims[same]
        ):
            same += 1
        for words in self._new_wordings[same:]:
            self._known_wordings.difference_update(words)
        del self._given_claims[same:], self._selected_claims[same:], self._new_wordings[same:]
        for place, claims in enumerate(claims_by_article[same:], start=same + 1):
            self._append_selection_of_article(claims, max_new_claims(place, self._most))
        return list(self._selected_claims)

    def _append_selection_of_article(self, claims: Sequence[PreparedClaim], most_new_claims: int) -> None:
        new: list[bytes] = []
        chosen: list[PreparedClaim] = []
        for one in claims[:MOST_OF_ARTICLE]:
            words = one.comparison_key
            if words not in self._known_wordings:
                if len(new) == most_new_claims:
                    continue
                new.append(words)
                self._known_wordings.add(words)
            chosen.append(one)
        self._given_claims.append(claims)
        self._new_wordings.append(new)
        # The very same where nothing is left out: claims that are the same objects are not grouped anew.
        self._selected_claims.append(claims if len(chosen) == len(claims) else chosen)
