"""Finds the contradictions in the table of figures: rows with values that exclude each other."""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.contradictions.positions import build_position, source_name
from services.dedupe.merging.figures.figure_mention import FigureMention, build_row_label
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.dedupe.merging.figures.pair_results import PairResults
from services.dedupe.merging.figures.verdicts import find_verdict
from services.dedupe.merging.size_limits import MOST_COMPARED, keep_first_and_last


class ConflictingFigures:
    """The contradictions of one event's figures; those of rows that are as they were are the same objects."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._contradictions: dict[FigureRow, Contradiction | None] = {}
        self._verdicts = PairResults(find_verdict)

    def update_contradictions(self, rows: Sequence[FigureRow]) -> list[Contradiction]:
        """One contradiction for each row with values that exclude each other, in the order given."""
        before, self._contradictions = self._contradictions, {}
        compared = {row: keep_first_and_last(row.mentions, MOST_COMPARED) for row in rows}
        self._verdicts.forget_all_but(mention for mentions in compared.values() for mention in mentions)
        for row in rows:
            self._contradictions[row] = before[row] if row in before else self._find_contradiction(row, compared[row])
        return [found for found in self._contradictions.values() if found is not None]

    def _find_contradiction(self, row: FigureRow, compared_mentions: Sequence[FigureMention]) -> Contradiction | None:
        conflicting = {
            mention.key: mention
            for pair in combinations(compared_mentions, 2)
            if pair[0].claim_id != pair[1].claim_id
            and self._verdicts.get_or_compute(*pair) is FigureVerdict.CONFLICTING
            for mention in pair
        }
        if not conflicting:
            return None
        mentions = sorted(conflicting.values(), key=_value_sort_key)
        by_value = {mention.quantity.value: mention for mention in reversed(mentions)}
        values = " against ".join(_describe_with_source(by_value[value]) for value in sorted(by_value))
        return Contradiction(
            kind=ContradictionKind.FIGURE,
            sides=tuple(sorted({mention.claim_id for mention in mentions})),
            positions=_build_figure_positions(mentions),
            explanation=f"{build_row_label(row.key, row.mentions)}: {values}",
        )


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
    return f"{mention.quantity.surface} ({source_name(mention.report)})"
