"""Probabilities of pairs at the present density: each pair by itself (raw), and given its competitors (adjusted)."""

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from math import exp
from typing import TypeVar

from services.dedupe.clustering.competitors import Partners, adjusted, competition, strongest
from services.dedupe.clustering.shared_neighbours import MOST_BY_CHANCE, raised_by_shared, undated_neighbours
from services.dedupe.signals.density import MOST_DENSE, crowding

T = TypeVar("T")
_DENSE = crowding(MOST_DENSE)

Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""
MOST_REMEMBERED = 2_048
"""Articles whose partners, or others, are remembered while nothing changes them; each takes some 20 KB."""

MOST_EXAMINED = 192
"""Pairs of an article up to which all of its partners compete with each other."""
MOST_CANDIDATES = 16
"""Partners that compete of an article in a big event, the strongest: it has hundreds, which say the same."""
MOST_DAYS = 65_536
"""Days whose density is remembered."""


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
    """Computes what is asked for, and remembers it until the density or the pair changes.

    An article has tens of pairs, of which few are in doubt: what is adjusted is a pair, not an article.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        density: Callable[[float | None], int],
        is_sampled: Callable[[str], bool],
    ) -> None:
        """Remember where to look; nothing is computed yet.

        Args:
            nodes: The articles, by id.
            density: Live articles of the days up to one; without a day: all.
            is_sampled: Whether an event is too big for all of its articles to have been compared with each other.
        """
        self._nodes = nodes
        self._density = density
        self._is_sampled = is_sampled
        self._crowding: dict[float | None, float] = {}  # by day
        self._partners: dict[str, Partners] = {}
        self._adjusted: dict[tuple[str, str], float] = {}
        self._neighbours: dict[str, frozenset[str]] = {}
        self._strongest: dict[str, list[tuple[float, str]]] = {}
        self._candidates: dict[str, list[tuple[float, str]]] = {}

    def forget(self) -> None:
        """Forget what was computed: the density changed."""
        self._crowding.clear()
        self._partners.clear()
        self._candidates.clear()
        self._adjusted.clear()

    def pairs_added(self, article_id: str) -> None:
        """Take note of an article that came with its pairs."""
        node = self._nodes[article_id]
        self._crowding.pop(node.day, None)
        for other, odds in node.odds.items():
            self._partners.pop(other, None)
            self._candidates.pop(other, None)
            self._neighbours.pop(other, None)
            if (ranked := self._strongest.get(other)) is not None:
                insort(ranked, (_weakness(odds), article_id))
                del ranked[MOST_CANDIDATES:]
        self._adjusted.clear()

    def pairs_removed(self, article_id: str) -> None:
        """Take note of an article that goes with its pairs."""
        node = self._nodes[article_id]
        # With the last article of a day nobody sees any more how crowded that day becomes.
        self._crowding.pop(node.day, None)
        for changed in (article_id, *node.odds):
            self._partners.pop(changed, None)
            self._candidates.pop(changed, None)
            self._neighbours.pop(changed, None)
            self._strongest.pop(changed, None)
        self._adjusted.clear()

    def event_changed(self) -> None:
        """Take note of an article that went to another event: in big events, that decides what competes."""
        self._adjusted.clear()

    def raw(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself."""
        return self._partners_of(article_id).probabilities

    def raw_pair(self, first_id: str, second_id: str) -> float:
        """Probability of one pair by itself; 0 if the two are no pair."""
        partners = self._partners.get(first_id)
        if partners is not None:
            return partners.probabilities.get(second_id, 0.0)
        first = self._nodes[first_id]
        odds = first.odds.get(second_id)
        if odds is None:
            return 0.0
        second = self._nodes[second_id]
        newer = None if first.day is None or second.day is None else max(first.day, second.day)
        value = 1 / (1 + exp(-(odds[0] + odds[1] * self._crowding_on(newer))))
        if not (first.undated and second.undated):
            return value
        return raised_by_shared(value, self._neighbours_of(first), self._neighbours_of(second))

    def adjusted(self, first_id: str, second_id: str) -> float:
        """Probability of a pair of articles given its competitors; 0 if they are no pair."""
        key = (first_id, second_id) if first_id < second_id else (second_id, first_id)
        probability = self._adjusted.get(key)
        if probability is None:
            first, second = self._nodes[first_id], self._nodes[second_id]
            if self._is_big(first) or self._is_big(second):
                probability = self._sampled_pair(first, second)
            else:
                probability = self._given_competitors(first_id, self._partners_of(first_id), second_id)
            self._adjusted[key] = probability
        return probability

    def of_newcomer(self, raw: Mapping[str, float], others: Sequence[str], event_id: str) -> dict[str, float]:
        """Adjusted probabilities of the pairs of an article that is not in with members of an event.

        Args:
            raw: Of all pairs of the article.
            others: The members.
            event_id: The event.
        """
        paired = [other for other in others if other in raw]
        if not self._is_sampled(event_id):
            mine = Partners(raw)
            return {other: self._given_competitors("", mine, other) for other in paired}
        outside = [(value, third) for third, value in raw.items() if self._nodes[third].event != event_id]

        def own(third: str) -> float:
            return raw.get(third, 0.0)

        found = {}
        for other in paired:
            value = raw[other]
            against = strongest(outside, value, partial(self.raw_pair, other), other)
            against = max(against, strongest(self._strongest_outside(self._nodes[other], event_id), value, own, ""))
            found[other] = adjusted(value, against)
        return found

    def of_undated(self, raw: Mapping[str, float], odds: Mapping[str, Odds]) -> Mapping[str, float]:
        """Raise the raw probabilities of an undated article that is not in by the neighbours that its pairs share."""
        return self._raised(raw, undated_neighbours(odds, self._is_undated))

    def _given_competitors(self, article_id: str, mine: Partners, other: str) -> float:
        value = mine.probabilities.get(other)
        if value is None:
            return 0.0
        theirs = self._partners_of(other)
        return adjusted(
            value, max(competition(value, mine, theirs, other), competition(value, theirs, mine, article_id))
        )

    def _sampled_pair(self, first: Node, second: Node) -> float:
        """Adjusted probability of a pair of which a side is in a big event, or has as many pairs.

        Only the strongest partners compete. Within an event that is too big for all articles to be compared, only those
        of other events do: that a third member was not compared with both says nothing against the pair.
        """
        if second.article_id not in first.odds:
            return 0.0
        value = self.raw_pair(first.article_id, second.article_id)
        inside = first.event if first.event == second.event and self._is_sampled(first.event) else None
        against = 0.0
        for node, other in ((first, second), (second, first)):
            if thirds := self._strongest_outside(node, inside):
                relation = partial(self.raw_pair, other.article_id)
                against = max(against, strongest(thirds, value, relation, other.article_id))
        return adjusted(value, against)

    def _is_big(self, node: Node) -> bool:
        return len(node.odds) > MOST_EXAMINED or self._is_sampled(node.event)

    def _strongest_outside(self, node: Node, event: str | None) -> list[tuple[float, str]]:
        """The strongest pairs of an article, without those with articles of `event`: raw probability and other id."""
        own, nodes = node.article_id, self._nodes
        candidates = self._candidates.get(own)
        if candidates is None:
            ranked = self._strongest.get(own)
            if ranked is None:
                ranked = nsmallest(MOST_CANDIDATES, ((_weakness(odds), other) for other, odds in node.odds.items()))
                _remember(self._strongest, own, ranked)
            candidates = [(self.raw_pair(own, other), other) for _, other in ranked]
            _remember(self._candidates, own, candidates)
        return [(value, other) for value, other in candidates if nodes[other].event != event]

    def _partners_of(self, article_id: str) -> Partners:
        partners = self._partners.get(article_id)
        if partners is None:
            partners = Partners(self._raw(self._nodes[article_id]))
            _remember(self._partners, article_id, partners)
        return partners

    def _raw(self, node: Node) -> Mapping[str, float]:
        raw: dict[str, float] = {}
        own, nodes, crowding_on = node.day, self._nodes, self._crowding
        for other, (base, slope) in node.odds.items():
            day = nodes[other].day
            newer = None if own is None or day is None else max(own, day)
            # As most of the time goes here, without a call for each pair.
            crowd = crowding_on.get(newer)
            if crowd is None:
                crowd = self._crowding_on(newer)
            raw[other] = 1 / (1 + exp(-(base + slope * crowd)))
        return self._raised(raw, self._neighbours_of(node)) if node.undated else raw

    def _crowding_on(self, day: float | None) -> float:
        """Of the day of the newer of two articles; without it, of the whole collection."""
        crowd = self._crowding.get(day)
        if crowd is None:
            crowd = crowding(self._density(day))
            if len(self._crowding) >= MOST_DAYS:
                self._crowding.clear()
            self._crowding[day] = crowd
        return crowd

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
            neighbours = undated_neighbours(node.odds, self._is_undated)
            _remember(self._neighbours, node.article_id, neighbours)
        return neighbours

    def _is_undated(self, article_id: str) -> bool:
        node = self._nodes.get(article_id)
        return node is not None and node.undated


def _weakness(odds: Odds) -> float:
    """Log odds against a pair in a dense collection: by these the pairs of an article are ranked, whatever is live."""
    return -(odds[0] + odds[1] * _DENSE)


def _remember(computed: dict[str, T], article_id: str, value: T) -> None:
    if len(computed) >= MOST_REMEMBERED:
        computed.clear()
    computed[article_id] = value
