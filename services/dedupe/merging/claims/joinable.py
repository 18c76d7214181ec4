"""Which units of an event may be joined: those that are near, and would be one claim by one wording of each."""

from collections.abc import Iterable, Sequence

from services.dedupe.merging.claims.neighbours import Neighbours
from services.dedupe.merging.claims.pair_verdicts import Verdicts
from services.dedupe.merging.claims.units import Units
from services.dedupe.merging.claims.wordings import Changes, Wording

MOST_WORDINGS = 8
"""Wordings by which a unit, or a group of several, is compared: those first reported."""

_Pair = tuple[int, int]
_NOTHING: frozenset[int] = frozenset()


class Joinable:
    """The graph of these units."""

    def __init__(self, units: Units, verdicts: Verdicts) -> None:
        self._units = units
        self._verdicts = verdicts
        self._neighbours = Neighbours()
        self._near: dict[int, set[int]] = {}
        self._with: dict[int, set[int]] = {}

    def to(self, unit: int) -> set[int]:
        """What a unit may be joined to."""
        return self._with[unit]

    def update(self, changes: Changes, dissolved: Iterable[int], formed: Iterable[int]) -> set[int]:
        """Take wordings out and in; the units that may be joined to others than before, the new ones included.

        Args:
            changes: What became of the wordings.
            dissolved: Units that are no more.
            formed: Units that were not there.
        """
        touched: set[int] = set()
        for unit in dissolved:
            for other in self._with.pop(unit, ()):
                if other in self._with:
                    self._with[other].discard(unit)
                    touched.add(other)
        for wording in changes.gone:
            self._near.pop(wording.number, None)
        self._with |= {unit: set() for unit in formed}
        touched = {unit for unit in touched if unit in self._with} | set(formed)
        pairs = self._moved(self._neighbours.update(changes.gone, changes.new))
        anew = {one.number for unit in formed for one in self._units.members(unit)}
        anew |= {one.number for one in changes.told_anew}
        of = self._units.of
        pairs |= {_ordered(of(number), of(other)) for number in anew for other in self._nearby(number)}
        for one, other in sorted(pairs):
            if one != other and self._decide(one, other):
                touched |= {one, other}
        return touched

    def _moved(self, numbers: Iterable[int]) -> set[_Pair]:
        """Take over the nearest of wordings; the pairs of units that may be joinable since, or no more."""
        pairs: set[_Pair] = set()
        of = self._units.of
        for number in numbers:
            before, after = self._near.get(number, _NOTHING), set(self._neighbours.of(number))
            self._near[number] = after
            unit = of(number)
            joined = self._with[unit]
            pairs |= {_ordered(unit, of(other)) for other in after - before if of(other) not in joined}
            if joined:
                lost = before - after
                pairs |= {_ordered(unit, of(other)) for other in lost if other in self._near and of(other) in joined}
        return pairs

    def _nearby(self, number: int) -> set[int]:
        """What is among the nearest of a wording, or has it among its own."""
        return self._near[number] | {one for one in self._neighbours.holders(number) if number in self._near[one]}

    def _decide(self, one: int, other: int) -> bool:
        """Look at two units; whether they may be joined now and might not, or the other way round."""
        ours, theirs = self._units.members(one), self._units.members(other)
        may_join = self._are_near(ours, other) and self._by_one_pair(ours, theirs)
        if may_join == (other in self._with[one]):
            return False
        for unit, joined in ((one, other), (other, one)):
            if may_join:
                self._with[unit].add(joined)
            else:
                self._with[unit].discard(joined)
        return True

    def _by_one_pair(self, ours: Sequence[Wording], theirs: Sequence[Wording]) -> bool:
        if len(ours) == len(theirs) == 1:
            return self._verdicts.may_join(ours[0], theirs[0])
        return any(
            self._verdicts.may_join(first, second)
            for first in ours[:MOST_WORDINGS]
            for second in theirs[:MOST_WORDINGS]
        )

    def _are_near(self, wordings: Sequence[Wording], unit: int) -> bool:
        others = [wording.number for wording in self._units.members(unit)]
        for wording in wordings:
            near = self._near[wording.number]
            for other in others:
                if other in near or wording.number in self._near[other]:
                    return True
        return False


def _ordered(one: int, other: int) -> _Pair:
    return (one, other) if one < other else (other, one)
