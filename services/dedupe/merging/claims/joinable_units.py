"""Which units of an event may be joined: those that are near, and would be one claim by one wording of each."""

from array import array
from collections.abc import Iterable, Sequence

from services.dedupe.merging.claims.neighbours import Neighbours
from services.dedupe.merging.claims.pair_verdicts import PairVerdicts
from services.dedupe.merging.claims.wording_units import QuotationUnits
from services.dedupe.merging.claims.wordings import Wording, WordingChanges
from services.dedupe.merging.vector_pool import VectorPool

MOST_WORDINGS = 8
"""Wordings by which a unit, or a group of several, is compared: those first reported."""

_Pair = tuple[int, int]


class JoinableUnits:
    """A graph: which units of wordings may be joined to which others."""

    def __init__(self, units: QuotationUnits, verdicts: PairVerdicts, vectors: VectorPool) -> None:
        self._units = units
        self._verdicts = verdicts
        self._neighbours = Neighbours(vectors=vectors)
        self._nearest: dict[int, array[int]] = {}
        self._joinable: dict[int, tuple[int, ...]] = {}

    def release_vectors(self) -> None:
        """Take back what it uses of the event's vectors; it is of no use then."""
        self._neighbours.release_vectors()

    def find_joinable_units(self, unit: int) -> set[int]:
        """Return the units that a unit may be joined to."""
        return set(self._joinable[unit])

    def update_units(
        self, changes: WordingChanges, dissolved_units: Iterable[int], formed_units: Iterable[int]
    ) -> set[int]:
        """Remove and add wordings; return the units whose joinable units have changed, new units included.

        Args:
            changes: What became of the wordings.
            dissolved_units: Units that are no more.
            formed_units: Units that were not there.
        """
        touched: set[int] = set()
        for unit in dissolved_units:
            for other in self._joinable.pop(unit, ()):
                if other in self._joinable:
                    self._joinable[other] = _without(self._joinable[other], unit)
                    touched.add(other)
        for wording in changes.gone:
            self._nearest.pop(wording.number, None)
        self._joinable |= dict.fromkeys(formed_units, ())
        touched = {unit for unit in touched if unit in self._joinable} | set(formed_units)
        pairs = self._store_nearest_and_list_changed_pairs(self._neighbours.update_wordings(changes.gone, changes.new))
        anew = {one.number for unit in formed_units for one in self._units.list_wordings(unit)}
        anew |= {one.number for one in changes.reattributed}
        find_unit = self._units.find_unit
        pairs |= {
            _ordered_pair(find_unit(number), find_unit(other))
            for number in anew
            for other in self._find_neighbours(number)
        }
        for one, other in sorted(pairs):
            if one != other and self._update_joinability(one, other):
                touched |= {one, other}
        return touched

    def _store_nearest_and_list_changed_pairs(self, wording_numbers: Iterable[int]) -> set[_Pair]:
        """Store the nearest of wordings; return the pairs of units that have to be looked at again."""
        pairs: set[_Pair] = set()
        find_unit = self._units.find_unit
        for number in wording_numbers:
            listed = self._neighbours.list_nearest_wordings(number)
            before, after = set(self._nearest.get(number, ())), set(listed)
            self._nearest[number] = array("i", listed)
            unit = find_unit(number)
            joined = self._joinable[unit]
            pairs |= {
                _ordered_pair(unit, find_unit(other)) for other in after - before if find_unit(other) not in joined
            }
            if joined:
                lost = before - after
                pairs |= {
                    _ordered_pair(unit, find_unit(other))
                    for other in lost
                    if other in self._nearest and find_unit(other) in joined
                }
        return pairs

    def _find_neighbours(self, wording_number: int) -> set[int]:
        """Return the wordings that are among the nearest of a wording, or have it among theirs."""
        return set(self._nearest[wording_number]) | {
            one
            for one in self._neighbours.list_possible_reverse_neighbours(wording_number)
            if wording_number in self._nearest[one]
        }

    def _update_joinability(self, first_unit: int, second_unit: int) -> bool:
        """Decide whether two units may be joined; return whether that has changed."""
        ours, theirs = self._units.list_wordings(first_unit), self._units.list_wordings(second_unit)
        may_join = self._has_near_wording(ours, second_unit) and self._has_joinable_wordings(ours, theirs)
        if may_join == (second_unit in self._joinable[first_unit]):
            return False
        for unit, joined in ((first_unit, second_unit), (second_unit, first_unit)):
            if may_join:
                self._joinable[unit] = (*self._joinable[unit], joined)
            else:
                self._joinable[unit] = _without(self._joinable[unit], joined)
        return True

    def _has_joinable_wordings(self, wordings: Sequence[Wording], other_wordings: Sequence[Wording]) -> bool:
        if len(wordings) == len(other_wordings) == 1:
            return self._verdicts.may_be_joined(wordings[0], other_wordings[0])
        return any(
            self._verdicts.may_be_joined(first, second)
            for first in wordings[:MOST_WORDINGS]
            for second in other_wordings[:MOST_WORDINGS]
        )

    def _has_near_wording(self, wordings: Sequence[Wording], unit: int) -> bool:
        others = [wording.number for wording in self._units.list_wordings(unit)]
        for wording in wordings:
            near = self._nearest[wording.number]
            for other in others:
                if other in near or wording.number in self._nearest[other]:
                    return True
        return False


def _without(units: tuple[int, ...], unit: int) -> tuple[int, ...]:
    return tuple(other for other in units if other != unit)


def _ordered_pair(first_unit: int, second_unit: int) -> _Pair:
    return (first_unit, second_unit) if first_unit < second_unit else (second_unit, first_unit)
