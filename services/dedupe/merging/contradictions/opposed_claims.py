"""Finds pairs of merged claims of one event that exclude each other, by their canonical wordings, as it grows."""

from array import array
from collections.abc import Sequence
from typing import Any

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.neighbours import NEAREST, Neighbours
from services.dedupe.merging.claims.report import Report, cosine_similarity
from services.dedupe.merging.claims.wordings import Wording
from services.dedupe.merging.contradictions.pairwise import ContradictionPrefilter, classify_contradiction
from services.dedupe.merging.vector_pool import VectorPool

ABOUT_THE_SAME = 0.55
"""Cosine from which two claims are about one thing at all."""

Opposed = tuple[ClaimGroup, ClaimGroup, ContradictionKind]


class PairContradictions:
    """These pairs. Only claims whose canonical wording is another than before are compared again."""

    def __init__(self, vectors: VectorPool | None = None) -> None:
        """Set up, empty. `vectors`: of the event; None: claims have their own."""
        self._neighbours = Neighbours(ABOUT_THE_SAME, vectors)
        self._claims: dict[str, Wording] = {}
        self._groups: dict[int, ClaimGroup] = {}
        """By the number of the canonical wording."""
        self._reports: dict[int, Report] = {}
        self._near: dict[int, array[int]] = {}
        self._signs: dict[int, ContradictionPrefilter] = {}
        self._kinds: dict[tuple[int, int], ContradictionKind] = {}
        self._count = 0

    def update(self, changes: GroupChanges) -> list[Opposed]:
        """All pairs, in order of their first reports. `changes`: which merged claims are others than the last time."""
        again = {group.canonical.key: group for group in changes.new}
        gone = []
        for group in changes.gone:
            claim = self._claims[group.canonical.key]
            if not _is_canonical_wording(again.get(group.canonical.key), claim):
                gone.append(claim)
                del self._claims[claim.first.key]
                del self._reports[claim.number]
                del self._near[claim.number]
                del self._signs[claim.number]
                del self._groups[claim.number]
        new = [self._add_wording(group.canonical) for key, group in again.items() if key not in self._claims]
        self._compare_changed_wordings(self._neighbours.update_wordings(gone, new), {claim.number for claim in gone})
        self._groups |= {self._claims[key].number: group for key, group in again.items()}
        return sorted(map(self._name_opposed, self._kinds), key=lambda pair: (pair[0].order, pair[1].order))

    def _name_opposed(self, numbers: tuple[int, int]) -> Opposed:
        first, second = sorted((self._groups[number] for number in numbers), key=_publication_order)
        return first, second, self._kinds[numbers]

    def _compare_changed_wordings(self, changed_numbers: set[int], removed_numbers: set[int]) -> None:
        """Look at the claims that are near each other and were not."""
        self._kinds = {pair: kind for pair, kind in self._kinds.items() if removed_numbers.isdisjoint(pair)}
        for number in changed_numbers:
            listed = self._neighbours.list_nearest_wordings(number)
            before, after = set(self._near[number]), set(listed)
            self._near[number] = array("i", listed)
            for other in before - after - removed_numbers:
                if number not in self._near[other]:
                    self._kinds.pop((min(number, other), max(number, other)), None)
            for other in after - before:
                if number not in self._near[other] and self._signs[number].may_clash(self._signs[other]):
                    one, two = sorted((self._reports[number], self._reports[other]), key=lambda claim: claim.order)
                    kind = classify_contradiction(one, two, cosine_similarity(one, two))
                    if kind is not None:
                        self._kinds[min(number, other), max(number, other)] = kind

    def _add_wording(self, report: Report) -> Wording:
        self._count += 1
        claim = self._claims[report.key] = Wording(self._count, report, [report])
        self._reports[self._count] = report
        self._near[self._count] = array("i")
        self._signs[self._count] = ContradictionPrefilter.of(report)
        return claim


def has_contradiction_if_all_are_similar(claim_groups: Sequence[ClaimGroup]) -> bool:
    """Whether two merged claims would exclude each other if all had the same vector.

    `PairContradictions` would find so: each claim's nearest are the first ones then.
    """
    claims = sorted((group.canonical for group in claim_groups), key=lambda claim: claim.order)
    signs = [ContradictionPrefilter.of(claim) for claim in claims]
    return any(
        signs[one].may_clash(signs[other])
        and classify_contradiction(claims[one], claims[other], cosine=1.0) is not None
        for one in range(min(NEAREST, len(claims)))
        for other in range(one + 1, len(claims))
    )


def _is_canonical_wording(claim_group: ClaimGroup | None, wording: Wording) -> bool:
    return claim_group is not None and claim_group.canonical is wording.first


def _publication_order(claim_group: ClaimGroup) -> Any:
    return claim_group.order
