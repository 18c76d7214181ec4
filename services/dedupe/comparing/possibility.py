"""What one side tells as a fact and the other as a possibility."""

from collections.abc import Iterator

from services.dedupe.comparing.objections import Objection, Slot
from services.dedupe.comparing.propositions import Proposition

_CONDITIONS = (("if",), ("unless",))


def is_conditional(proposition: Proposition) -> bool:
    """Whether it says what holds if something else does."""
    return proposition.stems[:1] in _CONDITIONS


def possibility_objections(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """A predicate with "may", "might" or "could" over it on one side only."""
    if is_conditional(one) != is_conditional(other):
        yield Objection(Slot.POSSIBILITY, "on one side it depends on a condition")
        return
    for mine, yours in ((one, other), (other, one)):
        for sign in mine.signs:
            if not sign.possible:
                continue
            twins = [each for each in yours.signs if each.stem == sign.stem]
            if (twins and not any(each.possible for each in twins)) or (
                not twins and sign.main and not any(each.possible for each in yours.signs)
            ):
                yield Objection(Slot.POSSIBILITY, f"“{sign.stem}” is a fact on one side and a possibility on the other")
                return
