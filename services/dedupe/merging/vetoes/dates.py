"""Dates that do not agree."""

from collections.abc import Iterator, Sequence

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.named_days import NamedDay

_TURNING = frozenset(("weekday", "relative"))
"""Kinds whose value means another date from week to week."""


def date_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Dates of one kind that each side has and the other has not. Resolved dates agree across kinds."""
    ours, theirs = _unmatched(one.days, other.days), _unmatched(other.days, one.days)
    for mine in ours:
        for yours in theirs:
            if mine.kind == yours.kind:
                told = " against ".join(sorted((_told(one, mine), _told(other, yours))))
                yield Veto(VetoKind.DATE, f"dates differ: {told}")
                return


def _unmatched(ours: Sequence[NamedDay], theirs: Sequence[NamedDay]) -> list[NamedDay]:
    return [one for one in ours if not any(_same(one, other) for other in theirs)]


def _same(one: NamedDay, other: NamedDay) -> bool:
    alike = one.kind == other.kind and one.value == other.value
    if one.iso is None or other.iso is None or (alike and one.kind not in _TURNING):
        return alike
    return one.iso.startswith(other.iso) or other.iso.startswith(one.iso)


def _told(proposition: Proposition, day: NamedDay) -> str:
    return proposition.claim.text[day.at : day.end]
