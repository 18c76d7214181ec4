"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `similarity`).

An event grows by an article at a time, and an article changes few groups. So what is known of an event is kept, and
only what an article touches is grouped anew; grouped from nothing, the same claims make the same groups.
"""

from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.dedupe.merging.joinable import Joinable
from services.dedupe.merging.linking import Means, link
from services.dedupe.merging.neighbours import Ranks
from services.dedupe.merging.quotation_groups import QuotationGroups
from services.dedupe.merging.reports import Report, is_full_quotation
from services.dedupe.merging.similarity import Similarity
from services.dedupe.merging.verdicts import Comparing, Verdicts
from services.dedupe.merging.wordings import Changes, Wording, Wordings


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
    """Wordings that may come to be joined, one through the other, and what became of them."""

    numbers: set[int]
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
        self._listed: list[ClaimGroup] = []
        self._clear()

    def _clear(self) -> None:
        self._wordings = Wordings()
        self._by_number: dict[int, Wording] = {}
        self._ranks = Ranks()
        self._verdicts = Verdicts(self._comparing, self._ranks)
        self._joinable = Joinable(self._verdicts)
        self._quotations = QuotationGroups()
        self._components: dict[int, _Component] = {}
        self._told = False

    def update(self, reports: Iterable[Report]) -> list[ClaimGroup]:
        """Group all claims of the event, in publication order; the same object for a group that is as it was.

        Args:
            reports: All there are now. Those that are the same objects as before cost next to nothing.
        """
        listed = list(reports)
        if len({one.article.article_id for one in listed}) <= 1:  # of one article nothing is joined but its quotations
            self._clear()
            self._listed = _alone(listed)
            return list(self._listed)
        changes = self._wordings.update(listed)
        touched = self._take(changes)
        before = self._dissolved(touched)
        after = self._linked(touched, before, {one.number for one in changes.told_anew})
        for wording in changes.touched:  # a report more or less of what is said already: nothing is linked anew
            component = self._components[wording.number]
            if component not in after:
                before[component] = None
                after[component] = None
        self._tell(before, after)
        return list(self._listed)

    def _take(self, changes: Changes) -> set[int]:
        """Take wordings out and in; the numbers of those that may have to be linked anew."""
        for wording in changes.gone:
            del self._by_number[wording.number]
        for wording in changes.new:
            self._by_number[wording.number] = wording
        for article_id, reports in changes.articles.items():
            self._ranks.set(article_id, reports)
        self._verdicts.forget(changes.gone)
        changed = (changes.gone, changes.new, changes.told_anew)
        touched = {wording.number for listed in changed for wording in listed}
        touched |= self._joinable.update(*changed, self._by_number)
        return touched | self._quotations.update(*changed)

    def _dissolved(self, touched: set[int]) -> dict[_Component, None]:
        """Components of which something has changed, taken apart."""
        found = dict.fromkeys(self._components[one] for one in sorted(touched) if one in self._components)
        for component in found:
            for number in component.numbers:
                del self._components[number]
        return found

    def _linked(self, touched: set[int], before: dict[_Component, None], told_anew: set[int]) -> dict[_Component, None]:
        """What was taken apart and what is new, in components that are linked anew."""
        component_of = {number: one for one in before if not one.numbers & told_anew for number in one.numbers}
        left = {number for one in before for number in one.numbers} | touched
        after: dict[_Component, None] = {}
        for start in sorted(left & self._by_number.keys()):
            if start in self._components:
                continue
            numbers = self._reached(start)
            old = dict.fromkeys(component_of[number] for number in numbers if number in component_of)
            component = self._link(numbers, [one.means for one in old])
            self._components |= dict.fromkeys(numbers, component)
            after[component] = None
        return after

    def _reached(self, start: int) -> set[int]:
        """All that is or may be joined to a wording, through whatever others."""
        numbers, reach = {start}, [start]
        while reach:
            number = reach.pop()
            group = self._quotations.group_of(number)
            more = self._joinable.to(number) | ({one.number for one in group.members} if group else set())
            reach.extend(more - numbers)
            numbers |= more
        return numbers

    def _link(self, numbers: set[int], known: Iterable[Means]) -> _Component:
        units: dict[int, list[Wording]] = {}
        for number in numbers:
            group = self._quotations.group_of(number)
            units.setdefault(group.head.number if group else number, []).append(self._by_number[number])
        ordered = sorted((sorted(unit, key=_order) for unit in units.values()), key=_first)
        if len(ordered) == 1:
            return _Component(numbers, {}, ordered)
        linked, used = link(ordered, self._joinable.to, self._verdicts, ChainMap({}, *known))
        return _Component(numbers, used, linked)

    def _tell(self, before: Iterable[_Component], after: Iterable[_Component]) -> None:
        """List the groups of components instead of those that these were before."""
        gone = {group.claim_id: group for component in before for group in component.groups}
        if not self._told:
            gone = {group.claim_id: group for group in self._listed}
        told: list[ClaimGroup] = []
        for component in after:
            groups = [_group(wordings) for wordings in component.linked]
            component.groups = [_unless_new(gone.get(group.claim_id), group) for group in groups]
            told += component.groups
        kept = [group for group in self._listed if group.claim_id not in gone]
        self._listed = sorted([*kept, *told], key=_published)
        self._told = True


def _alone(reports: Sequence[Report]) -> list[ClaimGroup]:
    """The groups of one article's claims."""
    wordings = [Wording(number, report, [report]) for number, report in enumerate(sorted(reports, key=_report_order))]
    quotations = QuotationGroups()
    quotations.update((), wordings)
    units: dict[int, list[Wording]] = {}
    for one in wordings:
        group = quotations.group_of(one.number)
        units.setdefault(group.head.number if group else one.number, []).append(one)
    return sorted(map(_group, units.values()), key=_published)


def _unless_new(before: ClaimGroup | None, group: ClaimGroup) -> ClaimGroup:
    """The group as it was listed before, if nothing of it has changed."""
    if before is None or len(before.reports) != len(group.reports) or before.canonical is not group.canonical:
        return group
    same = all(one is other for one, other in zip(before.reports, group.reports, strict=True))
    return before if same else group


def _group(wordings: Sequence[Wording]) -> ClaimGroup:
    """The longest attested form is canonical, a full quotation before a sentence that quotes in part."""
    firsts = [wording.first for wording in wordings]
    canonical = min(firsts, key=lambda one: (not is_full_quotation(one), -len(one.claim.text), one.order))
    reports = sorted((one for wording in wordings for one in wording.reports), key=_report_order)
    return ClaimGroup(tuple(reports), canonical)


def _report_order(report: Report) -> Any:
    return report.order


def _order(wording: Wording) -> Any:
    return wording.first.order


def _first(unit: Sequence[Wording]) -> Any:
    return unit[0].first.order


def _published(group: ClaimGroup) -> Any:
    return group.reports[0].order
