"""The one learned decision of matching: how probable it is that a text is about an event. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

import orjson

_LARGEST_LOGIT = 50.0


@dataclass(frozen=True)
class Decision:
    """Logistic regression over the signals, each less its mean and in units of its spread."""

    version: str
    """Name of the weights: part of every answer."""
    threshold: float
    """From this probability on a text is said to be about the event."""
    intercept: float
    weights: Mapping[str, tuple[float, float, float]]
    """By signal: mean, spread, coefficient."""

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """From JSON with the fields of this class."""
        data = orjson.loads(content)
        weights = {name: (row[0], row[1], row[2]) for name, row in data["weights"].items()}
        return cls(data["version"], data["threshold"], data["intercept"], weights)

    def probability(self, signals: Mapping[str, float]) -> float:
        """In [0, 1]."""
        logit = self.intercept + math.fsum(self.contributions(signals).values())
        return 1 / (1 + math.exp(-max(-_LARGEST_LOGIT, min(_LARGEST_LOGIT, logit))))

    def contributions(self, signals: Mapping[str, float]) -> dict[str, float]:
        """What each signal adds to the logit, beside what it adds on average."""
        return {name: weight * (signals[name] - mean) / spread for name, (mean, spread, weight) in self.weights.items()}


@cache
def load_decision() -> Decision:
    """The weights that ship with the service (`lab/match/weights.py` fits them). Read once."""
    return Decision.parse((files("services.api.match") / "data" / "weights.json").read_bytes())
