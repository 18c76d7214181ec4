"""Vetoes of dates: days, months and years that do not agree."""

from collections.abc import Iterator, Sequence

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.named_days import NamedDay

_TURNING = frozenset(("weekday", "relative"))
"""Kinds whose value means another date from week to week."""


def date_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto dates of one kind that only one claim has. Resolved dates may agree across kinds."""
    ours, theirs = _unmatched(one.days, other.days), _unmatched(other.days, one.days)
    for mine in ours:
        for yours in theirs:
            if mine.kind == yours.kind:
                dates = " against ".join(sorted((_written(one, mine), _written(other, yours))))
                yield Veto(VetoKind.DATE, f"dates differ: {dates}")
                return


def _unmatched(ours: Sequence[NamedDay], theirs: Sequence[NamedDay]) -> list[NamedDay]:
    return [one for one in ours if not any(_same(one, other) for other in theirs)]


def _same(one: NamedDay, other: NamedDay) -> bool:
    same_value = one.kind == other.kind and one.value == other.value
    if one.iso is None or other.iso is None or (same_value and one.kind not in _TURNING):
        return same_value
    return one.iso.startswith(other.iso) or other.iso.startswith(one.iso)


def _written(proposition: Proposition, day: NamedDay) -> str:
    return proposition.claim.text[day.at : day.end]
