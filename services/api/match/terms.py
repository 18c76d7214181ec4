"""How much a word tells: by how many articles of a background have it, and how many of those compared. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Self

import orjson


@dataclass(frozen=True)
class TermCounts:
    """In how many articles of a background each word stands. Words that are not listed stand in few."""

    documents: int
    counts: Mapping[str, int]
    unlisted: float
    """What counts for a word that is not listed."""

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """From JSON: {"documents", "listed_from", "counts"}."""
        data = orjson.loads(content)
        return cls(data["documents"], data["counts"], data["listed_from"] / 2)

    def weight(self, word: str) -> float:
        """Inverse document frequency, at least 0."""
        return math.log((self.documents + 1) / (self.counts.get(word, self.unlisted) + 1))


@cache
def load_term_counts() -> TermCounts:
    """Those that ship with the service (`lab/match/terms.py` counts them). Read once."""
    return TermCounts.parse((files("services.api.match") / "data" / "terms.json").read_bytes())


@dataclass
class Weights:
    """Squared weights of words among some texts that are compared, each computed once.

    A word that many of the events around have tells little of which one it is: "storm" in a week of storms.
    """

    terms: TermCounts
    local: Counter[str] = field(default_factory=Counter)
    """In how many of the events each word stands."""
    events: int = 0
    """How many these are."""
    _known: dict[str, float] = field(default_factory=dict)

    def add_event(self, words: Iterable[str]) -> None:
        """Count an event's words."""
        self.local.update(set(words))
        self.events += 1
        self._known.clear()

    def squared(self, word: str) -> float:
        """The square of the word's weight."""
        known = self._known.get(word)
        if known is None:
            rarity = math.log((self.events + 1) / (self.local[word] + 0.5)) if self.events else 1.0
            known = self._known[word] = (self.terms.weight(word) * rarity) ** 2
        return known

    def total(self, words: Iterable[str]) -> float:
        """Of all the words."""
        return math.fsum(map(self.squared, words))

    def cosine(self, one: frozenset[str], other: frozenset[str], totals: tuple[float, float]) -> float:
        """Of two sets of words, whose `total` is known."""
        length = math.sqrt(totals[0] * totals[1])
        return self.total(one & other) / length if length else 0.0

    def share(self, part: frozenset[str], whole: frozenset[str]) -> float | None:
        """How much of `part` is in `whole`; None: `part` tells nothing."""
        total = self.total(part)
        return self.total(part & whole) / total if total else None
