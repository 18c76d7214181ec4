"""Pairs of merged claims of one event that exclude each other, by their canonical wordings; kept while it grows."""

from collections.abc import Sequence

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.neighbours import Neighbours
from services.dedupe.merging.claims.report import Report, cosine
from services.dedupe.merging.claims.wordings import Wording
from services.dedupe.merging.contradictions.pairwise import pairwise_contradiction

ABOUT_THE_SAME = 0.55
"""Cosine from which two claims are about one thing at all."""

Opposed = tuple[ClaimGroup, ClaimGroup, ContradictionKind]


class OpposedClaims:
    """These pairs. Only claims whose canonical wording is another than before are compared again."""

    def __init__(self) -> None:
        self._neighbours = Neighbours(ABOUT_THE_SAME)
        self._claims: dict[str, Wording] = {}
        self._near: dict[int, set[int]] = {}
        self._kinds: dict[tuple[int, int], ContradictionKind] = {}
        self._count = 0

    def update(self, groups: Sequence[ClaimGroup]) -> list[Opposed]:
        """All pairs, in order of their first reports. `groups`: in that order."""
        if len(groups) <= 1:
            return []
        canonical = {group.canonical.key: group for group in groups}
        gone = [one for key, one in self._claims.items() if not _is_of(canonical.get(key), one)]
        for claim in gone:
            del self._claims[claim.first.key]
            del self._near[claim.number]
        new = [self._number(group.canonical) for key, group in canonical.items() if key not in self._claims]
        self._compare(self._neighbours.update(gone, new), {claim.number for claim in gone})
        if not self._kinds:
            return []
        at = {self._claims[group.canonical.key].number: place for place, group in enumerate(groups)}
        found = {(min(at[one], at[other]), max(at[one], at[other])): kind for (one, other), kind in self._kinds.items()}
        return [(groups[one], groups[other], found[one, other]) for one, other in sorted(found)]

    def _compare(self, changed: set[int], gone: set[int]) -> None:
        """Look at the claims that are near each other and were not."""
        self._kinds = {pair: kind for pair, kind in self._kinds.items() if gone.isdisjoint(pair)}
        claims = {claim.number: claim.first for claim in self._claims.values()} if changed else {}
        for number in changed:
            before, after = self._near[number], set(self._neighbours.of(number))
            self._near[number] = after
            for other in before - after - gone:
                if number not in self._near[other]:
                    self._kinds.pop((min(number, other), max(number, other)), None)
            for other in after - before:
                if number not in self._near[other]:
                    one, two = sorted((claims[number], claims[other]), key=lambda claim: claim.order)
                    kind = pairwise_contradiction(one, two, cosine(one, two))
                    if kind is not None:
                        self._kinds[min(number, other), max(number, other)] = kind

    def _number(self, report: Report) -> Wording:
        self._count += 1
        claim = self._claims[report.key] = Wording(self._count, report, [report])
        self._near[self._count] = set()
        return claim


def _is_of(group: ClaimGroup | None, claim: Wording) -> bool:
    return group is not None and group.canonical is claim.first
