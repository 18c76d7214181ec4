"""How alike two claims of one event are, and what forbids that they are one: words and vectors propose, slots decide.

Similarity alone merges contradictions ("12,000 troops", "3,000 troops" are closer than most paraphrases).
"""

from collections.abc import Sequence

from services.contracts.claim import Quantity
from services.dedupe.merging.reports import Report, containment, numbers, speakers_conflict

TEXT_CONTAINED = 0.75
FEWEST_WORDS = 6
SAME_MEANING = 0.85
SAME_VALUE = 0.005
"""Relative difference of two numbers that are one number, rounded."""


class Likeness:
    """Compares the claims of one event."""

    def alike(self, one: Report, other: Report, cosine: float) -> float:
        """How alike their words are, 0 and more; 0: not enough to be one proposition."""
        if one.tokens == other.tokens:
            return 3.0
        shorter, longer = sorted((one, other), key=lambda report: (len(report.tokens), report.tokens))
        shared = containment(shorter.pairs, longer.pairs) if len(shorter.tokens) >= FEWEST_WORDS else 0.0
        if shared >= TEXT_CONTAINED:
            return 1.0 + shared
        return cosine if cosine >= SAME_MEANING else 0.0

    def forbidden(self, one: Report, other: Report) -> bool:
        """Whether two claims cannot state the same proposition."""
        if speakers_conflict(one.claim.speaker, other.claim.speaker):
            return True
        if one.tokens == other.tokens:
            return False
        return (
            one.denies != other.denies
            or one.negative != other.negative
            or bool(one.claim.quantities) != bool(other.claim.quantities)
            or _sides_differ(one, other)
            or _figures_clash(one.claim.quantities, other.claim.quantities)
        )


def _sides_differ(one: Report, other: Report) -> bool:
    return one.side is not None and other.side is not None and one.side != other.side


def _figures_clash(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether, in one unit, each side gives a number that the other does not."""
    first, second = numbers(ours), numbers(theirs)
    return any(
        _unmatched(first[unit], second[unit]) and _unmatched(second[unit], first[unit])
        for unit in first.keys() & second.keys()
    )


def _unmatched(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return any(not any(_same_number(one, other) for other in theirs) for one in ours)


def _same_number(one: Quantity, other: Quantity) -> bool:
    largest = max(abs(one.value), abs(other.value))
    return one.increment == other.increment and abs(one.value - other.value) <= SAME_VALUE * largest
