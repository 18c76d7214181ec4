"""Probabilities of pairs under the density of now: each pair alone, and beside its rivals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from services.dedupe.clustering.affairs import USUAL, company, in_company
from services.dedupe.clustering.rivals import Partners, rivalry, weighed
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
    undated: bool
    """Nothing tells when it was published, nor on which day its event was."""


class Chances:
    """Computes what is asked for, and remembers it until the density changes.

    An article has tens of pairs, of which few are in doubt: what is held against rivals is a pair, not an article.
    """

    def __init__(self, nodes: Mapping[str, Node], density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self._nodes = nodes
        self._density = density
        self._crowds: dict[float | None, float] = {}  # log of the density by day
        self._partners: dict[str, Partners] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._company: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """The density, or a pair, changed."""
        for known in (self._crowds, self._partners, self._pairs, self._company):
            known.clear()

    def alone(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself."""
        return self._partners_of(article_id).alone

    def pair(self, one: str, other: str) -> float:
        """Probability of a pair of articles beside its rivals; 0 if they are no pair."""
        key = (one, other) if one < other else (other, one)
        found = self._pairs.get(key)
        if found is None:
            partners = self._partners_of(one)
            found = self._pairs[key] = self._beside_rivals(one, partners, other)
        return found

    def of_newcomer(self, near: Mapping[str, float], others: Sequence[str]) -> dict[str, float]:
        """The same for an article that is not in and its pairs with `others`; `near`: its pairs, each by itself."""
        mine = Partners(near)
        return {other: self._beside_rivals("", mine, other) for other in others if other in near}

    def of_undated(self, near: Mapping[str, float], pairs: Mapping[str, Odds]) -> Mapping[str, float]:
        """`near`, the pairs of an undated article that is not in, each by itself, as they count in its company."""
        return self._in_company(near, company(pairs, self._is_undated))

    def _beside_rivals(self, one: str, mine: Partners, other: str) -> float:
        value = mine.alone.get(other)
        if value is None:
            return 0.0
        theirs = self._partners_of(other)
        return weighed(value, max(rivalry(value, mine, theirs, other), rivalry(value, theirs, mine, one)))

    def _partners_of(self, article_id: str) -> Partners:
        found = self._partners.get(article_id)
        if found is None:
            found = self._partners[article_id] = Partners(self._alone(self._nodes[article_id]))
        return found

    def _alone(self, node: Node) -> Mapping[str, float]:
        found: dict[str, float] = {}
        own, nodes, crowds = node.day, self._nodes, self._crowds
        for other, (base, slope) in node.near.items():
            day = nodes[other].day
            newer = None if own is None or day is None else max(own, day)
            # As most of the time goes here, without a call for each pair.
            crowd = crowds.get(newer)
            if crowd is None:
                # Of the newer of the two articles; of the whole collection if either is undated.
                crowd = crowds[newer] = crowding(self._density(newer))
            found[other] = 1 / (1 + exp(-(base + slope * crowd)))
        return self._in_company(found, self._company_of(node)) if node.undated else found

    def _in_company(self, near: Mapping[str, float], mine: frozenset[str]) -> Mapping[str, float]:
        if len(mine) < USUAL:
            return near
        return {
            other: in_company(value, mine, self._company_of(self._nodes[other])) if self._is_undated(other) else value
            for other, value in near.items()
        }

    def _company_of(self, node: Node) -> frozenset[str]:
        """Of an undated article."""
        found = self._company.get(node.article_id)
        if found is None:
            found = self._company[node.article_id] = company(node.near, self._is_undated)
        return found

    def _is_undated(self, article_id: str) -> bool:
        node = self._nodes.get(article_id)
        return node is not None and node.undated
