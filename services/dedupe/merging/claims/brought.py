"""Which claims each article of an event brings, where there are too many: what is said already is no more work.

Kept while the event grows: what the articles before one bring does not depend on it.
"""

from collections.abc import Sequence

from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.wordings import words_of
from services.dedupe.merging.size_limits import MOST_CLAIMS, MOST_OF_ARTICLE, max_new_claims


class Brought:
    """The claims that the articles of one event bring."""

    def __init__(self, most: int = MOST_CLAIMS) -> None:
        """`most`: see `max_new_claims`."""
        self._most = most
        self._given: list[Sequence[PreparedClaim]] = []
        self._chosen: list[Sequence[PreparedClaim]] = []
        self._new: list[list[tuple[object, ...]]] = []
        self._known: set[tuple[object, ...]] = set()

    def of(self, listed: Sequence[Sequence[PreparedClaim]]) -> list[Sequence[PreparedClaim]]:
        """What of its claims each article brings. `listed`: the claims of each, in order of publication."""
        if max_new_claims(len(listed), self._most) >= MOST_OF_ARTICLE:
            return [claims[:MOST_OF_ARTICLE] for claims in listed]
        same = 0
        while same < min(len(listed), len(self._given)) and listed[same] is self._given[same]:
            same += 1
        for words in self._new[same:]:
            self._known.difference_update(words)
        del self._given[same:], self._chosen[same:], self._new[same:]
        for place, claims in enumerate(listed[same:], start=same + 1):
            self._take(claims, max_new_claims(place, self._most))
        return list(self._chosen)

    def _take(self, claims: Sequence[PreparedClaim], most: int) -> None:
        new: list[tuple[object, ...]] = []
        chosen: list[PreparedClaim] = []
        for one in claims[:MOST_OF_ARTICLE]:
            words = words_of(one)
            if words not in self._known:
                if len(new) == most:
                    continue
                new.append(words)
                self._known.add(words)
            chosen.append(one)
        self._given.append(claims)
        self._new.append(new)
        # The very same where nothing is left out: claims that are the same objects are not grouped anew.
        self._chosen.append(claims if len(chosen) == len(claims) else chosen)
