"""Views of events of one article, where the vectors of its claims seldom make a difference.

Claims of one article are not merged by meaning. Their vectors decide only whether a few quoted words are of a longer
quotation, which figures are of one thing, and which claims are near enough to contradict each other. So a view is built
as if no two claims were similar; if it is the same as if all had one vector, the vectors need not be known.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from services.contracts.event import Event
from services.contracts.event_claims import ContradictionKind
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report, is_full_quotation
from services.dedupe.merging.contradictions.conflicting_figures import FigureContradictions
from services.dedupe.merging.contradictions.opposed_claims import has_contradiction_if_all_are_similar
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.figures.event_figures import EventFigures
from services.dedupe.merging.figures.figure_table import FigureTable
from services.dedupe.merging.members import Member


def build_lone_view_if_vectors_are_irrelevant(event_record: EventRecord, member: Member) -> Event | None:
    """Build the view of an event of one article, if the vectors of its claims make no difference to it; else None.

    Whether it has them makes no difference either: same article, same answer.
    """
    claims = len(member.claims)
    dissimilar = replace(member.derived, claim_vectors=np.zeros((claims, len(member.derived.lead)), np.int16))
    memory = EventMemory()
    view = build_event(event_record, [Member(member.event_id, member.embedded, member.membership, dissimilar)], memory)
    is_settled = claims < 2 or _is_same_with_identical_vectors(view, memory)  # noqa: PLR2004 - two to compare
    return view if is_settled else None


def _is_same_with_identical_vectors(view: Event, memory: EventMemory) -> bool:
    """Whether the view would be the same if all claims in it had one vector. `memory`: what it was built with."""
    claim_groups = memory.list_groups()
    if has_contradiction_if_all_are_similar(claim_groups):
        return False
    reports = [report for group in claim_groups for report in group.reports]
    has_partial_quotations = any(map(is_full_quotation, reports)) and any(map(_is_partial_quotation, reports))
    has_counts = memory.figures.has_comparable_counts
    if not (has_partial_quotations or has_counts):
        return True  # nothing else depends on vectors
    if has_partial_quotations:
        identical = group_claims(list(map(_with_constant_vector, reports)))
        if list(map(_list_keys, identical)) != list(map(_list_keys, claim_groups)):
            return False
    else:  # vectors group nothing else
        identical = list(map(_with_constant_vectors, claim_groups))
    return not has_counts or _has_same_figures(view, identical)


def _is_partial_quotation(report: Report) -> bool:
    """Whether it quotes so few words that its vector may tell which quotation they are from."""
    return bool(report.quoted_words) and not is_full_quotation(report)


def _has_same_figures(view: Event, claim_groups: Sequence[ClaimGroup]) -> bool:
    """Whether these claims have the figures of the view, in the same rows and conflicts."""
    figures = EventFigures()
    reports = [report for group in claim_groups for report in group.reports]
    figures.update_rows(GroupChanges(new=claim_groups), reports)
    conflicts = [one for one in view.contradictions if one.kind is ContradictionKind.FIGURE]
    return (
        figures.left_out == view.left_out.figures
        and FigureTable().update_figures(figures.rows) == view.figures
        and FigureContradictions().update_contradictions(figures.rows) == conflicts
    )


def _list_keys(claim_group: ClaimGroup) -> list[str]:
    return [claim_group.canonical.key, *(report.key for report in claim_group.reports)]


def _with_constant_vectors(claim_group: ClaimGroup) -> ClaimGroup:
    reports = {report.key: _with_constant_vector(report) for report in claim_group.reports}
    return ClaimGroup(tuple(reports.values()), reports[claim_group.canonical.key])


def _with_constant_vector(report: Report) -> Report:
    """The report with the vector that every other has too."""
    vector = np.zeros_like(report.vector)
    vector[0] = 1
    return replace(report, prepared=report.prepared.with_vector(round_to_whole_numbers(vector)))
