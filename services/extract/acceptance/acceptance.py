"""Which assertions become claims: a few vetoes, the plainest claims, and one learned threshold for all else."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from services.contracts.claim import Commitment
from services.extract.acceptance.features import features
from services.extract.acceptance.grammar import Grammar, Shape, grammar_of
from services.extract.acceptance.pointing import only_points
from services.extract.acceptance.verb_classes import VerbClasses, load_verb_classes
from services.extract.acceptance.vetoes import CLAUSE_FRAMES, Veto, answers_others, quotes_a_speaker, veto
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.scoring import Weights
from services.extract.commitment.commitment import NOT_ASSERTED

_CLAUSES = frozenset((Shape.FINITE, Shape.SUBJECT))


class Acceptance(Protocol):
    """Decides about the assertions of an article, in text order."""

    def accepts(self, resources: Resources, reading: SentenceReading, assertion: Assertion) -> bool:
        """Whether a careful reader would take the assertion for a claim."""
        ...


@dataclass(frozen=True)
class LearnedAcceptance:
    """The acceptance that serves."""

    weights: Weights
    classes: VerbClasses
    least: float
    """Log odds from which on an assertion is a claim: higher accepts fewer, and more of them rightly."""

    def accepts(self, resources: Resources, reading: SentenceReading, assertion: Assertion) -> bool:
        """Whether no veto stands against the assertion, and it is plainly a claim or its odds reach the threshold."""
        grammar = None if reading.scene is None else grammar_of(reading.scene, assertion.range)
        against = veto(resources.document.text, assertion, grammar)
        if reading.scene is not None and answers_others(reading.scene.tree, assertion):
            return against is not Veto.QUESTION
        if against is not None or _only_points(reading, assertion, grammar):
            return False
        if _takes_a_stand(assertion, grammar) or quotes_a_speaker(assertion) or self._is_said(assertion, grammar):
            return True
        return self.weights.odds(features(resources, reading, assertion, grammar, self.classes)) >= self.least

    def _is_said(self, assertion: Assertion, grammar: Grammar | None) -> bool:
        """Whether a named speaker says a whole clause, the plainest of all claims: "the bridge is safe, Reyl said"."""
        candidate = None if assertion.proposal is None else assertion.proposal.candidate
        if candidate is None or assertion.speaker is None or grammar is None:
            return False
        # "Said agents a year earlier had looked into it": the parse gave the subject to the cue.
        parted = grammar.shape is Shape.TENSE and grammar.starts_nominal and candidate.frame == "ccomp"
        if grammar.shape not in _CLAUSES and not parted:
            return False
        says = candidate.part == "preposition" or "saying" in self.classes.of(candidate.lemma)
        return says and candidate.frame.startswith(CLAUSE_FRAMES) and assertion.commitment is Commitment.ASSERTS


def _only_points(reading: SentenceReading, assertion: Assertion, grammar: Grammar | None) -> bool:
    """Whether words of the outlet only point at what stands elsewhere; what is quoted stays."""
    if reading.scene is None or grammar is None or assertion.quoted:
        return False
    return only_points(reading.scene, assertion.range, grammar)


def _takes_a_stand(assertion: Assertion, grammar: Grammar | None) -> bool:
    """Whether somebody confirms, denies or declines to in a clause: too few were judged for weights of their own."""
    proposal = assertion.proposal
    if proposal is None or assertion.speaker is None or grammar is None or grammar.shape not in _CLAUSES:
        return False
    return proposal.takes_a_stand or proposal.commitment in NOT_ASSERTED


@cache
def load_acceptance() -> LearnedAcceptance:
    """The acceptance that ships with the package. Read once."""
    data = json.loads((files("services.extract") / "data" / "acceptance.json").read_text(encoding="utf-8"))
    return LearnedAcceptance(Weights(data["intercept"], data["weights"]), load_verb_classes(), data["threshold"])
