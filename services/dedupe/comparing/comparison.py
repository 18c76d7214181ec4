"""Do two claims of one event state the same proposition, contradict each other, or neither?

first, second = proposition(claim, vector), proposition(other_claim, other_vector)
compare(first, second).relation
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.contracts.claim import Claim
from services.contracts.event_claims import ContradictionKind
from services.dedupe.comparing.dates import date_objections
from services.dedupe.comparing.decision import SAME, contradiction, likeness
from services.dedupe.comparing.figures import figure_objections
from services.dedupe.comparing.objections import Objection
from services.dedupe.comparing.polarity import polarity_objections, thing_objections
from services.dedupe.comparing.possibility import possibility_objections
from services.dedupe.comparing.propositions import Proposition
from services.dedupe.comparing.roles import exchanged_names, name_objections, role_objections, speaker_objections

SURE = 0.99
"""Score of two claims that are the same to the letter."""
_CHECKS = (
    figure_objections,
    date_objections,
    polarity_objections,
    thing_objections,
    possibility_objections,
    role_objections,
    speaker_objections,
    name_objections,
    exchanged_names,
)


class Relation(StrEnum):
    """How two claims stand to each other."""

    SAME = "same"
    """They state one proposition."""
    CONTRADICT = "contradict"
    """They cannot both hold."""
    DIFFERENT = "different"
    """Neither."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two claims came to.

    Attributes:
        relation: How they stand to each other.
        contradiction: In what they contradict each other; null unless they do.
        score: Probability that they state the same by likeness alone, in (0, 1).
        objections: What speaks against their being one; any one forbids it.
        reasons: The same in words, and how alike they are.
    """

    relation: Relation
    contradiction: ContradictionKind | None
    score: float
    objections: tuple[Objection, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """For people: what decided."""
        told = tuple(each.reason for each in self.objections)
        if told:
            return told
        return (f"{'alike' if self.relation is Relation.SAME else 'not alike enough'}: {self.score:.2f}",)


def compare(one: Proposition, other: Proposition) -> Comparison:
    """Compare two claims. Symmetric and deterministic; a claim is the same as itself."""
    first, second = _ordered(one, other)
    if _say_the_same(first.claim, second.claim):
        return Comparison(Relation.SAME, None, SURE, ())
    score = likeness(first, second)
    objections = tuple(objections_to(first, second))
    if not objections:
        return Comparison(Relation.SAME if score >= SAME else Relation.DIFFERENT, None, score, ())
    kind = contradiction(first, second, objections, score)
    return Comparison(Relation.DIFFERENT if kind is None else Relation.CONTRADICT, kind, score, objections)


def objections_to(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """All that speaks against two claims being one, without looking at how alike they are: the vetoes."""
    for check in _CHECKS:
        yield from check(one, other)


def _say_the_same(one: Claim, other: Claim) -> bool:
    """Whether two claims are one to the letter, from one source that stands behind both alike."""
    sources = [None if each.speaker is None else each.speaker.canonical for each in (one, other)]
    return one.text == other.text and sources[0] == sources[1] and one.commitment is other.commitment


def _ordered(one: Proposition, other: Proposition) -> tuple[Proposition, Proposition]:
    """In an order of their own: which of the two is looked at first must not matter to the outcome."""
    first, second = one.claim.text, other.claim.text
    if first == second:
        first, second = one.claim.model_dump_json(), other.claim.model_dump_json()
    return (one, other) if first <= second else (other, one)
