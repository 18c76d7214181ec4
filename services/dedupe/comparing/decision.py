"""From likeness and objections to a relation: likeness proposes, slots decide."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from services.contracts.event_claims import ContradictionKind
from services.dedupe.comparing.alignment import FEATURES, common_share, containment, cosine, features, relative_cosine
from services.dedupe.comparing.objections import Objection, Slot
from services.dedupe.comparing.propositions import Proposition

FEWEST_CONTENT = 6
"""Content words of the shorter claim from which words tell more than the vectors alone."""
PHRASE_COSINE = 0.485
"""Cosine from which two phrases are one, as answers to one question. Not for claims of one event: see
`services.dedupe.merging.likeness`."""
RELATIVE_COSINE = 0.09
"""The same of answers to one question, of their vectors relative to it."""
PHRASE_SLOPE = 10.0
"""How fast the probability rises with the cosine of phrases."""
NEARLY_ALL = 0.75
"""Share of the words from which two claims are one whatever else differs: 95% of such pairs from .8 on."""
NEARLY_ALL_LOGIT = 2.0
SAME = 0.5
"""Probability from which two claims without objection are one."""
_EXCUSES = frozenset((Slot.INCREMENT, Slot.POSSIBILITY, Slot.ROLES, Slot.NAME, Slot.THING))
"""Slots in which claims differ so that they do not contradict each other, whatever else they say."""
NEAR = 1.0
"""Least sum of cosine and containment of a contradiction: below, two claims are hardly about one thing."""
CONTAINED = 0.25
CONTAINED_ALONE = 0.4
"""Least containment beside that, and of claims without vectors."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the logistic regression over `FEATURES`, shape (features,), for features as they are."""

    coefficients: NDArray[np.float64]
    intercept: float


@cache
def load_weights() -> Weights:
    """The weights that ship with the package.

    Raises:
        ValueError: They are for other features.
    """
    stored = json.loads((files("services.dedupe") / "data" / "comparing.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ValueError("comparing.json has weights of other features")
    return Weights(np.array(stored["coefficients"], np.float64), float(stored["intercept"]))


def are_phrases(one: Proposition, other: Proposition) -> bool:
    """Whether words tell less of the pair than vectors do: one is short, and one is no clause.

    Of answers to one question, whose vectors are relative to it, either is enough.
    """
    short = min(len(one.weights), len(other.weights)) < FEWEST_CONTENT
    phrase = not (one.is_clause and other.is_clause)
    if one.relative is not None and other.relative is not None:
        return phrase or short
    return phrase and short


def likeness(one: Proposition, other: Proposition) -> float:
    """Probability, in (0, 1), that two claims state the same if no slot speaks against it."""
    if are_phrases(one, other) and one.vector is not None and other.vector is not None:
        logit = _likeness_of_phrases(one, other)
    else:
        weights = load_weights()
        # Added up in one order, whatever the processor: `@` does not promise that.
        logit = sum((weights.coefficients * features(one, other)).tolist()) + weights.intercept
        # Fitted on rewordings, the weights mistrust a pair that has nearly all words in common and a tag on one side.
        if common_share(one, other) >= NEARLY_ALL:
            logit = max(logit, NEARLY_ALL_LOGIT)
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _likeness_of_phrases(one: Proposition, other: Proposition) -> float:
    if one.relative is not None and other.relative is not None:
        return PHRASE_SLOPE * (relative_cosine(one, other) - RELATIVE_COSINE)
    return PHRASE_SLOPE * (cosine(one, other) - PHRASE_COSINE)


def contradiction(
    one: Proposition, other: Proposition, objections: Sequence[Objection], score: float
) -> ContradictionKind | None:
    """The kind of contradiction to report, if any: stricter than what keeps two claims apart.

    Both must be about the same thing, and nothing may excuse the difference: what may be so does not contradict what
    is not, and what comes on top of a figure does not contradict it.
    """
    if any(each.slot in _EXCUSES and each.contradiction is None for each in objections):
        return None
    for each in objections:
        if each.contradiction is None or (each.surmised and score < SAME):
            continue
        if _about_the_same(one, other, each.contradiction):
            return each.contradiction
    return None


def _about_the_same(one: Proposition, other: Proposition, kind: ContradictionKind) -> bool:
    if kind is ContradictionKind.ATTRIBUTION:  # the same words are quoted: what stands around them does not matter
        return True
    shared = containment(one, other)
    if one.vector is None or other.vector is None:
        return shared >= CONTAINED_ALONE
    return shared >= CONTAINED and cosine(one, other) + shared >= NEAR
