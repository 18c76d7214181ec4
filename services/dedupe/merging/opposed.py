"""Pairs of merged claims of one event that exclude each other, by their canonical wordings; kept while it grows."""

from collections.abc import Sequence

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.neighbours import Neighbours
from services.dedupe.merging.opposition import opposition
from services.dedupe.merging.reports import Report, cosine
from services.dedupe.merging.wordings import Wording

ABOUT_THE_SAME = 0.55
"""Cosine from which two claims are about one thing at all."""

Opposed = tuple[ClaimGroup, ClaimGroup, ContradictionKind]


class OpposedClaims:
    """These pairs. Only claims whose canonical wording is another than before are compared again."""

    def __init__(self) -> None:
        self._neighbours = Neighbours(ABOUT_THE_SAME)
        self._claims: dict[str, Wording] = {}
        self._kinds: dict[tuple[int, int], ContradictionKind | None] = {}
        self._count = 0

    def update(self, groups: Sequence[ClaimGroup]) -> list[Opposed]:
        """All pairs, in order of their first reports. `groups`: in that order."""
        if len(groups) <= 1:
            return []
        canonical = {group.canonical.key: group.canonical for group in groups}
        gone = [one for key, one in self._claims.items() if canonical.get(key) is not one.first]
        for claim in gone:
            del self._claims[claim.first.key]
        new = [self._number(one) for key, one in canonical.items() if key not in self._claims]
        self._neighbours.update(gone, new)
        place = {self._claims[group.canonical.key].number: at for at, group in enumerate(groups)}
        near = ((at, place[other]) for number, at in place.items() for other in self._neighbours.of(number))
        pairs = {(min(pair), max(pair)) for pair in near}
        kinds: dict[tuple[int, int], ContradictionKind | None] = {}
        found: list[Opposed] = []
        numbers = list(place)
        for one, other in sorted(pairs):
            key = numbers[one], numbers[other]
            first, second = groups[one].canonical, groups[other].canonical
            kind = self._kinds[key] if key in self._kinds else opposition(first, second, cosine(first, second))
            kinds[key] = kind
            if kind is not None:
                found.append((groups[one], groups[other], kind))
        self._kinds = kinds
        return found

    def _number(self, report: Report) -> Wording:
        self._count += 1
        claim = self._claims[report.key] = Wording(self._count, report, [report])
        return claim
