"""How well pairs of sentences are decided: scores over labelled pairs, beside those of the cosine alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from services.local.offline_merging import Decision


class Label(StrEnum):
    """What a pair is labelled with."""

    MERGE = "merge"
    """The two state one proposition."""
    CONTRADICT = "contradict"
    """They contradict each other."""
    DIFFERENT = "different"
    """Neither."""
    APART = "apart"
    """They do not state one proposition; whether they contradict each other is not said."""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair and its decision. `group` and `type`: what the row says of where it is from."""

    label: Label
    decision: Decision
    cosine: float
    group: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share; 0 of none."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.part:,} of {self.whole:,})"


@dataclass(frozen=True)
class MergingScores:
    """Scores of all pairs judged."""

    pairs: Sequence[JudgedPair]

    @property
    def kept(self) -> Share:
        """Of the pairs to merge, those that are merged."""
        return _share((pair.decision is Decision.MERGE) for pair in self.pairs if pair.label is Label.MERGE)

    @property
    def kept_apart(self) -> Share:
        """Of all other pairs, those that are not."""
        return _share((pair.decision is not Decision.MERGE) for pair in self.pairs if pair.label is not Label.MERGE)

    @property
    def balanced_accuracy(self) -> float:
        """Mean of the two."""
        return (self.kept.value + self.kept_apart.value) / 2

    @property
    def precision(self) -> Share:
        """Of the contradictions reported, those that are. Pairs whose label does not say are left out."""
        reported = (pair for pair in self.pairs if pair.decision is Decision.CONTRADICT)
        return _share(pair.label is Label.CONTRADICT for pair in reported if pair.label is not Label.APART)

    @property
    def recall(self) -> Share:
        """Of the contradictions, those reported."""
        return _share(pair.decision is Decision.CONTRADICT for pair in self.pairs if pair.label is Label.CONTRADICT)

    @property
    def alarms(self) -> Share:
        """Of the pairs to merge, those reported as contradictions."""
        return _share(pair.decision is Decision.CONTRADICT for pair in self.pairs if pair.label is Label.MERGE)

    def merged_contradictions(self) -> dict[str, Share]:
        """By group, of the contradicting pairs those that are merged: the worst that can happen."""
        return {
            group: _share(pair.decision is Decision.MERGE for pair in pairs if pair.label is Label.CONTRADICT)
            for group, pairs in _by(self.pairs, lambda pair: pair.group).items()
            if any(pair.label is Label.CONTRADICT for pair in pairs)
        }

    def by_type(self) -> dict[tuple[str, str, Label], dict[Decision, int]]:
        """How many pairs of each group, type and label came to each decision."""
        return {
            key: {decision: sum(pair.decision is decision for pair in pairs) for decision in Decision}
            for key, pairs in _by(self.pairs, lambda pair: (pair.group, pair.type, pair.label)).items()
        }

    def by_cosine(self) -> tuple[float, "MergingScores"]:
        """The cosine's best threshold, and the scores of merging from there on."""
        return best_by_cosine(self.pairs)

    def as_dict(self) -> dict[str, Any]:
        """The figures under plain names."""
        threshold, cosine = self.by_cosine()
        return {
            "pairs": len(self.pairs),
            "balanced_accuracy": self.balanced_accuracy,
            "kept": self.kept.value,
            "kept_apart": self.kept_apart.value,
            "contradictions": {"precision": self.precision.value, "recall": self.recall.value},
            "alarms": self.alarms.value,
            "contradictions_merged": {group: share.value for group, share in self.merged_contradictions().items()},
            "types": [
                {"set": group, "type": kind, "label": label.value}
                | {decision.value: count for decision, count in counts.items()}
                for (group, kind, label), counts in self.by_type().items()
            ],
            "cosine": {
                "threshold": threshold,
                "balanced_accuracy": cosine.balanced_accuracy,
                "kept": cosine.kept.value,
                "contradictions_merged": {
                    group: share.value for group, share in cosine.merged_contradictions().items()
                },
            },
        }


def best_by_cosine(pairs: Sequence[JudgedPair]) -> tuple[float, MergingScores]:
    """The threshold of the cosine with the best balanced accuracy on these very pairs, and its scores."""
    cosines = np.array([pair.cosine for pair in pairs])
    merge = np.array([pair.label is Label.MERGE for pair in pairs])
    order = np.argsort(-cosines, kind="stable")
    # Merging the k most alike, for every k: recall of those to merge less the share of the others merged.
    gain = np.cumsum(merge[order]) / max(merge.sum(), 1) - np.cumsum(~merge[order]) / max((~merge).sum(), 1)
    threshold = float(cosines[order][int(np.argmax(gain))]) if len(pairs) else 1.0
    judged = [
        JudgedPair(
            pair.label,
            Decision.MERGE if pair.cosine >= threshold else Decision.DIFFERENT,
            pair.cosine,
            pair.group,
            pair.type,
        )
        for pair in pairs
    ]
    return threshold, MergingScores(judged)


def _share(outcomes: Iterable[bool]) -> Share:
    listed = list(outcomes)
    return Share(sum(listed), len(listed))


def _by(pairs: Sequence[JudgedPair], key: Any) -> Mapping[Any, list[JudgedPair]]:
    found: dict[Any, list[JudgedPair]] = {}
    for pair in sorted(pairs, key=key):
        found.setdefault(key(pair), []).append(pair)
    return found
