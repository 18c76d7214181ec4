"""Joins wordings into groups: by the mean probability over the better half of the pairs, unless a pair is vetoed."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from services.dedupe.merging.claims.join_means import UNKNOWN, JoinMeans, Mean, Numbers
from services.dedupe.merging.claims.joinable_units import MOST_WORDINGS
from services.dedupe.merging.claims.pair_verdicts import TOGETHER, PairVerdicts
from services.dedupe.merging.claims.wordings import Wording

FOREIGN = 0.1
"""Probability of a pair below which no group holds both: else a long quotation joins what is said before and after."""


@dataclass(frozen=True, eq=False, slots=True)
class LinkedGroup:
    """Wordings that state the same. It is equal to itself alone.

    Attributes:
        units: The units that they were.
        wordings: All of them, in publication order.
        steps: By which wordings the units were compared, and all groups that were joined of them on the way.
    """

    units: tuple[int, ...]
    wordings: Sequence[Wording]
    steps: tuple[Numbers, ...]


def link_units(
    units: Mapping[int, Sequence[Wording]],
    joinable: Mapping[int, Iterable[int]],
    verdicts: PairVerdicts,
    means: JoinMeans,
) -> list[LinkedGroup]:
    """Join units of wordings that state the same.

    The most alike first; nothing between two groups that are joined is forbidden.

    Args:
        units: Wordings that belong together already, by unit, each and all in publication order.
        joinable: The units that each may be joined to; others than those given do not count.
        verdicts: What is known of pairs.
        means: What was computed of groups before; what is computed now is added.
    """
    return _UnitLinking(units, joinable, verdicts, means).link_groups()


@dataclass(slots=True)
class _Group:
    """A group on the way.

    Attributes:
        units: Its units.
        earliest: Its wordings that were reported first, by which it is compared.
        numbers: Their numbers.
        steps: See `LinkedGroup`.
    """

    units: tuple[int, ...]
    earliest: Sequence[Wording]
    numbers: Numbers
    steps: tuple[Numbers, ...]

    @classmethod
    def of_unit(cls, unit: int, wordings: Sequence[Wording]) -> Self:
        """A unit alone."""
        earliest = wordings[:MOST_WORDINGS]
        numbers = tuple(wording.number for wording in earliest)
        return cls((unit,), earliest, numbers, (numbers,))

    def join(self, other: "_Group") -> "_Group":
        """Both together."""
        earliest = sorted((*self.earliest, *other.earliest), key=_publication_order)[:MOST_WORDINGS]
        numbers = tuple(wording.number for wording in earliest)
        return _Group((*self.units, *other.units), earliest, numbers, (*self.steps, *other.steps, numbers))


class _UnitLinking:
    def __init__(
        self,
        units: Mapping[int, Sequence[Wording]],
        joinable: Mapping[int, Iterable[int]],
        verdicts: PairVerdicts,
        means: JoinMeans,
    ) -> None:
        self._units = units
        self._verdicts = verdicts
        self._means = means
        self._next = len(units)
        places = {unit: place for place, unit in enumerate(units)}
        self._groups = {place: _Group.of_unit(unit, units[unit]) for unit, place in places.items()}
        self._near = {
            place: {places[other] for other in joinable[unit] if other in places} for unit, place in places.items()
        }

    def link_groups(self) -> list[LinkedGroup]:
        """Join groups until no two are probable enough; return the groups."""
        heap = [
            (-mean, one, other)
            for one, near in self._near.items()
            for other in sorted(near)
            if one < other and (mean := self._find_mean(one, other)) is not None
        ]
        heapq.heapify(heap)
        while heap:
            _, one, other = heapq.heappop(heap)
            # A pair of which one side has been joined to something has been put in anew.
            if one in self._groups and other in self._groups:
                for entry in self._join_groups_and_list_entries(one, other):
                    heapq.heappush(heap, entry)
        return list(map(self._build_linked_group, self._groups.values()))

    def _join_groups_and_list_entries(self, first: int, second: int) -> Iterator[tuple[float, int, int]]:
        joined, self._next = self._next, self._next + 1
        self._groups[joined] = self._groups.pop(first).join(self._groups.pop(second))
        near = self._near[joined] = (self._near.pop(first) | self._near.pop(second)) - {first, second}
        for third in sorted(near):
            self._near[third] -= {first, second}
            self._near[third].add(joined)
            mean = self._find_mean(third, joined)
            if mean is not None:
                yield -mean, third, joined

    def _find_mean(self, first: int, second: int) -> Mean:
        ours, theirs = self._groups[first], self._groups[second]
        mean = self._means.find(ours.numbers, theirs.numbers)
        if mean == UNKNOWN:
            mean = self._compute_mean(ours.earliest, theirs.earliest)
            self._means.put(ours.numbers, theirs.numbers, mean)
        return mean

    def _compute_mean(self, wordings: Sequence[Wording], other_wordings: Sequence[Wording]) -> Mean:
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

    def _build_linked_group(self, group: _Group) -> LinkedGroup:
        wordings = [wording for unit in group.units for wording in self._units[unit]]
        return LinkedGroup(group.units, sorted(wordings, key=_publication_order), group.steps)


def _publication_order(wording: Wording) -> tuple[object, ...]:
    return wording.first.order
