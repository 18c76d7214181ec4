"""Vetoes of dates: days, months and years that do not agree."""

from collections.abc import Iterator, Sequence

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.named_days import NamedDay

_TURNING = frozenset(("weekday", "relative"))
"""Kinds whose value means another date from week to week."""


def find_date_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto dates of one kind that only one claim has. Resolved dates may agree across kinds."""
    ours, theirs = (
        _days_without_match(proposition.days, other_proposition.days),
        _days_without_match(other_proposition.days, proposition.days),
    )
    for mine in ours:
        for yours in theirs:
            if mine.kind == yours.kind:
                dates = " against ".join(sorted((_day_text(proposition, mine), _day_text(other_proposition, yours))))
                yield Veto(VetoKind.DATE, f"dates differ: {dates}")
                return


def _days_without_match(days: Sequence[NamedDay], other_days: Sequence[NamedDay]) -> list[NamedDay]:
    return [one for one in days if not any(_is_same_day(one, other) for other in other_days)]


def _is_same_day(day: NamedDay, other_day: NamedDay) -> bool:
    same_value = day.kind == other_day.kind and day.value == other_day.value
    if day.iso is None or other_day.iso is None or (same_value and day.kind not in _TURNING):
        return same_value
    return day.iso.startswith(other_day.iso) or other_day.iso.startswith(day.iso)


def _day_text(proposition: Proposition, day: NamedDay) -> str:
    return proposition.claim.text[day.at : day.end]
