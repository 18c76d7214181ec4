"""How alike two claims are by their words: the features that the decision weighs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from services.dedupe.comparing.propositions import Proposition
from services.dedupe.embedding.whole_numbers import SCALE

OPENING = 3
_PRONOUNS = frozenset(("he", "she", "it", "they", "his", "her", "their", "i", "we"))
FEATURES = (
    "cosine",
    "containment",
    "longer_containment",
    "subsequence",
    "shorter_subsequence",
    "pairs",
    "triples",
    "lengths",
    "numbers",
    "capitals",
    "unmatched",
    "unmatched_capitals",
    "common",
    "main",
    "predicates",
    "shorter_predicates",
    "arguments",
    "dates",
    "pronouns",
    "opening",
)
"""Names of the features in order. Words are stems; content words weigh their rarity.

cosine: of the vectors. containment, longer_containment: weight of common content words over that of the lighter and of
the heavier claim. subsequence, shorter_subsequence: longest common subsequence over the longer and the shorter text.
pairs: neighbouring words, common over all. triples: the same of three, over those of the shorter text. lengths: shorter
over longer. numbers, capitals: words of that kind, common over all. unmatched, unmatched_capitals: -log(1 + weight) of
what the claim that has more of it has alone. common: log(1 + weight) of what both have. main: whether they share a main
verb. predicates, shorter_predicates: verbs and the like in common over those of the claim with more and with fewer.
arguments: subjects and objects in common over those of the claim with fewer. dates, pronouns: how many more one has.
opening: whether both start with the same three words.
"""


def features(one: Proposition, other: Proposition) -> NDArray[np.float64]:
    """Likeness of a pair in the order of `FEATURES`; the same whichever comes first."""
    ours, theirs = one.weights, other.weights
    common = sum(max(ours[word], theirs[word]) for word in sorted(ours.keys() & theirs.keys()))
    light, heavy = sorted((one.weight, other.weight))
    short, long = sorted((len(one.stems), len(other.stems)))
    subsequence = common_subsequence(one.stems, other.stems)
    capitals = one.capitals & ours.keys(), other.capitals & theirs.keys()
    return np.array(
        (
            cosine(one, other),
            _ratio(common, light),
            _ratio(common, heavy),
            _ratio(subsequence, long),
            _ratio(subsequence, short),
            _jaccard(set(pairwise(one.stems)), set(pairwise(other.stems))),
            _contained(_triples(one.stems), _triples(other.stems)),
            _ratio(short, long),
            _jaccard(one.numbers, other.numbers),
            _jaccard(*capitals),
            -log1p(max(_weight_without(ours, theirs), _weight_without(theirs, ours))),
            -log1p(max(_weight_of(capitals[0], ours, theirs), _weight_of(capitals[1], theirs, ours))),
            log1p(common),
            float(not one.main.isdisjoint(other.main)),
            *_by_grammar(one, other, _ratio(common, light), _ratio(common, heavy)),
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
    return _ratio(common, min(one.weight, other.weight))


def _weight_without(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return sum([weight for word, weight in ours.items() if word not in theirs])


def _weight_of(counted: AbstractSet[str], ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return sum([weight for word, weight in ours.items() if word in counted and word not in theirs]) if counted else 0


def _by_grammar(one: Proposition, other: Proposition, contained: float, covered: float) -> tuple[float, ...]:
    """`contained`, `covered`: the words' shares, which stand for those of the grammar where a claim has no parse."""
    parsed = bool(one.claim.predicates and other.claim.predicates)
    verbs = one.verbs, other.verbs
    common = len(one.verbs & other.verbs)
    dates = [len({(day.kind, day.value) for day in each.days}) for each in (one, other)]
    pronouns = [len(_PRONOUNS.intersection(each.stems)) for each in (one, other)]
    return (
        common / max(1, *map(len, verbs)) if parsed else covered,
        common / max(1, min(map(len, verbs))) if parsed else contained,
        _contained(one.arguments, other.arguments) if parsed else contained,
        float(abs(dates[0] - dates[1])),
        float(abs(pronouns[0] - pronouns[1])),
        float(one.stems[:OPENING] == other.stems[:OPENING]),
    )


def _triples(stems: Sequence[str]) -> set[tuple[str, str, str]]:
    return set(zip(stems, stems[1:], stems[2:], strict=False))


def _contained(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    return _ratio(len(one & other), min(len(one), len(other)))


def common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
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


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest run of words that both have."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(other):
        places.setdefault(word, []).append(at)
    longest = 0
    before: dict[int, int] = {}
    for word in one:
        before = {at: before.get(at - 1, 0) + 1 for at in places.get(word, ())}
        longest = max(longest, *before.values(), 0)
    return longest
