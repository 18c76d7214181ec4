"""How likely a word in a frame introduces what somebody says: counts, and weights of what stands around it."""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

PRIOR_WEIGHT = 3.0
"""Counts that the prior of a lemma in a frame stands for."""
UNKNOWN_LEMMA = 0.10
"""Rate of lemmas that are not in the counts: they never introduced content there."""
_EDGE = 0.01
MAX_KNOWN_ODDS = 100_000

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts say of one lemma in one frame. Odds are natural logarithms."""

    rate: float
    odds: float
    prior_odds: float
    """From lemma and frame apart."""
    lemma_odds: float
    frame_odds: float
    seen: int
    """How often in this frame."""
    known_lemma: bool


@dataclass(frozen=True)
class Rates:
    """How often lemmas introduce content, by frame."""

    counts: Mapping[Key, tuple[int, int]]
    """By part of speech, lemma and frame: how often seen, how often with content."""
    lemmas: Mapping[tuple[str, str], float]
    """Rate by part of speech and lemma, in all frames."""
    frames: Mapping[tuple[str, str], float]
    """Rate by part of speech and frame, of all lemmas."""
    overall: float
    forms: frozenset[str] = frozenset()
    """Words, as they stand in texts, that introduce content often enough for their sentences to be parsed."""

    known: dict[Key, "Counted"] = field(default_factory=dict, compare=False, repr=False)
    """Computed so far."""

    def counted(self, part: str, lemma: str, frame: str) -> "Counted":
        """What the counts say of a lemma in a frame."""
        key = (part, lemma, frame)
        counts = self.known.get(key)
        if counts is None:
            rate = self.rate(part, lemma, frame)
            of_lemma, of_frame = self.lemma_odds(part, lemma), self.frame_odds(part, frame)
            seen = self.counts.get(key, (0, 0))[0]
            known_lemma = (part, lemma) in self.lemmas
            counts = Counted(
                rate, logit(rate), logit(self.prior(part, lemma, frame)), of_lemma, of_frame, seen, known_lemma
            )
            if len(self.known) < MAX_KNOWN_ODDS:
                self.known[key] = counts
        return counts

    def rate(self, part: str, lemma: str, frame: str) -> float:
        """Rate of a lemma in a frame, drawn towards what lemma and frame have elsewhere."""
        prior = self.prior(part, lemma, frame)
        seen, hits = self.counts.get((part, lemma, frame), (0, 0))
        return (hits + PRIOR_WEIGHT * prior) / (seen + PRIOR_WEIGHT)

    def lemma_odds(self, part: str, lemma: str) -> float:
        """Log odds of a lemma in all frames."""
        return logit(self.lemmas.get((part, lemma), UNKNOWN_LEMMA))

    def frame_odds(self, part: str, frame: str) -> float:
        """Log odds of a frame with all lemmas."""
        return logit(self.frames.get((part, frame), self.overall))

    def prior(self, part: str, lemma: str, frame: str) -> float:
        """Rate to be expected from lemma and frame alone."""
        return expit(self.lemma_odds(part, lemma) + self.frame_odds(part, frame) - logit(self.overall))


def count_rates(rows: Mapping[Key, tuple[int, int]], forms: Collection[str] = ()) -> Rates:
    """Rates from counts (seen, hits) by part of speech, lemma and frame."""
    lemmas: dict[tuple[str, str], list[int]] = {}
    frames: dict[tuple[str, str], list[int]] = {}
    total = [0, 0]
    for (part, lemma, frame), (seen, hits) in rows.items():
        for sums in (lemmas.setdefault((part, lemma), [0, 0]), frames.setdefault((part, frame), [0, 0]), total):
            sums[0] += seen
            sums[1] += hits
    overall = (total[1] + 1) / (total[0] + 2)
    return Rates(
        counts=rows,
        lemmas={key: (hits + 3 * UNKNOWN_LEMMA) / (seen + 3) for key, (seen, hits) in lemmas.items()},
        frames={key: (hits + 3 * overall) / (seen + 3) for key, (seen, hits) in frames.items()},
        overall=overall,
        forms=frozenset(forms),
    )


@cache
def load_rates() -> Rates:
    """The counts that ship with the package. Read once."""
    content = (files("services.extract") / "data" / "attribution_lexicon.json").read_text(encoding="utf-8")
    data = json.loads(content)
    counts = {(part, lemma, frame): (seen, hits) for part, lemma, frame, seen, hits in data["rows"]}
    return count_rates(counts, data["forms"])


@dataclass(frozen=True)
class Weights:
    """A logistic model over named features."""

    intercept: float
    of: Mapping[str, float]
    """By name of the feature; others weigh nothing."""

    def odds(self, features: Iterable[tuple[str, float]]) -> float:
        """Log odds for features with their values."""
        weight_of, odds = self.of.get, self.intercept
        for name, value in features:
            weight = weight_of(name)
            if weight is not None:
                odds += weight * value
        return odds


@dataclass(frozen=True)
class Model:
    """What attributions are told by; `services.extract.fitting.attributions` makes it."""

    rates: Rates
    candidates: Weights
    """Whether a candidate introduces somebody's content (features.py)."""
    endings: Weights
    """Whether a content ends elsewhere than the parse has it (endings.py)."""


@cache
def load_model() -> Model:
    """The model that ships with the package. Read once."""
    content = (files("services.extract") / "data" / "attribution_weights.json").read_text(encoding="utf-8")
    data = json.loads(content)
    candidates, endings = (
        Weights(data[name]["intercept"], data[name]["weights"]) for name in ("candidates", "endings")
    )
    return Model(load_rates(), candidates, endings)


def logit(share: float) -> float:
    """Log odds of a share, kept away from 0 and 1."""
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))


def expit(odds: float) -> float:
    """Share with these log odds."""
    return 1 / (1 + math.exp(-odds))
