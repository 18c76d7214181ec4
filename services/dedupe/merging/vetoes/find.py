"""All vetoes against two claims being one proposition."""

from collections.abc import Iterator

from services.dedupe.merging.vetoes.counted_things import counted_thing_vetoes
from services.dedupe.merging.vetoes.dates import date_vetoes
from services.dedupe.merging.vetoes.figures import figure_vetoes
from services.dedupe.merging.vetoes.names import exchanged_name_vetoes, name_vetoes, speaker_vetoes
from services.dedupe.merging.vetoes.polarity import polarity_vetoes, thing_vetoes
from services.dedupe.merging.vetoes.possibility import possibility_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.roles import role_vetoes
from services.dedupe.merging.vetoes.veto import Veto

_CHECKS = (
    figure_vetoes,
    date_vetoes,
    polarity_vetoes,
    thing_vetoes,
    counted_thing_vetoes,
    possibility_vetoes,
    role_vetoes,
    speaker_vetoes,
    name_vetoes,
    exchanged_name_vetoes,
)


def find_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Find all reasons why two claims cannot be one, without looking at how similar they are."""
    first, second = _ordered(one, other)
    for check in _CHECKS:
        yield from check(first, second)


def find_figure_date_and_sign_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Find the vetoes by figures, dates and negation alone: half the work."""
    first, second = _ordered(one, other)
    for check in (figure_vetoes, date_vetoes, polarity_vetoes):
        yield from check(first, second)


def _ordered(one: Proposition, other: Proposition) -> tuple[Proposition, Proposition]:
    """The two in an order of their own, so that which comes first does not matter to the outcome."""
    first, second = one.claim.text, other.claim.text
    if first == second:
        first, second = one.claim.model_dump_json(), other.claim.model_dump_json()
    return (one, other) if first <= second else (other, one)
