"""Joins wordings into groups: by the mean probability over the better half of the pairs, unless a pair is vetoed."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from services.dedupe.merging.claims.joinable_units import MOST_WORDINGS
from services.dedupe.merging.claims.pair_verdicts import TOGETHER, PairVerdicts
from services.dedupe.merging.claims.wordings import Wording

FOREIGN = 0.1
"""Probability of a pair below which no group holds both: else a long quotation joins what is said before and after."""

Key = tuple[tuple[int, ...], tuple[int, ...]]
"""The numbers of the wordings by which two groups are compared."""
Mean = float | None
"""Probability that two groups are one; None: too little, or something forbids it."""
Means = dict[Key, Mean]
_UNKNOWN = -1.0


def link_units(
    units: Sequence[Sequence[Wording]],
    joinable: Mapping[int, Iterable[int]],
    verdicts: PairVerdicts,
    known_means: Mapping[Key, Mean],
) -> tuple[list[list[Wording]], Means]:
    """Join units of wordings that state the same; return the groups, and the means computed on the way.

    The most alike first; nothing between two groups that are joined is forbidden.

    Args:
        units: Wordings that belong together already, each and all in publication order.
        joinable: By position of a unit those of the units that it may be joined to.
        verdicts: What is known of pairs.
        known_means: What was computed of the same wordings before.
    """
    linking = _UnitLinking(units, joinable, verdicts, known_means)
    return linking.link_groups(), linking.used


@dataclass(frozen=True, slots=True)
class _EarliestWordings:
    """The wordings of a group that were reported first, by which it is compared, and their numbers."""

    wordings: Sequence[Wording]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, wordings: Iterable[Wording]) -> Self:
        """Select them."""
        earliest = sorted(wordings, key=_publication_order)[:MOST_WORDINGS]
        return cls(earliest, tuple(wording.number for wording in earliest))


class _UnitLinking:
    def __init__(
        self,
        units: Sequence[Sequence[Wording]],
        joinable: Mapping[int, Iterable[int]],
        verdicts: PairVerdicts,
        known_means: Mapping[Key, Mean],
    ) -> None:
        self._verdicts = verdicts
        self._known = known_means
        self.used: Means = {}
        self._groups = dict(enumerate(map(list, units)))
        self._earliest = {at: _EarliestWordings.of(unit) for at, unit in self._groups.items()}
        self._next = len(units)
        self._joinable_groups = {at: set(joinable[at]) for at in self._groups}

    def link_groups(self) -> list[list[Wording]]:
        """Join groups until no two are probable enough; return the groups."""
        heap = [
            (-mean, one, other)
            for one, near in self._joinable_groups.items()
            for other in sorted(near)
            if one < other and (mean := self._find_join_probability(one, other)) is not None
        ]
        heapq.heapify(heap)
        while heap:
            _, one, other = heapq.heappop(heap)
            # A pair of which one side has been joined to something has been put in anew.
            if one in self._groups and other in self._groups:
                for entry in self._join_groups_and_list_entries(one, other):
                    heapq.heappush(heap, entry)
        return [sorted(group, key=_publication_order) for group in self._groups.values()]

    def _join_groups_and_list_entries(self, first_group: int, second_group: int) -> Iterator[tuple[float, int, int]]:
        joined, self._next = self._next, self._next + 1
        self._groups[joined] = self._groups.pop(first_group) + self._groups.pop(second_group)
        self._earliest[joined] = _EarliestWordings.of(
            [*self._earliest.pop(first_group).wordings, *self._earliest.pop(second_group).wordings]
        )
        near = self._joinable_groups[joined] = (
            self._joinable_groups.pop(first_group) | self._joinable_groups.pop(second_group)
        ) - {first_group, second_group}
        for third in sorted(near):
            self._joinable_groups[third] -= {first_group, second_group}
            self._joinable_groups[third].add(joined)
            mean = self._find_join_probability(third, joined)
            if mean is not None:
                yield -mean, third, joined

    def _find_join_probability(self, first_group: int, second_group: int) -> Mean:
        ours, theirs = self._earliest[first_group], self._earliest[second_group]
        key = (ours.numbers, theirs.numbers) if ours.numbers < theirs.numbers else (theirs.numbers, ours.numbers)
        if key not in self.used:
            known = self._known.get(key, _UNKNOWN)
            is_known = known != _UNKNOWN
            self.used[key] = known if is_known else self._compute_join_probability(ours.wordings, theirs.wordings)
        return self.used[key]

    def _compute_join_probability(self, wordings: Sequence[Wording], other_wordings: Sequence[Wording]) -> Mean:
        pairs = [(first, second) for first in wordings for second in other_wordings]
        probabilities: list[float] = []
        for pair in pairs:
            probability = self._verdicts.same_claim_probability(*pair)
            if probability is None:
                return None
            probabilities.append(probability)
        ranked = sorted(probabilities, reverse=True)
        better = ranked[: (len(pairs) + 1) // 2]
        mean = sum(better) / len(better)
        if ranked[-1] < FOREIGN:
            return None
        # What objects costs more to look for than what is probable, and is asked of few.
        if mean < TOGETHER or any(self._verdicts.has_merge_veto(*pair) for pair in pairs):
            return None
        return mean


def _publication_order(wording: Wording) -> tuple[object, ...]:
    return wording.first.order
