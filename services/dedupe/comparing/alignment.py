"""How alike two claims are by their words: the features that the decision weighs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from services.dedupe.comparing.lexicon import are_allied
from services.dedupe.comparing.propositions import Proposition
from services.dedupe.embedding.whole_numbers import SCALE

FEATURES = (
    "cosine",
    "overlap",
    "containment",
    "longer_containment",
    "allied",
    "subsequence",
    "pairs",
    "lengths",
    "numbers",
    "capitals",
    "most_unmatched",
    "least_unmatched",
    "common",
)
"""Names of the features in order. Weights of words are their rarity.

cosine: of the vectors. overlap: weight of common content words over that of all. containment, longer_containment: over
that of the lighter and of the heavier claim. allied: the latter with words on one side of an opposition ("rose",
"climbed") taken for common. subsequence: longest common subsequence over the longer text. pairs: neighbouring words,
common over all. lengths: shorter over longer. numbers, capitals: words of that kind, common over all. most_unmatched,
least_unmatched: -log(1 + weight) of what one side has alone; common: log(1 + weight) of what both have.
"""


def features(one: Proposition, other: Proposition) -> NDArray[np.float64]:
    """Likeness of a pair in the order of `FEATURES`; the same whichever comes first."""
    ours, theirs = one.weights, other.weights
    common = sum(max(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    light, heavy = sorted((sum(ours.values()), sum(theirs.values())))
    alone = sorted((_weight_without(ours, theirs), _weight_without(theirs, ours)))
    short, long = sorted((len(one.stems), len(other.stems)))
    return np.array(
        (
            cosine(one, other),
            _ratio(common, light + heavy - common),
            _ratio(common, light),
            _ratio(common, heavy),
            _ratio(common + _allied(ours, theirs), heavy),
            subsequence(one.stems, other.stems) / max(long, 1),
            _jaccard(set(pairwise(one.stems)), set(pairwise(other.stems))),
            _ratio(short, long),
            _jaccard({word for word in ours if word[0].isdigit()}, {word for word in theirs if word[0].isdigit()}),
            _jaccard(one.capitals & ours.keys(), other.capitals & theirs.keys()),
            -log1p(alone[1]),
            -log1p(alone[0]),
            log1p(common),
        )
    )


def cosine(one: Proposition, other: Proposition) -> float:
    """Of the two vectors; 0 where one has none."""
    if one.vector is None or other.vector is None:
        return 0.0
    return float(one.vector @ other.vector) / SCALE**2


def containment(one: Proposition, other: Proposition) -> float:
    """Weight of the common content words over that of the lighter claim, in [0, 1]."""
    ours, theirs = one.weights, other.weights
    common = sum(min(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    return _ratio(common, min(sum(ours.values()), sum(theirs.values())))


def _weight_without(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return sum(weight for word, weight in ours.items() if word not in theirs)


def _allied(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Weight of the words that only one side has, and that stand on one side of an opposition with one of the other's.

    The lesser of what the two sides make of it.
    """
    mine, yours = [word for word in ours if word not in theirs], [word for word in theirs if word not in ours]
    pairs = [(one, other) for one in mine for other in yours if are_allied(one, other)]
    return min(
        sum(ours[word] for word in {one: None for one, _ in pairs}),
        sum(theirs[word] for word in {other: None for _, other in pairs}),
    )


def subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): one whole-number addition a word."""
    places: dict[str, int] = {}
    for at, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << at
    everything = (1 << len(other)) - 1
    row = everything
    for word in one:
        step = row & places.get(word, 0)
        row = (row + step) | (row - step)
    return len(other) - (row & everything).bit_count()


def _jaccard(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    return _ratio(len(one & other), len(one | other))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
