"""The undated neighbours of the live articles, and what pairs of undated articles gain by those that they share."""

from collections.abc import Mapping

from services.dedupe.clustering.article_node import ArticleNode, Odds
from services.dedupe.clustering.bounded_cache import remember
from services.dedupe.clustering.shared_neighbours import (
    MOST_BY_CHANCE,
    find_undated_neighbours,
    raise_probability_by_shared_neighbours,
)


class UndatedNeighbours:
    """Computes the neighbours that are asked for, and remembers them until a pair comes or goes."""

    def __init__(self, nodes_by_id: Mapping[str, ArticleNode]) -> None:
        """`nodes_by_id`: the live articles."""
        self._nodes = nodes_by_id
        self._neighbours: dict[str, frozenset[str]] = {}

    def forget(self, article_id: str) -> None:
        """Take note that a pair of an article came or went."""
        self._neighbours.pop(article_id, None)

    def raise_pair(self, probability: float, first: ArticleNode, second: ArticleNode) -> float:
        """The probability of a pair of undated articles, raised by the neighbours that both have."""
        return raise_probability_by_shared_neighbours(probability, self._of(first), self._of(second))

    def raise_all(self, raw_probabilities: Mapping[str, float], node: ArticleNode) -> Mapping[str, float]:
        """The raw probabilities of an undated article, each raised by the neighbours that its pair shares."""
        return self._raise(raw_probabilities, self._of(node))

    def raise_newcomer(
        self, raw_probabilities: Mapping[str, float], pair_odds: Mapping[str, Odds]
    ) -> Mapping[str, float]:
        """The same for an undated article that is not yet placed; `pair_odds`: of all its pairs."""
        return self._raise(raw_probabilities, find_undated_neighbours(pair_odds, self._is_undated))

    def _raise(self, raw_probabilities: Mapping[str, float], own_neighbours: frozenset[str]) -> Mapping[str, float]:
        if len(own_neighbours) < MOST_BY_CHANCE:
            return raw_probabilities
        return {
            other: raise_probability_by_shared_neighbours(value, own_neighbours, self._of(self._nodes[other]))
            if self._is_undated(other)
            else value
            for other, value in raw_probabilities.items()
        }

    def _of(self, node: ArticleNode) -> frozenset[str]:
        neighbours = self._neighbours.get(node.article_id)
        if neighbours is None:
            neighbours = find_undated_neighbours(node.odds, self._is_undated)
            remember(self._neighbours, node.article_id, neighbours)
        return neighbours

    def _is_undated(self, article_id: str) -> bool:
        node = self._nodes.get(article_id)
        return node is not None and node.undated
