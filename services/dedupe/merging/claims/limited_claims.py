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
        self._selected_claims: list[Sequence[PreparedClaim]] = []
        self._new_wordings: list[list[bytes]] = []
        self._known_wordings: set[bytes] = set()

    def select_claims(
        self, claims_by_article: Sequence[Sequence[PreparedClaim]], first_changed: int = 0
    ) -> list[Sequence[PreparedClaim]]:
        """Select the claims that each article adds, from the first that has changed on.

        Args:
            claims_by_article: All claims of each article, in publication order.
            first_changed: The articles before this place are as they were the last time.
        """
        if max_new_claims(len(claims_by_article), self._most) >= MOST_OF_ARTICLE:
            self._forget_from(0)
            return [claims[:MOST_OF_ARTICLE] for claims in claims_by_article[first_changed:]]
        known = min(first_changed, len(self._selected_claims))
        self._forget_from(known)
        for place, claims in enumerate(claims_by_article[known:], start=known + 1):
            self._append_selection_of_article(claims, max_new_claims(place, self._most))
        return self._selected_claims[first_changed:]

    def _forget_from(self, place: int) -> None:
        for words in self._new_wordings[place:]:
            self._known_wordings.difference_update(words)
        del self._selected_claims[place:], self._new_wordings[place:]

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
        self._new_wordings.append(new)
        # The very same where nothing is left out: claims that are the same objects are not grouped anew.
        self._selected_claims.append(claims if len(chosen) == len(claims) else chosen)
