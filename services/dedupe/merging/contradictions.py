"""Claims of one event that cannot all hold, with what each side says and where: few but right.

Stricter than what keeps claims from merging. Sources: the table of figures; who confirms what the same source is said
to leave open (`stances`); and pairs of claims that say the opposite, name another day, or give the same words to
somebody else (`opposition`).
"""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict, Position
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.disputes import disputes
from services.dedupe.merging.figures import Counted, Mention, label, relation
from services.dedupe.merging.opposition import opposed
from services.dedupe.merging.positions import position, source_name


def contradictions(groups: Sequence[ClaimGroup], figures: dict[Counted, list[Mention]]) -> tuple[Contradiction, ...]:
    """All contradictions: figures, then confirmations and denials, then other pairs of claims."""
    return (*_figures(figures), *disputes(groups), *opposed(groups))


def _figures(figures: dict[Counted, list[Mention]]) -> list[Contradiction]:
    """One for each counted thing with values that exclude each other."""
    found = []
    for counted in sorted(figures, key=lambda one: one.order):
        listed = figures[counted]
        clashing = [
            pair
            for pair in combinations(listed, 2)
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
