"""Finds the contradictions in the table of figures: rows with values that exclude each other."""

from collections.abc import Sequence

from services.contracts.base import share_field_sets
from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.contradictions.positions import build_position, continue_sentence, source_name
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.dedupe.merging.figures.verdicts import find_verdict
from services.dedupe.merging.size_limits import MOST_COMPARED, keep_first_and_last
from services.language.case import amount_in_sentence

_Conflicts = dict[FigureMention, set[FigureMention]]
"""With which of the other figures of its row each is in conflict."""


class FigureContradictions:
    """The contradictions of one event's figures; those of rows that are as they were are the same objects."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._contradictions: dict[FigureRow, Contradiction | None] = {}
        self._conflicts: dict[FigureMention, _Conflicts] = {}

    def update_contradictions(self, rows: Sequence[FigureRow]) -> list[Contradiction]:
        """One contradiction for each row with values that exclude each other, in the order given."""
        before, self._contradictions = self._contradictions, {}
        conflicts, self._conflicts = self._conflicts, {}
        for row in rows:
            first = row.mentions[0]
            self._conflicts[first] = conflicts.get(first, {})
            if row not in before:
                _update_conflicts(self._conflicts[first], keep_first_and_last(row.mentions, MOST_COMPARED))
            self._contradictions[row] = (
                before[row] if row in before else _build_contradiction(row, self._conflicts[first])
            )
        return [found for found in self._contradictions.values() if found is not None]


def _update_conflicts(conflicts: _Conflicts, mentions: Sequence[FigureMention]) -> None:
    """Bring up to date which figures of a row are in conflict: only those that are new are compared."""
    for gone in conflicts.keys() - set(mentions):
        for other in conflicts.pop(gone):
            if other in conflicts:
                conflicts[other].discard(gone)
    for mention in mentions:
        if mention in conflicts:
            continue
        found = {
            other
            for other in conflicts
            if other.claim_id != mention.claim_id and find_verdict(mention, other) is FigureVerdict.CONFLICTING
        }
        for other in found:
            conflicts[other].add(mention)
        conflicts[mention] = found


def _build_contradiction(row: FigureRow, conflicts: _Conflicts) -> Contradiction | None:
    conflicting = {mention.key: mention for mention, others in conflicts.items() if others}
    if not conflicting:
        return None
    mentions = sorted(conflicting.values(), key=_value_sort_key)
    sourced_first = sorted(mentions, key=lambda mention: mention.source is None)
    by_value = {mention.quantity.value: mention for mention in reversed(sourced_first)}
    values = " against ".join(_describe_with_source(by_value[value]) for value in sorted(by_value))
    contradiction = Contradiction(
        kind=ContradictionKind.FIGURE,
        sides=tuple(sorted({mention.claim_id for mention in mentions})),
        positions=_build_figure_positions(mentions),
        explanation=f"{row.label}: {values}",
    )
    share_field_sets(contradiction)
    return contradiction


def _build_figure_positions(mentions: Sequence[FigureMention]) -> tuple[Position, ...]:
    """What each merged claim says of the counted thing, the lowest value first."""
    by_claim: dict[tuple[float, str], list[FigureMention]] = {}
    for mention in mentions:
        by_claim.setdefault((mention.quantity.value, mention.claim_id), []).append(mention)
    return tuple(
        build_position(
            claim_id,
            same[0].quantity.surface,
            [mention.report for mention in same],
            {mention.report.key: mention.quantity.span for mention in reversed(same)},
        )
        for (_, claim_id), same in by_claim.items()
    )


def _value_sort_key(mention: FigureMention) -> tuple[object, ...]:
    return mention.quantity.value, mention.report.order, mention.quantity.span.start


def _describe_with_source(mention: FigureMention) -> str:
    return f"{amount_in_sentence(mention.quantity.surface)} ({continue_sentence(source_name(mention.report))})"
