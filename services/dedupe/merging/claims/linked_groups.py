"""The groups of an event's wordings, kept while it grows: only what has changed is linked anew, and what is around it.

Linking joins the most alike first. What becomes of some units depends on others only through pairs of the two. So units
that have changed are linked with the groups around them. If these come out as they were, so would all groups behind
them; those that do not have changed as well, and the groups around them are looked at too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.dedupe.merging.claims.join_means import JoinMeans
from services.dedupe.merging.claims.joinable_units import JoinableUnits
from services.dedupe.merging.claims.linkage import LinkedGroup, link_units
from services.dedupe.merging.claims.pair_verdicts import PairVerdicts
from services.dedupe.merging.claims.wording_units import QuotationUnits


class LinkedGroups:
    """These groups of one event: the same as if all of its units were linked at once."""

    def __init__(self, units: QuotationUnits, joinable: JoinableUnits, verdicts: PairVerdicts) -> None:
        self._units = units
        self._joinable = joinable
        self._verdicts = verdicts
        self._means = JoinMeans()
        self._groups: dict[int, LinkedGroup] = {}

    def find_group(self, wording_number: int) -> LinkedGroup:
        """The group of a wording."""
        return self._groups[self._units.find_unit(wording_number)]

    def update_units(
        self, dissolved_units: Iterable[int], touched_units: Iterable[int], reattributed_units: Iterable[int]
    ) -> tuple[list[LinkedGroup], list[LinkedGroup]]:
        """Link what has changed; return the groups that are gone, and those that are new.

        Args:
            dissolved_units: Units that are no more; others may have their numbers.
            touched_units: Units that were not there, and those whose joinable units are others.
            reattributed_units: Units with wordings whose source or side is another: nothing known of them holds.
        """
        open_units = set(touched_units)
        for unit in reattributed_units:
            if unit in self._groups:
                self._means.forget(self._groups[unit].steps)
            open_units.add(unit)
        gone = self._open_groups((*dissolved_units, *open_units), open_units)
        steps = {step for group in gone for step in group.steps}
        while True:
            around = self._list_groups_around(open_units)
            linked = self._link(open_units | {unit for group in around for unit in group.units})
            steps |= {step for group in linked for step in group.steps}
            kept = {frozenset(group.units) for group in linked}
            changed = [group for group in around if frozenset(group.units) not in kept]
            if not changed:
                break
            gone += self._open_groups((group.units[0] for group in changed), open_units)
        new = [group for group in linked if group.units[0] in open_units]
        for group in new:
            self._groups |= dict.fromkeys(group.units, group)
        steps.difference_update(*(group.steps for group in (*new, *around)))
        self._means.forget(steps)
        return gone, new

    def _open_groups(self, of_units: Iterable[int], open_units: set[int]) -> list[LinkedGroup]:
        """Remove the groups of some units and return them; what is left of their units is linked anew."""
        groups = list(dict.fromkeys(self._groups[unit] for unit in of_units if unit in self._groups))
        for group in groups:
            for unit in group.units:
                del self._groups[unit]
            open_units.update(unit for unit in group.units if self._units.has_unit(unit))
        return groups

    def _list_groups_around(self, units: Iterable[int]) -> list[LinkedGroup]:
        """The groups with units that some units may be joined to."""
        near = {other for unit in units for other in self._joinable.find_joinable_units(unit)}
        return list(dict.fromkeys(self._groups[unit] for unit in sorted(near) if unit in self._groups))

    def _link(self, units: Iterable[int]) -> list[LinkedGroup]:
        ordered = sorted(units, key=self._publication_order)
        wordings = {unit: self._units.list_wordings(unit) for unit in ordered}
        joinable: Mapping[int, Iterable[int]] = {unit: self._joinable.find_joinable_units(unit) for unit in ordered}
        return link_units(wordings, joinable, self._verdicts, self._means)

    def _publication_order(self, unit: int) -> Any:
        return self._units.list_wordings(unit)[0].first.order
