"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `similarity`).

An event grows by an article at a time, and an article changes few groups. So what is known of an event is kept, and
only what an article touches is grouped anew; grouped from nothing, the same claims make the same groups.
"""

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.dedupe.merging.claims.clustering import Means, link
from services.dedupe.merging.claims.joinable import Joinable
from services.dedupe.merging.claims.pair_verdicts import Comparing, Verdicts
from services.dedupe.merging.claims.ranks import Ranks
from services.dedupe.merging.claims.report import Report, is_full_quotation
from services.dedupe.merging.claims.similarity import Similarity
from services.dedupe.merging.claims.units import Units, units_of
from services.dedupe.merging.claims.wordings import Changes, Wording, Wordings, by_article, same_objects


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Reports of one proposition, in publication order, and its canonical one."""

    reports: tuple[Report, ...]
    canonical: Report

    @property
    def claim_id(self) -> str:
        """Id of the merged claim: that of the first report."""
        return self.reports[0].key


@dataclass(eq=False, slots=True)
class _Component:
    """Units that may come to be joined, one through the other, and what became of them."""

    units: set[int]
    means: Means
    linked: list[list[Wording]]
    groups: list[ClaimGroup] = field(default_factory=list)


def group_claims(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the reports of one event, whatever order they are listed in. Groups come in publication order."""
    return ClaimGroups().update(reports)


class ClaimGroups:
    """The groups of one event's claims, kept while its articles come, go and change."""

    def __init__(self, comparing: Comparing | None = None) -> None:
        """`comparing`: None for the way the service compares claims."""
        self._comparing = Similarity() if comparing is None else comparing
        self._clear()

    def _clear(self) -> None:
        self._wordings = Wordings()
        self._ranks = Ranks()
        self._verdicts = Verdicts(self._comparing, self._ranks)
        self._units = Units()
        self._joinable = Joinable(self._units, self._verdicts)
        self._components: dict[int, _Component] = {}
        self._listed: list[ClaimGroup] = []
        self._orders: list[Any] = []

    def update(self, reports: Iterable[Report]) -> list[ClaimGroup]:
        """Group all claims of the event, in publication order; the same object for a group that is as it was.

        Args:
            reports: All there are now. Those that are the same objects as before cost next to nothing.
        """
        listed = by_article(reports)
        if len(listed) <= 1:  # of one article nothing is joined but its quotations
            self._clear()
            return _alone([one for of_article in listed.values() for one in of_article])
        changes = self._wordings.update(listed)
        told_anew = {one.number for one in changes.told_anew}
        dissolved, touched = self._take(changes)
        touched |= {self._units.of(number) for number in told_anew}
        before = self._taken_apart(dissolved | touched)
        after = self._linked(touched, before, told_anew)
        for wording in changes.touched:  # a report more or less of what is said already: nothing is linked anew
            component = self._components[self._units.of(wording.number)]
            if component not in after:
                before[component] = None
                after[component] = None
        self._tell(before, after)
        return list(self._listed)

    def _take(self, changes: Changes) -> tuple[set[int], set[int]]:
        """Take wordings out and in: the units that are no more, and those that may be joined to others than before."""
        for article_id, reports in changes.articles.items():
            self._ranks.set(article_id, reports)
        self._verdicts.forget(changes.gone)
        dissolved, formed = self._units.update(changes)
        return dissolved, self._joinable.update(changes, dissolved, formed)

    def _taken_apart(self, touched: set[int]) -> dict[_Component, None]:
        """The components of units, taken apart."""
        found = dict.fromkeys(self._components[unit] for unit in sorted(touched) if unit in self._components)
        for component in found:
            for unit in component.units:
                del self._components[unit]
        return found

    def _linked(self, touched: set[int], before: Iterable[_Component], told_anew: set[int]) -> dict[_Component, None]:
        """What was taken apart and what is new, in components that are linked anew."""
        left = set(touched)
        component_of: dict[int, _Component] = {}
        for component in before:
            left |= component.units
            if not any(wording.number in told_anew for group in component.linked for wording in group):
                component_of |= dict.fromkeys(component.units, component)
        after: dict[_Component, None] = {}
        for start in sorted(left):
            if start in self._components or not self._units.has(start):
                continue
            units = self._reached(start)
            old = dict.fromkeys(component_of[unit] for unit in units if unit in component_of)
            component = self._link(units, [one.means for one in old])
            self._components |= dict.fromkeys(units, component)
            after[component] = None
        return after

    def _reached(self, start: int) -> set[int]:
        """All that may be joined to a unit, through whatever others."""
        units, reach = {start}, [start]
        while reach:
            more = self._joinable.to(reach.pop()) - units
            reach += more
            units |= more
        return units

    def _link(self, units: set[int], known: Iterable[Means]) -> _Component:
        ordered = sorted(units, key=lambda unit: _first(self._units.members(unit)))
        members = [self._units.members(unit) for unit in ordered]
        if len(units) == 1:
            return _Component(units, {}, members)
        place = {unit: at for at, unit in enumerate(ordered)}
        near = {place[unit]: [place[other] for other in self._joinable.to(unit)] for unit in units}
        linked, used = link(members, near, self._verdicts, ChainMap({}, *known))
        return _Component(units, used, linked)

    def _tell(self, before: Iterable[_Component], after: Iterable[_Component]) -> None:
        """List the groups of components instead of those that these were before."""
        gone = {group.claim_id: group for component in before for group in component.groups}
        for group in (group for component in before for group in component.groups):
            at = bisect_left(self._orders, _published(group))
            while self._listed[at] is not group:
                at += 1
            del self._orders[at], self._listed[at]
        for component in after:
            groups = [_group(wordings) for wordings in component.linked]
            component.groups = [_unless_new(gone.get(group.claim_id), group) for group in groups]
            for group in component.groups:
                at = bisect_left(self._orders, _published(group))
                self._orders.insert(at, _published(group))
                self._listed.insert(at, group)


def _alone(reports: Sequence[Report]) -> list[ClaimGroup]:
    """The groups of one article's claims."""
    wordings = [Wording(number, report, [report]) for number, report in enumerate(reports)]
    return sorted(map(_group, units_of(wordings)), key=_published)


def _unless_new(before: ClaimGroup | None, group: ClaimGroup) -> ClaimGroup:
    """The group as it was listed before, if nothing of it has changed."""
    if before is None or before.canonical is not group.canonical or not same_objects(before.reports, group.reports):
        return group
    return before


def _group(wordings: Sequence[Wording]) -> ClaimGroup:
    """The longest attested form is canonical, a full quotation before a sentence that quotes in part."""
    firsts = [wording.first for wording in wordings]
    canonical = min(firsts, key=lambda one: (not is_full_quotation(one), -len(one.claim.text), one.order))
    reports = sorted((one for wording in wordings for one in wording.reports), key=_report_order)
    return ClaimGroup(tuple(reports), canonical)


def _report_order(report: Report) -> Any:
    return report.order


def _first(unit: Sequence[Wording]) -> Any:
    return unit[0].first.order


def _published(group: ClaimGroup) -> Any:
    return group.reports[0].order
