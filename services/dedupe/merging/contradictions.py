"""Claims of one event that cannot all hold, with what each side says and where: few but right.

Stricter than what keeps claims from merging. Sources: the table of figures; who confirms or denies what (`disputes`);
pairs of claims that say the opposite, name another day, or give one quotation to two speakers (`opposition`).
"""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.disputes import disputes
from services.dedupe.merging.event_memory import BoundMemory
from services.dedupe.merging.figures import Counted, Mention, label, relation
from services.dedupe.merging.positions import position, source_name

_TOLD = {
    ContradictionKind.ATTRIBUTION: "The same words are given to {} and to {}: \u201c{}\u201d.",
    ContradictionKind.DATE: "{} and {} name another day: \u201c{}\u201d.",
}


def contradictions(
    groups: Sequence[ClaimGroup], figures: dict[Counted, list[Mention]], known: BoundMemory | None = None
) -> tuple[Contradiction, ...]:
    """All contradictions: figures, then what is confirmed and denied, then days and speakers.

    Args:
        groups: The merged claims of the event, in order of their first reports.
        figures: What counts the same.
        known: Of the event from the last time.
    """
    memory = BoundMemory() if known is None else known
    pairs = memory.opposed.update(groups)
    opposite = [(one, other) for one, other, kind in pairs if kind is ContradictionKind.POLARITY]
    others = [_of_two(one, other, kind) for one, other, kind in pairs if kind in _TOLD]
    return (*_figures(figures), *disputes(groups, opposite, memory.replies, memory.stances_in), *others)


def _of_two(one: ClaimGroup, other: ClaimGroup, kind: ContradictionKind) -> Contradiction:
    """A contradiction between two merged claims."""
    sources = source_name(one.canonical), source_name(other.canonical)
    return Contradiction(
        kind=kind,
        sides=(one.claim_id, other.claim_id),
        positions=tuple(
            position(
                group.claim_id, _says(group, kind), group.reports, {id(each): each.claim.span for each in group.reports}
            )
            for group in (one, other)
        ),
        explanation=_TOLD[kind].format(*sources, one.canonical.claim.text.strip()),
    )


def _says(group: ClaimGroup, kind: ContradictionKind) -> str:
    """The speaker, or the day."""
    dates = group.canonical.claim.dates
    return dates[0].surface if kind is ContradictionKind.DATE and dates else source_name(group.canonical)


def _figures(figures: dict[Counted, list[Mention]]) -> list[Contradiction]:
    """One for each counted thing with values that exclude each other."""
    found = []
    for counted in sorted(figures, key=lambda one: one.order):
        listed = figures[counted]
        clashing = [
            pair
            for pair in combinations(both_ends(listed), 2)
            if pair[0].group.claim_id != pair[1].group.claim_id and relation(*pair) is FigureVerdict.CONFLICTING
        ]
        if clashing:
            mentions = sorted({id(one): one for pair in clashing for one in pair}.values(), key=_by_value)
            values = {one.quantity.value: one for one in reversed(mentions)}
            told = " against ".join(_told(values[value]) for value in sorted(values))
            found.append(
                Contradiction(
                    kind=ContradictionKind.FIGURE,
                    sides=tuple(sorted({one.group.claim_id for one in mentions})),
                    positions=_values(mentions),
                    explanation=f"{label(counted, listed)}: {told}",
                )
            )
    return found


def _values(mentions: Sequence[Mention]) -> tuple[Position, ...]:
    """What each merged claim says of the counted thing, the lowest value first."""
    found: dict[tuple[float, str], list[Mention]] = {}
    for one in mentions:
        found.setdefault((one.quantity.value, one.group.claim_id), []).append(one)
    return tuple(
        position(
            claim_id,
            same[0].quantity.surface,
            [one.report for one in same],
            {id(one.report): one.quantity.span for one in reversed(same)},
        )
        for (_, claim_id), same in found.items()
    )


def _by_value(mention: Mention) -> tuple[object, ...]:
    return mention.quantity.value, mention.report.order, mention.quantity.span.start


def _told(mention: Mention) -> str:
    return f"{mention.quantity.surface} ({source_name(mention.report)})"
