"""All vetoes against two claims being one proposition."""

from collections.abc import Iterator

from services.dedupe.merging.vetoes.counted_things import find_counted_thing_vetoes, find_outcome_vetoes
from services.dedupe.merging.vetoes.dates import find_date_vetoes
from services.dedupe.merging.vetoes.figures import find_figure_vetoes
from services.dedupe.merging.vetoes.names import find_name_vetoes, find_replaced_name_vetoes, find_speaker_vetoes
from services.dedupe.merging.vetoes.polarity import find_distinct_thing_vetoes, find_polarity_vetoes
from services.dedupe.merging.vetoes.possibility import find_possibility_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.roles import find_role_vetoes
from services.dedupe.merging.vetoes.veto import Veto

_CHECKS = (
    find_figure_vetoes,
    find_date_vetoes,
    find_polarity_vetoes,
    find_distinct_thing_vetoes,
    find_counted_thing_vetoes,
    find_outcome_vetoes,
    find_possibility_vetoes,
    find_role_vetoes,
    find_speaker_vetoes,
    find_name_vetoes,
    find_replaced_name_vetoes,
)


def find_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Find all reasons why two claims cannot be one, without looking at how similar they are."""
    first, second = _ordered_propositions(proposition, other_proposition)
    for check in _CHECKS:
        yield from check(first, second)


def find_figure_date_and_polarity_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Find the vetoes by figures, dates and negation alone: half the work."""
    first, second = _ordered_propositions(proposition, other_proposition)
    for check in (find_figure_vetoes, find_date_vetoes, find_polarity_vetoes):
        yield from check(first, second)


def _ordered_propositions(proposition: Proposition, other_proposition: Proposition) -> tuple[Proposition, Proposition]:
    """Return the two in a fixed order, so that the outcome does not depend on which comes first."""
    first, second = proposition.claim.text, other_proposition.claim.text
    if first == second:
        first, second = proposition.claim.model_dump_json(), other_proposition.claim.model_dump_json()
    return (proposition, other_proposition) if first <= second else (other_proposition, proposition)
