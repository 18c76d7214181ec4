"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `claim_similarity`).

An event grows by an article at a time, and an article changes few groups. So what is known of an event is kept, and
only what an article touches is grouped anew; grouped from nothing, the same claims make the same groups.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.dedupe.merging.claims.claim_group import ClaimGroup, build_claim_group
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.joinable_units import JoinableUnits
from services.dedupe.merging.claims.linkage import Means, link_units
from services.dedupe.merging.claims.pair_verdicts import ClaimComparer, PairVerdicts
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from services.dedupe.merging.claims.wording_units import QuotationUnits, group_by_quotation
from services.dedupe.merging.claims.wordings import (
    Wording,
    WordingChanges,
    Wordings,
    group_by_article,
)
from services.dedupe.merging.kept_order import KeptOrder
from services.dedupe.merging.same_objects import are_same_objects

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
    """The groups of one event's claims, kept while its articles come, go and change.

    Attributes:
        changes: Which of them are others since they were updated last.
    """

    def __init__(self, comparison: ClaimComparer | None = None) -> None:
        """`comparison`: None for the way the service compares claims."""
        self._comparing = ClaimSimilarity() if comparison is None else comparison
        self.changes = GroupChanges()
        self._of_only_article: list[ClaimGroup] = []
        self._reset()

    def _reset(self) -> None:
        self._wordings = Wordings()
        self._ranks = SimilarityRanks()
        self._verdicts = PairVerdicts(self._comparing, self._ranks)
        self._units = QuotationUnits()
        self._joinable = JoinableUnits(self._units, self._verdicts)
        self._components: dict[int, _Component] = {}
        self._listed = KeptOrder[ClaimGroup]()

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
        previous, self._of_only_article = self._of_only_article, []
        if len(reports_by_article) <= 1:  # of one article nothing is joined but its quotations
            previous += self._listed.values
            self._reset()
            self._of_only_article = _group_claims_of_only_article(
                [one for of_article in reports_by_article.values() for one in of_article]
            )
            self.changes = GroupChanges(previous, self._of_only_article)
            return list(self._of_only_article)
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
        gone, new = self._replace_listed_groups(before, after, {one.number for one in changes.touched})
        self.changes = GroupChanges([*previous, *gone], new)
        self._ranks.forget_vectors()
        return list(self._listed.values)

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
        linked, used = link_units(members, near, self._verdicts, _join_means(known_means))
        return _Component(units, used, linked)

    def _replace_listed_groups(
        self, previous_components: Iterable[_Component], new_components: Iterable[_Component], touched: set[int]
    ) -> tuple[list[ClaimGroup], list[ClaimGroup]]:
        """Replace the groups of previous components by those of new ones; return those that are gone, and new ones.

        `touched`: numbers of wordings that have other reports than before.
        """
        gone: dict[str, ClaimGroup] = {}
        untouched: dict[tuple[int, ...], ClaimGroup] = {}
        for component in previous_components:
            gone |= {group.claim_id: group for group in component.groups}
            for wordings, group in zip(component.linked, component.groups, strict=True):
                numbers = _list_numbers(wordings)
                if touched.isdisjoint(numbers):
                    untouched[numbers] = group
        new = []
        for component in new_components:
            component.groups = []
            for wordings in component.linked:
                known = untouched.get(_list_numbers(wordings))
                built = known or build_claim_group(wordings)
                group = known or _previous_if_unchanged(gone.get(built.claim_id), built)
                component.groups.append(group)
                if gone.get(group.claim_id) is group:
                    del gone[group.claim_id]
                else:
                    new.append(group)
        for group in gone.values():
            self._listed.remove(group.order, group)
        for group in new:
            self._listed.add(group.order, group)
        return _in_publication_order(gone.values()), _in_publication_order(new)


def _group_claims_of_only_article(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the claims of an event of one article."""
    wordings = [Wording(number, report, [report]) for number, report in enumerate(reports)]
    return _in_publication_order(map(build_claim_group, group_by_quotation(wordings)))


def _previous_if_unchanged(previous_group: ClaimGroup | None, group: ClaimGroup) -> ClaimGroup:
    """Return the previous group if nothing of it has changed, else the new one."""
    if (
        previous_group is None
        or previous_group.canonical is not group.canonical
        or not are_same_objects(previous_group.reports, group.reports)
    ):
        return group
    return previous_group


def _join_means(known_means: Iterable[Means]) -> Means:
    """What is known of all of these; of one, as mostly, nothing is copied."""
    several = [means for means in known_means if means]
    return several[0] if len(several) == 1 else {key: mean for means in several for key, mean in means.items()}


def _unit_publication_order(unit: Sequence[Wording]) -> Any:
    return unit[0].first.order


def _list_numbers(wordings: Iterable[Wording]) -> tuple[int, ...]:
    return tuple(wording.number for wording in wordings)


def _in_publication_order(groups: Iterable[ClaimGroup]) -> list[ClaimGroup]:
    return sorted(groups, key=lambda group: group.order)
