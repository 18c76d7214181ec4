"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `claim_similarity`).

An event grows by an article at a time, and an article changes few groups. So what is known of an event is kept, and
only what an article touches is grouped anew; grouped from nothing, the same claims make the same groups.
"""

from collections.abc import Iterable, Mapping, Sequence

from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.claims.claim_group import ClaimGroup, build_claim_group
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.joinable_units import JoinableUnits
from services.dedupe.merging.claims.linkage import LinkedGroup
from services.dedupe.merging.claims.linked_groups import LinkedGroups
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
from services.dedupe.merging.vector_pool import VectorPool
from services.dedupe.same_objects import are_same_objects


def group_claims(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the reports of one event, whatever order they are listed in. Groups come in publication order."""
    return ClaimGroups().update_groups(reports)


class ClaimGroups:
    """The groups of one event's claims, kept while its articles come, go and change.

    Attributes:
        changes: Which of them are others since they were updated last.
    """

    def __init__(self, comparison: ClaimComparer | None = None, vectors: VectorPool | None = None) -> None:
        """Set up, empty.

        Args:
            comparison: None for the way the service compares claims.
            vectors: Of the event; None: wordings have their own.
        """
        self._vectors = VectorPool() if vectors is None else vectors
        self._comparing = ClaimSimilarity() if comparison is None else comparison
        self.changes = GroupChanges()
        self._of_only_article: list[ClaimGroup] = []
        self._reports: dict[str, Sequence[Report]] = {}
        self._reset()

    def _reset(self) -> None:
        self._wordings = Wordings()
        self._ranks = SimilarityRanks()
        self._verdicts = PairVerdicts(self._comparing, self._ranks)
        self._units = QuotationUnits()
        self._joinable = JoinableUnits(self._units, self._verdicts, self._vectors)
        self._linked = LinkedGroups(self._units, self._joinable, self._verdicts)
        self._claims: dict[LinkedGroup, ClaimGroup] = {}
        self._listed = KeptOrder[ClaimGroup]()

    def update_groups(self, reports: Iterable[Report]) -> list[ClaimGroup]:
        """Group all claims of the event, in publication order; the same object for a group that is as it was.

        Args:
            reports: All there are now. Those that are the same objects as before cost next to nothing.
        """
        gone: dict[str, Sequence[Report]] = dict.fromkeys(self._reports, ())
        return self.update_article_groups({**gone, **group_by_article(reports)})

    def update_article_groups(self, reports_by_article: Mapping[str, Sequence[Report]]) -> list[ClaimGroup]:
        """Do the same as `update_groups`.

        Args:
            reports_by_article: The reports of articles that have others than before; none of one that has no more.
        """
        self._reports |= reports_by_article
        for article_id, reports in reports_by_article.items():
            if not reports:
                del self._reports[article_id]
        previous, self._of_only_article = self._of_only_article, []
        if len(self._reports) <= 1:  # of one article nothing is joined but its quotations
            previous += self._listed.values
            self._joinable.release_vectors()
            self._reset()
            self._of_only_article = _group_claims_of_only_article(
                [one for of_article in self._reports.values() for one in of_article]
            )
            self.changes = GroupChanges(previous, self._of_only_article)
            return list(self._of_only_article)
        if not self._wordings.article_ids:  # there was one article at most
            reports_by_article = self._reports
        changes = self._wordings.update_reports(reports_by_article)
        gone, new = self._apply_changes(changes)
        for wording in changes.touched:  # a report more or less of what is said already: nothing is linked anew
            group = self._linked.find_group(wording.number)
            if group not in new:
                gone.append(group)
                new[group] = None
        replaced, built = self._replace_groups(gone, new, {one.number for one in changes.touched})
        self.changes = GroupChanges([*previous, *replaced], built)
        self._ranks.forget_vectors()
        return list(self._listed.values)

    def _apply_changes(self, changes: WordingChanges) -> tuple[list[LinkedGroup], dict[LinkedGroup, None]]:
        """Remove and add wordings; return the groups of wordings that are gone, and those that are new."""
        for article_id, reports in changes.articles.items():
            self._ranks.set_article_reports(article_id, reports)
        self._verdicts.forget_wordings(changes.gone)
        dissolved, formed = self._units.update_units(changes)
        touched = self._joinable.update_units(changes, dissolved, formed)
        reattributed = {self._units.find_unit(one.number) for one in changes.reattributed}
        gone, new = self._linked.update_units(dissolved, touched, reattributed)
        return gone, dict.fromkeys(new)

    def _replace_groups(
        self, gone_groups: Iterable[LinkedGroup], new_groups: Iterable[LinkedGroup], touched: set[int]
    ) -> tuple[list[ClaimGroup], list[ClaimGroup]]:
        """Replace groups of wordings by others; return the groups of claims that are gone, and those that are new.

        `touched`: numbers of wordings that have other reports than before.
        """
        gone: dict[str, ClaimGroup] = {}
        untouched: dict[tuple[int, ...], ClaimGroup] = {}
        for linked in dict.fromkeys(gone_groups):
            group = self._claims.pop(linked)
            gone[group.claim_id] = group
            numbers = _list_numbers(linked.wordings)
            if touched.isdisjoint(numbers):
                untouched[numbers] = group
        new = []
        for linked in new_groups:
            known = untouched.get(_list_numbers(linked.wordings))
            built = known or build_claim_group(linked.wordings, gone.get(linked.wordings[0].first.key))
            group = self._claims[linked] = known or _previous_if_unchanged(gone.get(built.claim_id), built)
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


def _list_numbers(wordings: Iterable[Wording]) -> tuple[int, ...]:
    return tuple(wording.number for wording in wordings)


def _in_publication_order(groups: Iterable[ClaimGroup]) -> list[ClaimGroup]:
    return sorted(groups, key=lambda group: group.order)
