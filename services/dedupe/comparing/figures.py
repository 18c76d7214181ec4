"""Figures that do not agree."""

from collections.abc import Iterator, Sequence

from services.contracts.event_claims import ContradictionKind
from services.dedupe.comparing.numerals import Numeral, may_both_hold, same_number
from services.dedupe.comparing.objections import Objection, Slot
from services.dedupe.comparing.propositions import Proposition


def figure_objections(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """Numbers of one unit that each side has and the other has not; the same number, but once on top of another."""
    ours, theirs = _unmatched(one.numerals, other.numerals), _unmatched(other.numerals, one.numerals)
    pairs = [(mine, yours) for mine in ours for yours in theirs if mine.unit == yours.unit]
    if pairs:
        clash = not any(
            mine.increment != yours.increment or (may_both_hold(mine, yours) and _open(mine, yours))
            for mine, yours in pairs
        )
        told = " against ".join(sorted({each.surface for pair in pairs[:1] for each in pair}))
        yield Objection(Slot.FIGURE, f"figures differ: {told}", ContradictionKind.FIGURE if clash else None)
    for mine in one.numerals:
        twins = [yours for yours in other.numerals if same_number(mine, yours)]
        if twins and all(yours.increment != mine.increment for yours in twins):
            yield Objection(Slot.INCREMENT, f"{mine.surface} comes on top of another figure on one side only")


def _unmatched(ours: Sequence[Numeral], theirs: Sequence[Numeral]) -> list[Numeral]:
    return [one for one in ours if not any(same_number(one, other) for other in theirs)]


def _open(one: Numeral, other: Numeral) -> bool:
    return None in (one.low, one.high, other.low, other.high)
