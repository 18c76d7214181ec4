"""Probabilities of pairs at the present density: each pair by itself (raw), and given its competitors (adjusted)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from services.dedupe.clustering.competitors import Partners, adjusted, competition
from services.dedupe.clustering.shared_neighbours import MOST_BY_CHANCE, raised_by_shared, undated_neighbours
from services.dedupe.signals.density import crowding

Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""


@dataclass(slots=True)
class Node:
    """An article that can be compared, the event it is in, and the odds of its pairs by the other article."""

    article_id: str
    day: float | None
    model: str
    event: str
    odds: dict[str, Odds]
    undated: bool
    """Nothing tells when it was published, nor on which day its event was."""


class PairProbabilities:
    """Computes what is asked for, and remembers it until the density changes.

    An article has tens of pairs, of which few are in doubt: what is adjusted is a pair, not an article.
    """

    def __init__(self, nodes: Mapping[str, Node], density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self._nodes = nodes
        self._density = density
        self._crowding: dict[float | None, float] = {}  # by day
        self._partners: dict[str, Partners] = {}
        self._adjusted: dict[tuple[str, str], float] = {}
        self._neighbours: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """Forget what was computed: the density, or a pair, changed."""
        for computed in (self._crowding, self._partners, self._adjusted, self._neighbours):
            computed.clear()

    def raw(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself."""
        return self._partners_of(article_id).probabilities

    def adjusted(self, first_id: str, second_id: str) -> float:
        """Probability of a pair of articles given its competitors; 0 if they are no pair."""
        key = (first_id, second_id) if first_id < second_id else (second_id, first_id)
        probability = self._adjusted.get(key)
        if probability is None:
            partners = self._partners_of(first_id)
            probability = self._adjusted[key] = self._given_competitors(first_id, partners, second_id)
        return probability

    def of_newcomer(self, raw: Mapping[str, float], others: Sequence[str]) -> dict[str, float]:
        """Adjusted probabilities of the pairs of an article that is not in with `others`; `raw`: of all its pairs."""
        mine = Partners(raw)
        return {other: self._given_competitors("", mine, other) for other in others if other in raw}

    def of_undated(self, raw: Mapping[str, float], odds: Mapping[str, Odds]) -> Mapping[str, float]:
        """Raise the raw probabilities of an undated article that is not in by the neighbours that its pairs share."""
        return self._raised(raw, undated_neighbours(odds, self._is_undated))

    def _given_competitors(self, article_id: str, mine: Partners, other: str) -> float:
        value = mine.probabilities.get(other)
        if value is None:
            return 0.0
        theirs = self._partners_of(other)
        strongest = max(competition(value, mine, theirs, other), competition(value, theirs, mine, article_id))
        return adjusted(value, strongest)

    def _partners_of(self, article_id: str) -> Partners:
        partners = self._partners.get(article_id)
        if partners is None:
            partners = self._partners[article_id] = Partners(self._raw(self._nodes[article_id]))
        return partners

    def _raw(self, node: Node) -> Mapping[str, float]:
        raw: dict[str, float] = {}
        own, nodes, crowding_of = node.day, self._nodes, self._crowding
        for other, (base, slope) in node.odds.items():
            day = nodes[other].day
            newer = None if own is None or day is None else max(own, day)
            # As most of the time goes here, without a call for each pair.
            crowd = crowding_of.get(newer)
            if crowd is None:
                # Of the newer of the two articles; of the whole collection if either is undated.
                crowd = crowding_of[newer] = crowding(self._density(newer))
            raw[other] = 1 / (1 + exp(-(base + slope * crowd)))
        return self._raised(raw, self._neighbours_of(node)) if node.undated else raw

    def _raised(self, raw: Mapping[str, float], mine: frozenset[str]) -> Mapping[str, float]:
        if len(mine) < MOST_BY_CHANCE:
            return raw
        return {
            other: raised_by_shared(value, mine, self._neighbours_of(self._nodes[other]))
            if self._is_undated(other)
            else value
            for other, value in raw.items()
        }

    def _neighbours_of(self, node: Node) -> frozenset[str]:
        """Of an undated article."""
        neighbours = self._neighbours.get(node.article_id)
        if neighbours is None:
            neighbours = self._neighbours[node.article_id] = undated_neighbours(node.odds, self._is_undated)
        return neighbours

    def _is_undated(self, article_id: str) -> bool:
        node = self._nodes.get(article_id)
        return node is not None and node.undated
