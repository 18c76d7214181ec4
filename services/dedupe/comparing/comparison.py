"""What speaks against two claims being one proposition."""

from collections.abc import Iterator

from services.dedupe.comparing.counted import counted_objections
from services.dedupe.comparing.dates import date_objections
from services.dedupe.comparing.figures import figure_objections
from services.dedupe.comparing.objections import Objection
from services.dedupe.comparing.polarity import polarity_objections, thing_objections
from services.dedupe.comparing.possibility import possibility_objections
from services.dedupe.comparing.propositions import Proposition
from services.dedupe.comparing.roles import exchanged_names, name_objections, role_objections, speaker_objections

_CHECKS = (
    figure_objections,
    date_objections,
    polarity_objections,
    thing_objections,
    counted_objections,
    possibility_objections,
    role_objections,
    speaker_objections,
    name_objections,
    exchanged_names,
)


def objections_to(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """All that speaks against two claims being one, without looking at how alike they are: the vetoes."""
    first, second = _ordered(one, other)
    for check in _CHECKS:
        yield from check(first, second)


def figures_days_and_signs(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """What speaks against two claims by their figures, their dates and what one of them negates: half the work."""
    first, second = _ordered(one, other)
    for check in _CHECKS[:3]:
        yield from check(first, second)


def _ordered(one: Proposition, other: Proposition) -> tuple[Proposition, Proposition]:
    """In an order of their own: which of the two comes first must not matter to the outcome."""
    first, second = one.claim.text, other.claim.text
    if first == second:
        first, second = one.claim.model_dump_json(), other.claim.model_dump_json()
    return (one, other) if first <= second else (other, one)
