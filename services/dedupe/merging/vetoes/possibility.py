"""Vetoes of possibility: a fact in one claim, and in the other a possibility or something yet to come."""

from collections.abc import Iterator

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.stems import base_stem

_MODALS = frozenset(map(base_stem, ("will", "would", "may", "might", "can", "could", "should", "must")))
_CONDITIONS = (("if",), ("unless",))


def _has_one_sided_condition(proposition: Proposition, other_proposition: Proposition) -> bool:
    """Whether one claim depends on a condition, and the other states a bare fact."""
    return (
        proposition.stems[:1] in _CONDITIONS
        and other_proposition.stems[:1] not in _CONDITIONS
        and _MODALS.isdisjoint(other_proposition.stems)
    )


def find_possibility_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto a condition, a possibility, or a future that only one of the claims has."""
    if _has_one_sided_condition(proposition, other_proposition) or _has_one_sided_condition(
        other_proposition, proposition
    ):
        yield Veto(VetoKind.POSSIBILITY, "on one side it depends on a condition")
        return
    for mine, yours in ((proposition, other_proposition), (other_proposition, proposition)):
        for sign in mine.signs:
            if not sign.possible:
                continue
            twins = [twin for twin in yours.signs if twin.stem == sign.stem]
            if (twins and not any(twin.possible or twin.supposed for twin in twins)) or (
                not twins and sign.main and not any(other_sign.possible for other_sign in yours.signs)
            ):
                yield Veto(VetoKind.POSSIBILITY, f"“{sign.stem}” is a fact on one side and a possibility on the other")
                return
        for sign in mine.signs:
            twins = [twin for twin in yours.signs if twin.stem == sign.stem]
            if sign.coming and twins and all(twin.done and twin.main for twin in twins):
                yield Veto(VetoKind.POSSIBILITY, f"“{sign.stem}” is done on one side and yet to come on the other")
                return
