"""Finds the contradictions of an event: claims that cannot all be true, with what each side says and where.

It is stricter than the vetoes that keep claims from merging: few contradictions, but right ones. They come from the
table of figures, from who confirms or denies what (`confirmed_or_denied`), and from pairs of claims that say the
opposite, name different days, or attribute one quotation to two speakers (`pairwise`).
"""

from collections.abc import Mapping, Sequence

from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.confirmed_or_denied import find_polarity_contradictions
from services.dedupe.merging.contradictions.contradiction_memory import ContradictionState
from services.dedupe.merging.contradictions.positions import build_position, source_name
from services.dedupe.merging.contradictions.told_words import tell_words
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.language.case import begin_sentence

_EXPLANATIONS = {
    ContradictionKind.ATTRIBUTION: "The same words are given to {} and to {}: {}.",
    ContradictionKind.DATE: "{} and {} name another day: {}.",
}


def find_contradictions(
    changes: GroupChanges,
    changed_reports: Mapping[str, Sequence[Report]],
    figure_rows: Sequence[FigureRow],
    memory: ContradictionState | None = None,
) -> tuple[Contradiction, ...]:
    """Find all contradictions: of figures, then of what is confirmed and denied, then of days and speakers.

    Args:
        changes: Which merged claims of the event are others than the last time.
        changed_reports: The reports of articles that have others than the last time, none where one has no more.
        figure_rows: Rows of its table of figures, in order.
        memory: What is known of the event from the last time; None: nothing, so that all claims are new.
    """
    memory = ContradictionState() if memory is None else memory
    memory.update_replies(changed_reports)
    memory.update_groups(changes)
    pairs = memory.opposed.update(changes)
    opposite = [(one, other) for one, other, kind in pairs if kind is ContradictionKind.POLARITY]
    before, memory.built = memory.built, {}
    for pair in pairs:
        if pair[2] in _EXPLANATIONS:
            memory.built[pair] = before.get(pair) or _build_pair_contradiction(*pair)
    return (
        *memory.figures.update_contradictions(figure_rows),
        *find_polarity_contradictions(opposite, memory),
        *memory.built.values(),
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
                _short_position(group, kind),
                group.reports,
                {report.key: report.claim.span for report in group.reports},
            )
            for group in (first_group, second_group)
        ),
        explanation=begin_sentence(_EXPLANATIONS[kind].format(*sources, tell_words(first_group.canonical))),
    )


def _short_position(claim_group: ClaimGroup, kind: ContradictionKind) -> str:
    """The day that a merged claim names, or its speaker."""
    dates = claim_group.canonical.claim.dates
    return dates[0].surface if kind is ContradictionKind.DATE and dates else source_name(claim_group.canonical)
