"""Groups of wordings by linkage over the better half of pairs, complete link on what forbids."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.dedupe.merging.claims.joinable import MOST_WORDINGS
from services.dedupe.merging.claims.pair_verdicts import TOGETHER, Verdicts
from services.dedupe.merging.claims.wordings import Wording

FOREIGN = 0.1
"""Probability of a pair below which no group holds both: else a long quotation joins what is said before and after."""

Key = tuple[tuple[int, ...], tuple[int, ...]]
"""The numbers of the wordings by which two groups are compared."""
Mean = float | None
"""Probability that two groups are one; None: too little, or something forbids it."""
Means = dict[Key, Mean]


def link(
    units: Sequence[Sequence[Wording]], near: Mapping[int, Iterable[int]], verdicts: Verdicts, known: Mapping[Key, Mean]
) -> tuple[list[list[Wording]], Means]:
    """Join units of wordings that state the same, and tell what was computed on the way.

    The most alike first; nothing between two groups that are joined is forbidden.

    Args:
        units: Wordings that belong together already, each and all in publication order.
        near: By position of a unit those of the units that it may be joined to.
        verdicts: What is known of pairs.
        known: What was computed of the same wordings before.
    """
    linking = _Linking(units, near, verdicts, known)
    return linking.groups(), linking.used


class _Linking:
    def __init__(
        self,
        units: Sequence[Sequence[Wording]],
        near: Mapping[int, Iterable[int]],
        verdicts: Verdicts,
        known: Mapping[Key, Mean],
    ) -> None:
        self._verdicts = verdicts
        self._known = known
        self.used: Means = {}
        self._groups = dict(enumerate(map(list, units)))
        self._compared = {at: _compared(unit) for at, unit in self._groups.items()}
        self._next = len(units)
        self._near = {at: set(near[at]) for at in self._groups}

    def groups(self) -> list[list[Wording]]:
        """Join until nothing is probable enough."""
        heap = [
            (-mean, one, other)
            for one, near in self._near.items()
            for other in sorted(near)
            if one < other and (mean := self._mean(one, other)) is not None
        ]
        heapq.heapify(heap)
        while heap:
            _, one, other = heapq.heappop(heap)
            # A pair of which one side has been joined to something has been put in anew.
            if one in self._groups and other in self._groups:
                for entry in self._join(one, other):
                    heapq.heappush(heap, entry)
        return [sorted(group, key=_order) for group in self._groups.values()]

    def _join(self, one: int, other: int) -> Iterator[tuple[float, int, int]]:
        joined, self._next = self._next, self._next + 1
        self._groups[joined] = self._groups.pop(one) + self._groups.pop(other)
        self._compared[joined] = _compared(self._compared.pop(one) + self._compared.pop(other))
        near = self._near[joined] = (self._near.pop(one) | self._near.pop(other)) - {one, other}
        for third in sorted(near):
            self._near[third] -= {one, other}
            self._near[third].add(joined)
            mean = self._mean(third, joined)
            if mean is not None:
                yield -mean, third, joined

    def _mean(self, one: int, other: int) -> Mean:
        ours, theirs = self._compared[one], self._compared[other]
        numbers = tuple(each.number for each in ours), tuple(each.number for each in theirs)
        key = min(numbers), max(numbers)
        if key not in self.used:
            self.used[key] = self._known[key] if key in self._known else self._compute(ours, theirs)
        return self.used[key]

    def _compute(self, ours: Sequence[Wording], theirs: Sequence[Wording]) -> Mean:
        pairs = [(first, second) for first in ours for second in theirs]
        probabilities: list[float] = []
        for pair in pairs:
            probability = self._verdicts.probability(*pair)
            if probability is None:
                return None
            probabilities.append(probability)
        ranked = sorted(probabilities, reverse=True)
        better = ranked[: (len(pairs) + 1) // 2]
        mean = sum(better) / len(better)
        if ranked[-1] < FOREIGN:
            return None
        # What objects costs more to look for than what is probable, and is asked of few.
        if mean < TOGETHER or any(self._verdicts.objected(*pair) for pair in pairs):
            return None
        return mean


def _compared(group: Sequence[Wording]) -> list[Wording]:
    """The first wordings of a group: many hardly say more."""
    return sorted(group, key=_order)[:MOST_WORDINGS]


def _order(wording: Wording) -> tuple[object, ...]:
    return wording.first.order
