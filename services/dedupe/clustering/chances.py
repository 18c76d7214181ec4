"""Probabilities of pairs under the density of now: each pair alone, and beside its rivals."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.dedupe.clustering.rivals import Ranked, ranked, rivalry, weighed
from services.dedupe.signals.pair_signals import crowding

Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""


@dataclass(slots=True)
class Node:
    """An article that can be compared, the event it is in, and its pairs by the other article."""

    article_id: str
    day: float | None
    model: str
    event: str
    near: dict[str, Odds]


class Chances:
    """Computes what is asked for, and remembers it until the density changes.

    An article has tens of pairs, of which few are in doubt: what is held against rivals is a pair, not an article.
    """

    def __init__(self, nodes: Mapping[str, Node], density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self._nodes = nodes
        self._density = density
        self._crowds: dict[float | None, float] = {}
        self._alone: dict[str, dict[str, float]] = {}
        self._ranked: dict[str, Ranked] = {}
        self._pairs: dict[tuple[str, str], float] = {}

    def forget(self) -> None:
        """The density, or a pair, changed."""
        for known in (self._crowds, self._alone, self._ranked, self._pairs):
            known.clear()

    def alone(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself."""
        found = self._alone.get(article_id)
        if found is None:
            day = self._nodes[article_id].day
            found = {
                other: 1 / (1 + math.exp(-(base + slope * self._crowd(day, self._nodes[other].day))))
                for other, (base, slope) in self._nodes[article_id].near.items()
            }
            self._alone[article_id] = found
        return found

    def pair(self, one: str, other: str) -> float:
        """Probability of a pair of articles beside its rivals; 0 if they are no pair."""
        key = (one, other) if one < other else (other, one)
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = self._beside_rivals(one, self.alone(one), self.strongest(one), other)
        return found

    def of_newcomer(self, near: Mapping[str, float], others: Sequence[str]) -> dict[str, float]:
        """The same for an article that is not in and its pairs with `others`; `near`: its pairs, each by itself."""
        mine = ranked(near)
        return {other: self._beside_rivals("", near, mine, other) for other in others if other in near}

    def strongest(self, article_id: str) -> Ranked:
        """Pairs of an article that may be rivals of others, the most probable first."""
        found = self._ranked.get(article_id)
        if found is None:
            found = self._ranked[article_id] = ranked(self.alone(article_id))
        return found

    def _beside_rivals(self, one: str, near: Mapping[str, float], mine: Ranked, other: str) -> float:
        value = near.get(other)
        if value is None:
            return 0.0
        most = rivalry(value, mine, self.alone(other), other)
        return weighed(value, max(most, rivalry(value, self.strongest(other), near, one)))

    def _crowd(self, one: float | None, other: float | None) -> float:
        """Log of the density around the newer of two articles; of the whole collection if either is undated."""
        day = None if one is None or other is None else max(one, other)
        found = self._crowds.get(day)
        if found is None:
            found = self._crowds[day] = crowding(self._density(day))
        return found
