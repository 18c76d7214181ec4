"""Which claims stand against each other in a disagreement, and which are on one side of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.api.pages.plots.figure_plot import can_both_hold
from services.api.pages.source_disputes import AFFIRMS
from services.contracts.event_claims import Contradiction, ContradictionKind, Figure, FigureValue, Position


@dataclass(frozen=True)
class Dispute:
    """One disagreement, as one of its claims stands in it."""

    opponents: frozenset[str]
    """The claims that cannot hold beside it."""
    side: frozenset[str]
    """The claims that can, itself among them: they say the same in other words, or what agrees with it."""


def disputes_by_claim(
    contradictions: Iterable[Contradiction], figures: Iterable[Figure]
) -> Mapping[str, tuple[Dispute, ...]]:
    """By claim, the disagreements in which it has opponents.

    Two claims of a disagreement need not oppose each other: "at least 14" and "about 20" both oppose "nine". Positions
    with the same words agree; figures whose ranges meet are compatible; who says otherwise and who denies both oppose
    who says so.
    """
    tables = [{claim_id: value for value in figure.values for claim_id in value.claim_ids} for figure in figures]
    disputes: dict[str, list[Dispute]] = {}
    for contradiction in contradictions:
        # A claim can count several things: the table that knows most of the sides is the one that is disputed.
        values = max(tables, key=lambda table: len(table.keys() & set(contradiction.sides)), default={})
        for claim_id in dict.fromkeys(position.claim_id for position in contradiction.positions):
            dispute = _dispute(claim_id, contradiction, values)
            if dispute.opponents:
                disputes.setdefault(claim_id, []).append(dispute)
    return {claim_id: tuple(of_claim) for claim_id, of_claim in disputes.items()}


def _dispute(claim_id: str, contradiction: Contradiction, values: Mapping[str, FigureValue]) -> Dispute:
    own = [position for position in contradiction.positions if position.claim_id == claim_id]
    others = {
        position.claim_id: any(_oppose(position, mine, contradiction.kind, values) for mine in own)
        for position in contradiction.positions
        if position.claim_id != claim_id
    }
    opponents = frozenset(other for other, opposes in others.items() if opposes)
    return Dispute(opponents, frozenset((claim_id, *others, *_agreeing(claim_id, contradiction, values))) - opponents)


def _agreeing(claim_id: str, contradiction: Contradiction, values: Mapping[str, FigureValue]) -> list[str]:
    """Claims that are no side of a disagreement on figures, since they conflict with none, and whose value fits."""
    if contradiction.kind is not ContradictionKind.FIGURE:
        return []
    return [other for other, value in values.items() if _compatible(value, values.get(claim_id))]


def _oppose(position: Position, other: Position, kind: ContradictionKind, values: Mapping[str, FigureValue]) -> bool:
    if position.says.casefold() == other.says.casefold():
        return False
    if kind is ContradictionKind.POLARITY:
        return (position.says in AFFIRMS) != (other.says in AFFIRMS)
    if kind is ContradictionKind.FIGURE:
        return not _compatible(values.get(position.claim_id), values.get(other.claim_id))
    return True


def _compatible(value: FigureValue | None, other: FigureValue | None) -> bool:
    return value is not None and other is not None and can_both_hold(value, other)
