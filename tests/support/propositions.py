"""Sentences read as claims and prepared for comparing, without vectors."""

from services.dedupe.comparing.propositions import Proposition, proposition
from services.extract.proposition import read_propositions


def stated(*sentences: str) -> list[Proposition]:
    """Each sentence as one proposition."""
    return [proposition(claim) for claim in read_propositions(sentences)]
