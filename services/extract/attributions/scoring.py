"""How likely a word in a frame introduces what somebody says: counts, shifted by what stands around it."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from services.extract.attributions.frames import Candidate
from services.extract.attributions.trees import Tree

PRIOR_WEIGHT = 3.0
"""Counts that the prior of a lemma in a frame stands for."""
UNKNOWN_LEMMA = 0.10
"""Rate of lemmas that are not in the counts: they never introduced content there."""
_EDGE = 0.01
MAX_KNOWN_ODDS = 100_000

_BY_DEPENDENCY = {
    "ROOT": 0.4, "parataxis": 0.9, "advcl": 0.2, "conj": 0.2, "xcomp": -0.3, "ccomp": -0.4, "acl": -0.5, "csubj": -1.0,
}  # fmt: skip
"""Shift of the score, in logits, by what the word is to its head."""
UNREAL = -0.4
"""The same for a word under "to" or a modal verb."""
QUOTED = 0.6
"""The same for content with a quote mark."""
Key = tuple[str, str, str]


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

    known: dict[Key, float] = field(default_factory=dict, compare=False, repr=False)
    """Log odds computed so far."""

    def odds(self, part: str, lemma: str, frame: str) -> float:
        """Log odds of `rate`."""
        key = (part, lemma, frame)
        found = self.known.get(key)
        if found is None:
            found = logit(self.rate(part, lemma, frame))
            if len(self.known) < MAX_KNOWN_ODDS:
                self.known[key] = found
        return found

    def rate(self, part: str, lemma: str, frame: str) -> float:
        """Rate of a lemma in a frame, drawn towards what lemma and frame have elsewhere."""
        prior = self.prior(part, lemma, frame)
        seen, hits = self.counts.get((part, lemma, frame), (0, 0))
        return (hits + PRIOR_WEIGHT * prior) / (seen + PRIOR_WEIGHT)

    def prior(self, part: str, lemma: str, frame: str) -> float:
        """Rate to be expected from lemma and frame alone."""
        of_lemma = logit(self.lemmas.get((part, lemma), UNKNOWN_LEMMA))
        of_frame = logit(self.frames.get((part, frame), self.overall))
        return expit(of_lemma + of_frame - logit(self.overall))


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


def score(tree: Tree, candidate: Candidate, rates: Rates, *, quoted: bool) -> float:
    """Probability that the candidate's content is somebody's. `quoted`: a quote mark stands in it."""
    shift = _BY_DEPENDENCY.get(tree.deps[candidate.head], 0.0)
    if any(tree.tags[child] in ("TO", "MD") for child in tree.kids(candidate.head, "aux")):
        shift += UNREAL
    if quoted:
        shift += QUOTED
    return expit(rates.odds(candidate.part, candidate.lemma, candidate.frame) + shift)


def logit(share: float) -> float:
    """Log odds of a share, kept away from 0 and 1."""
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))


def expit(odds: float) -> float:
    """Share with these log odds."""
    return 1 / (1 + math.exp(-odds))
