"""Finds the contradictions of an event: claims that cannot all be true, with what each side says and where.

It is stricter than the vetoes that keep claims from merging: few contradictions, but right ones. They come from the
table of figures, from who confirms or denies what (`confirmed_or_denied`), and from pairs of claims that say the
opposite, name different days, or attribute one quotation to two speakers (`pairwise`).
"""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.contradictions.confirmed_or_denied import polarity_contradictions
from services.dedupe.merging.contradictions.memory import ContradictionMemory
from services.dedupe.merging.contradictions.positions import build_position, source_name
from services.dedupe.merging.figures.mention import Mention, RowKey, row_label
from services.dedupe.merging.figures.verdicts import verdict_on

_EXPLANATIONS = {
    ContradictionKind.ATTRIBUTION: "The same words are given to {} and to {}: \u201c{}\u201d.",
    ContradictionKind.DATE: "{} and {} name another day: \u201c{}\u201d.",
}


def find_contradictions(
    groups: Sequence[ClaimGroup], figures: dict[RowKey, list[Mention]], memory: ContradictionMemory | None = None
) -> tuple[Contradiction, ...]:
    """Find all contradictions: of figures, then of what is confirmed and denied, then of days and speakers.

    Args:
        groups: Merged claims of the event, in order of their first reports.
        figures: Rows of its table of figures.
        memory: What is known of the event from the last time; it saves time and changes nothing.
    """
    memory = ContradictionMemory() if memory is None else memory
    pairs = memory.opposed.update(groups)
    opposite = [(one, other) for one, other, kind in pairs if kind is ContradictionKind.POLARITY]
    others = [_contradiction(one, other, kind) for one, other, kind in pairs if kind in _EXPLANATIONS]
    return (*_figure_contradictions(figures), *polarity_contradictions(groups, opposite, memory), *others)


def _contradiction(one: ClaimGroup, other: ClaimGroup, kind: ContradictionKind) -> Contradiction:
    """Build the contradiction between two merged claims."""
    sources = source_name(one.canonical), source_name(other.canonical)
    return Contradiction(
        kind=kind,
        sides=(one.claim_id, other.claim_id),
        positions=tuple(
            build_position(
                group.claim_id,
                _short_position(group, kind),
                group.reports,
                {report.key: report.claim.span for report in group.reports},
            )
            for group in (one, other)
        ),
        explanation=_EXPLANATIONS[kind].format(*sources, one.canonical.claim.text.strip()),
    )


def _short_position(group: ClaimGroup, kind: ContradictionKind) -> str:
    """The day that a merged claim names, or its speaker."""
    dates = group.canonical.claim.dates
    return dates[0].surface if kind is ContradictionKind.DATE and dates else source_name(group.canonical)


def _figure_contradictions(figures: dict[RowKey, list[Mention]]) -> list[Contradiction]:
    """One contradiction for each row of the table with values that exclude each other."""
    contradictions = []
    for key in sorted(figures, key=lambda row: row.order):
        row = figures[key]
        conflicting = [
            pair
            for pair in combinations(both_ends(row), 2)
            if pair[0].group.claim_id != pair[1].group.claim_id and verdict_on(*pair) is FigureVerdict.CONFLICTING
        ]
        if conflicting:
            mentions = sorted(
                {mention.key: mention for pair in conflicting for mention in pair}.values(), key=_by_value
            )
            by_value = {mention.quantity.value: mention for mention in reversed(mentions)}
            values = " against ".join(_with_source(by_value[value]) for value in sorted(by_value))
            contradictions.append(
                Contradiction(
                    kind=ContradictionKind.FIGURE,
                    sides=tuple(sorted({mention.group.claim_id for mention in mentions})),
                    positions=_figure_positions(mentions),
                    explanation=f"{row_label(key, row)}: {values}",
                )
            )
    return contradictions


def _figure_positions(mentions: Sequence[Mention]) -> tuple[Position, ...]:
    """What each merged claim says of the counted thing, the lowest value first."""
    by_claim: dict[tuple[float, str], list[Mention]] = {}
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


def _by_value(mention: Mention) -> tuple[object, ...]:
    return mention.quantity.value, mention.report.order, mention.quantity.span.start


def _with_source(mention: Mention) -> str:
    return f"{mention.quantity.surface} ({source_name(mention.report)})"
