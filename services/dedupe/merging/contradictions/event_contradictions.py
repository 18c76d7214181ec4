"""Finds the contradictions of an event: claims that cannot all be true, with what each side says and where.

It is stricter than the vetoes that keep claims from merging: few contradictions, but right ones. They come from the
table of figures, from who confirms or denies what (`confirmed_or_denied`), and from pairs of claims that say the
opposite, name different days, or attribute one quotation to two speakers (`pairwise`).
"""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.contradictions.confirmed_or_denied import find_polarity_contradictions
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionMemory
from services.dedupe.merging.contradictions.positions import build_position, source_name
from services.dedupe.merging.figures.figure_mention import FigureMention, RowKey, build_row_label
from services.dedupe.merging.figures.verdicts import find_verdict
from services.dedupe.merging.size_limits import keep_first_and_last

_EXPLANATIONS = {
    ContradictionKind.ATTRIBUTION: "The same words are given to {} and to {}: \u201c{}\u201d.",
    ContradictionKind.DATE: "{} and {} name another day: \u201c{}\u201d.",
}


def find_contradictions(
    claim_groups: Sequence[ClaimGroup],
    figure_rows: dict[RowKey, list[FigureMention]],
    memory: ContradictionMemory | None = None,
) -> tuple[Contradiction, ...]:
    """Find all contradictions: of figures, then of what is confirmed and denied, then of days and speakers.

    Args:
        claim_groups: Merged claims of the event, in order of their first reports.
        figure_rows: Rows of its table of figures.
        memory: What is known of the event from the last time; it saves time and changes nothing.
    """
    memory = ContradictionMemory() if memory is None else memory
    pairs = memory.opposed.update(claim_groups)
    opposite = [(one, other) for one, other, kind in pairs if kind is ContradictionKind.POLARITY]
    others = [_build_pair_contradiction(one, other, kind) for one, other, kind in pairs if kind in _EXPLANATIONS]
    return (
        *_find_figure_contradictions(figure_rows),
        *find_polarity_contradictions(claim_groups, opposite, memory),
        *others,
    )


def _build_pair_contradiction(
    first_group: ClaimGroup, second_group: ClaimGroup, kind: ContradictionKind
) -> Contradiction:
    """Build the contradiction between two merged claims."""
    sources = source_name(first_group.canonical), source_name(second_group.canonical)
    return Contradiction(
        kind=kind,
        sides=(first_group.claim_id, second_group.claim_id),
        positions=tuple(
            build_position(
                group.claim_id,
                _name_date_or_speaker(group, kind),
                group.reports,
                {report.key: report.claim.span for report in group.reports},
            )
            for group in (first_group, second_group)
        ),
        explanation=_EXPLANATIONS[kind].format(*sources, first_group.canonical.claim.text.strip()),
    )


def _name_date_or_speaker(claim_group: ClaimGroup, kind: ContradictionKind) -> str:
    """The day that a merged claim names, or its speaker."""
    dates = claim_group.canonical.claim.dates
    return dates[0].surface if kind is ContradictionKind.DATE and dates else source_name(claim_group.canonical)


def _find_figure_contradictions(figure_rows: dict[RowKey, list[FigureMention]]) -> list[Contradiction]:
    """One contradiction for each row of the table with values that exclude each other."""
    contradictions = []
    for key in sorted(figure_rows, key=lambda row: row.order):
        row = figure_rows[key]
        conflicting = [
            pair
            for pair in combinations(keep_first_and_last(row), 2)
            if pair[0].group.claim_id != pair[1].group.claim_id and find_verdict(*pair) is FigureVerdict.CONFLICTING
        ]
        if conflicting:
            mentions = sorted(
                {mention.key: mention for pair in conflicting for mention in pair}.values(), key=_value_sort_key
            )
            by_value = {mention.quantity.value: mention for mention in reversed(mentions)}
            values = " against ".join(_describe_with_source(by_value[value]) for value in sorted(by_value))
            contradictions.append(
                Contradiction(
                    kind=ContradictionKind.FIGURE,
                    sides=tuple(sorted({mention.group.claim_id for mention in mentions})),
                    positions=_build_figure_positions(mentions),
                    explanation=f"{build_row_label(key, row)}: {values}",
                )
            )
    return contradictions


def _build_figure_positions(mentions: Sequence[FigureMention]) -> tuple[Position, ...]:
    """What each merged claim says of the counted thing, the lowest value first."""
    by_claim: dict[tuple[float, str], list[FigureMention]] = {}
    for mention in mentions:
        by_claim.setdefault((mention.quantity.value, mention.group.claim_id), []).append(mention)
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
