"""Wordings of an event that belong together already, before likeness is asked: quotations and what quotes of them."""

from collections.abc import Sequence
from typing import Any

from services.dedupe.merging.claims.quotation_groups import QuotationGroups
from services.dedupe.merging.claims.wordings import Changes, Wording


class Units:
    """The units of one event: a quotation with all its forms, or a single wording.

    A unit has the number of one of its wordings. One that has other wordings than before is another unit, though it may
    have the same number.
    """

    def __init__(self) -> None:
        self._quotations = QuotationGroups()
        self._wordings: dict[int, Wording] = {}
        self._unit: dict[int, int] = {}
        self._members: dict[int, list[Wording]] = {}

    def has(self, unit: int) -> bool:
        """Whether there is such a unit."""
        return unit in self._members

    def of(self, number: int) -> int:
        """The unit of a wording."""
        return self._unit[number]

    def members(self, unit: int) -> list[Wording]:
        """The wordings of a unit, in publication order."""
        return self._members[unit]

    def update(self, changes: Changes) -> tuple[set[int], set[int]]:
        """Take wordings out and in: the units that are no more, and those that were not there."""
        regrouped = self._quotations.update(changes.gone, changes.new, changes.told_anew)
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
            group = self._quotations.group_of(number)
            unit = number if group is None else group.head.number
            if unit not in formed:
                formed.add(unit)
                self._members[unit] = sorted([self._wordings[number]] if group is None else group.members, key=_order)
                self._unit |= dict.fromkeys((one.number for one in self._members[unit]), unit)
        return dissolved, formed


def units_of(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """The units of wordings that nothing else is known of."""
    units = Units()
    _, formed = units.update(Changes(new=list(wordings)))
    return [units.members(unit) for unit in formed]


def _order(wording: Wording) -> Any:
    return wording.first.order
