"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `claim_similarity`).

An event grows by an article at a time, and an article changes few groups. So what is known of an event is kept, and
only what an article touches is grouped anew; grouped from nothing, the same claims make the same groups.
"""

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.joinable_units import JoinableUnits
from services.dedupe.merging.claims.linkage import Means, link_units
from services.dedupe.merging.claims.pair_verdicts import ClaimComparer, PairVerdicts
from services.dedupe.merging.claims.quantity_comparison import have_other_values
from services.dedupe.merging.claims.report import Report, is_full_quotation
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from services.dedupe.merging.claims.wording_units import QuotationUnits, group_by_quotation
from services.dedupe.merging.claims.wordings import (
    Wording,
    WordingChanges,
    Wordings,
    group_by_article,
)
from services.dedupe.merging.same_objects import are_same_objects


@dataclass(frozen=True, eq=False)
class ClaimGroup:
    """Reports of one proposition, in publication order, and its canonical one. It is equal to itself alone."""

    reports: tuple[Report, ...]
    canonical: Report

    @cached_property
    def claim_id(self) -> str:
        """Id of the merged claim: that of the first report."""
        return self.reports[0].key

    @cached_property
    def origin_count(self) -> int:
        """How many origins report it."""
        return len({report.origin_id for report in self.reports})


_NO_MEANS: Means = {}


@dataclass(eq=False, slots=True)
class _Component:
    """Units that may come to be joined, one through the other, and what became of them."""

    units: Collection[int]
    means: Means
    linked: list[list[Wording]]
    groups: list[ClaimGroup] = field(default_factory=list)


def group_claims(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the reports of one event, whatever order they are listed in. Groups come in publication order."""
    return ClaimGroups().update_groups(reports)


class ClaimGroups:
    """The groups of one event's claims, kept while its articles come, go and change."""

    def __init__(self, comparison: ClaimComparer | None = None) -> None:
        """`comparison`: None for the way the service compares claims."""
        self._comparing = ClaimSimilarity() if comparison is None else comparison
        self._reset()

    def _reset(self) -> None:
        self._wordings = Wordings()
        self._ranks = SimilarityRanks()
        self._verdicts = PairVerdicts(self._comparing, self._ranks)
        self._units = QuotationUnits()
        self._joinable = JoinableUnits(self._units, self._verdicts)
        self._components: dict[int, _Component] = {}
        self._listed: list[ClaimGroup] = []
        self._orders: list[Any] = []

    def update_groups(self, reports: Iterable[Report]) -> list[ClaimGroup]:
        """Group all claims of the event, in publication order; the same object for a group that is as it was.

        Args:
            reports: All there are now. Those that are the same objects as before cost next to nothing.
        """
        return self.update_article_groups(group_by_article(reports))

    def update_article_groups(self, reports_by_article: Mapping[str, Sequence[Report]]) -> list[ClaimGroup]:
        """Do the same as `update_groups`.

        Args:
            reports_by_article: All reports there are now, by article, of those that have any. An article whose reports
                are the same object as before costs nothing.
        """
        if len(reports_by_article) <= 1:  # of one article nothing is joined but its quotations
            self._reset()
            return _group_claims_of_only_article(
                [one for of_article in reports_by_article.values() for one in of_article]
            )
        changes = self._wordings.update_reports(reports_by_article)
        reattributed_numbers = {one.number for one in changes.reattributed}
        dissolved, touched = self._apply_changes(changes)
        touched |= {self._units.find_unit(number) for number in reattributed_numbers}
        before = self._remove_components(dissolved | touched)
        after = self._relink_components(touched, before, reattributed_numbers)
        for wording in changes.touched:  # a report more or less of what is said already: nothing is linked anew
            component = self._components[self._units.find_unit(wording.number)]
            if component not in after:
                before[component] = None
                after[component] = None
        self._replace_listed_groups(before, after)
        self._ranks.forget_vectors()
        return list(self._listed)

    def _apply_changes(self, changes: WordingChanges) -> tuple[set[int], set[int]]:
        """Remove and add wordings; return the units dissolved, and those whose joinable units have changed."""
        for article_id, reports in changes.articles.items():
            self._ranks.set_article_reports(article_id, reports)
        self._verdicts.forget_wordings(changes.gone)
        dissolved, formed = self._units.update_units(changes)
        return dissolved, self._joinable.update_units(changes, dissolved, formed)

    def _remove_components(self, touched_units: set[int]) -> dict[_Component, None]:
        """Remove the components of some units, and return them."""
        found = dict.fromkeys(self._components[unit] for unit in sorted(touched_units) if unit in self._components)
        for component in found:
            for unit in component.units:
                del self._components[unit]
        return found

    def _relink_components(
        self, touched_units: set[int], previous_components: Iterable[_Component], reattributed_numbers: set[int]
    ) -> dict[_Component, None]:
        """Link the units of removed components and the touched units again; return the new components."""
        left = set(touched_units)
        component_of: dict[int, _Component] = {}
        for component in previous_components:
            left.update(component.units)
            if not any(wording.number in reattributed_numbers for group in component.linked for wording in group):
                component_of |= dict.fromkeys(component.units, component)
        after: dict[_Component, None] = {}
        for start in sorted(left):
            if start in self._components or not self._units.has_unit(start):
                continue
            units = self._find_connected_units(start)
            old = dict.fromkeys(component_of[unit] for unit in units if unit in component_of)
            component = self._build_component(units, [one.means for one in old])
            self._components |= dict.fromkeys(units, component)
            after[component] = None
        return after

    def _find_connected_units(self, start_unit: int) -> set[int]:
        """Return all units connected to one by joinable pairs, itself included."""
        units, reach = {start_unit}, [start_unit]
        while reach:
            more = self._joinable.find_joinable_units(reach.pop()) - units
            reach += more
            units |= more
        return units

    def _build_component(self, units: set[int], known_means: Iterable[Means]) -> _Component:
        ordered = sorted(units, key=lambda unit: _unit_publication_order(self._units.list_wordings(unit)))
        members = [self._units.list_wordings(unit) for unit in ordered]
        if len(units) == 1:  # as most: without a set, which takes four times as much
            return _Component(tuple(units), _NO_MEANS, members)
        place = {unit: at for at, unit in enumerate(ordered)}
        near = {place[unit]: [place[other] for other in self._joinable.find_joinable_units(unit)] for unit in units}
        linked, used = link_units(members, near, self._verdicts, ChainMap({}, *known_means))
        return _Component(units, used, linked)

    def _replace_listed_groups(
        self, previous_components: Iterable[_Component], new_components: Iterable[_Component]
    ) -> None:
        """Replace the groups of previous components by those of new ones in the list of all groups."""
        gone = {group.claim_id: group for component in previous_components for group in component.groups}
        new = []
        for component in new_components:
            groups = map(_build_claim_group, component.linked)
            component.groups = [_previous_if_unchanged(gone.get(group.claim_id), group) for group in groups]
            for group in component.groups:
                if gone.get(group.claim_id) is group:
                    del gone[group.claim_id]
                else:
                    new.append(group)
        for group in gone.values():
            at = bisect_left(self._orders, _group_publication_order(group))
            while self._listed[at] is not group:
                at += 1
            del self._orders[at], self._listed[at]
        for group in new:
            at = bisect_left(self._orders, _group_publication_order(group))
            self._orders.insert(at, _group_publication_order(group))
            self._listed.insert(at, group)


def _group_claims_of_only_article(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the claims of an event of one article."""
    wordings = [Wording(number, report, [report]) for number, report in enumerate(reports)]
    return sorted(map(_build_claim_group, group_by_quotation(wordings)), key=_group_publication_order)


def _previous_if_unchanged(previous_group: ClaimGroup | None, group: ClaimGroup) -> ClaimGroup:
    """Return the previous group if nothing of it has changed, else the new one."""
    if (
        previous_group is None
        or previous_group.canonical is not group.canonical
        or not are_same_objects(previous_group.reports, group.reports)
    ):
        return group
    return previous_group


def _build_claim_group(wordings: Sequence[Wording]) -> ClaimGroup:
    """Build a group; its longest wording is canonical, a full quotation before a sentence that quotes in part.

    Of statements none that has other numbers than the first report ("74 cabins" of "some 70 cabins"), whose it would
    seem to be.
    """
    firsts = [wording.first for wording in wordings]
    canonical = min(firsts, key=lambda one: (not is_full_quotation(one), -one.prepared.length, one.order))
    if not is_full_quotation(canonical):
        first = min(firsts, key=_report_publication_order)
        supported = [
            one for one in firsts if one is first or not have_other_values(one.prepared.values, first.prepared.values)
        ]
        canonical = min(supported, key=lambda one: (-one.prepared.length, one.order))
    reports = sorted((one for wording in wordings for one in wording.reports), key=_report_publication_order)
    return ClaimGroup(tuple(reports), canonical)


def _report_publication_order(report: Report) -> Any:
    return report.order


def _unit_publication_order(unit: Sequence[Wording]) -> Any:
    return unit[0].first.order


def _group_publication_order(group: ClaimGroup) -> Any:
    return group.reports[0].order
