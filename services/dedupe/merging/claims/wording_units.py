"""Wordings of an event that belong together already, before likeness is asked: quotations and what quotes of them."""

from collections.abc import Sequence
from typing import Any

from services.dedupe.merging.claims.quotation_groups import QuotationGroups
from services.dedupe.merging.claims.wordings import Wording, WordingChanges


class QuotationUnits:
    """The units of one event: a quotation with all its forms, or a single wording.

    A unit has the number of one of its wordings. One that has other wordings than before is another unit, though it may
    have the same number.
    """

    def __init__(self) -> None:
        self._quotations = QuotationGroups()
        self._wordings: dict[int, Wording] = {}
        self._unit: dict[int, int] = {}
        self._members: dict[int, list[Wording]] = {}

    def has_unit(self, unit: int) -> bool:
        """Whether there is such a unit."""
        return unit in self._members

    def find_unit(self, wording_number: int) -> int:
        """Return the unit of a wording."""
        return self._unit[wording_number]

    def list_wordings(self, unit: int) -> list[Wording]:
        """Return the wordings of a unit, in publication order."""
        return self._members[unit]

    def update_units(self, changes: WordingChanges) -> tuple[set[int], set[int]]:
        """Remove and add wordings; return the units dissolved, and the units formed."""
        regrouped = self._quotations.update_wordings(changes.gone, changes.new, changes.reattributed)
        regrouped |= {one.number for one in (*changes.gone, *changes.new)}
        dissolved = {self._unit[number] for number in regrouped if number in self._unit}
        for unit in dissolved:
            for wording in self._members.pop(unit):
                del self._unit[wording.number]
                regrouped.add(wording.number)
        for wording in changes.gone:
            del self._wordings[wording.number]
        for wording in changes.new:
            self._wordings[wording.number] = wording
        formed: set[int] = set()
        for number in regrouped & self._wordings.keys():
            group = self._quotations.find_group(number)
            unit = number if group is None else group.longest_wording.number
            if unit not in formed:
                formed.add(unit)
                self._members[unit] = sorted(
                    [self._wordings[number]] if group is None else group.all_wordings, key=_publication_order
                )
                self._unit |= dict.fromkeys((one.number for one in self._members[unit]), unit)
        return dissolved, formed


def group_by_quotation(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """Build the units of some wordings from nothing."""
    units = QuotationUnits()
    _, formed = units.update_units(WordingChanges(new=list(wordings)))
    return [units.list_wordings(unit) for unit in formed]


def _publication_order(wording: Wording) -> Any:
    return wording.first.order
