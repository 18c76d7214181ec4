"""A merged claim before it is published: the reports of one proposition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from services.dedupe.kept_order import sort_few_new
from services.dedupe.merging.claims.canonical_statement import choose_canonical_statement
from services.dedupe.merging.claims.report import Report, is_full_quotation
from services.dedupe.merging.claims.wordings import Wording

_ORIGIN_ID = attrgetter("origin_id")
GroupOrder = tuple[datetime, str, int, str]
"""Order of groups: that of their first reports."""


@dataclass(frozen=True, eq=False)
class ClaimGroup:
    """Reports of one proposition, in publication order, and its canonical one. It is equal to itself alone."""

    reports: tuple[Report, ...]
    canonical: Report

    @property
    def claim_id(self) -> str:
        """Id of the merged claim: that of the first report."""
        return self.reports[0].key

    @property
    def order(self) -> GroupOrder:
        """Publication order; total over the groups of an event."""
        return self.reports[0].order

    @cached_property
    def origin_count(self) -> int:
        """How many origins report it."""
        return len(set(map(_ORIGIN_ID, self.reports)))


def build_claim_group(wordings: Sequence[Wording], previous: ClaimGroup | None = None) -> ClaimGroup:
    """Build a group; its longest quotation is canonical or, of statements, what other origins support most.

    Args:
        wordings: Its wordings.
        previous: What it was before, with most of the reports.
    """
    firsts = [wording.first for wording in wordings]
    canonical = min(firsts, key=lambda one: (not is_full_quotation(one), -one.prepared.length, one.order))
    if not is_full_quotation(canonical):
        canonical = choose_canonical_statement(wordings)
    reports = sort_few_new(
        [report for wording in wordings for report in wording.reports],
        () if previous is None else previous.reports,
        _report_publication_order,
    )
    return ClaimGroup(tuple(reports), canonical)


def _report_publication_order(report: Report) -> GroupOrder:
    return report.order
