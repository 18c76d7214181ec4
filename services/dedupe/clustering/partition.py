"""Which live article is in which event, and how well each fits."""

from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

from services.dedupe.clustering.competitors import LINKABLE, adjusted
from services.dedupe.clustering.decision import Decision, affinity
from services.dedupe.clustering.pair_probabilities import Node, Odds, PairProbabilities

T = TypeVar("T")

MOST_COMPARED = 64
"""Members of an event that speak for it. Ids are hashes: the lowest are a random sample that never changes."""
MOST_CROSSED = 16
"""Members of each of two events that are held against each other."""
FAINT = 0.01
"""Pairs less likely than this are not kept."""


class Partition:
    """Articles that can be compared, the probabilities of pairs, and the events they are in.

    A probability is that under the density of now: the same articles give the same, whichever of them came first.
    """

    def __init__(self, decision: Decision, density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self.decision = decision
        self._nodes: dict[str, Node] = {}
        self._probabilities = PairProbabilities(self._nodes, density)
        self._members: dict[str, list[str]] = {}

    def add(
        self,
        article_id: str,
        event_id: str,
        day: float | None,
        model: str,
        near: Mapping[str, Odds],
        *,
        undated: bool | None = None,
    ) -> None:
        """Put an article that is not in into an event.

        Args:
            article_id: The article.
            event_id: The event.
            day: Of its publication.
            model: Of its vectors.
            near: Its pairs, kept if the other article is in.
            undated: Whether nothing tells the day of its event either; None: if nothing tells that of publication.
        """
        self.forget_density()
        # Every id is one object, however often it is named: they would be most of the memory.
        known: dict[str, Odds] = {
            node.article_id: (odds[0], odds[1])
            for other, odds in near.items()
            if (node := self._nodes.get(other)) is not None
        }
        self._nodes[article_id] = Node(
            article_id, day, model, event_id, known, day is None if undated is None else undated
        )
        for other, odds in known.items():
            self._nodes[other].odds[article_id] = odds
        insort(self._members.setdefault(event_id, []), article_id)

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        self.forget_density()
        node = self._nodes.pop(article_id, None)
        if node is None:
            return
        for other in node.odds:
            del self._nodes[other].odds[article_id]
        self._leave(article_id, node.event)

    def event_of(self, article_id: str) -> str:
        """The event that an article is in."""
        return self._nodes[article_id].event

    def members(self, event_id: str) -> list[str]:
        """Articles of an event that can be compared, ascending; none if there are none."""
        return self._members.get(event_id, [])

    def model_of(self, article_id: str) -> str:
        """The model of an article's vectors."""
        return self._nodes[article_id].model

    def odds(self, article_id: str) -> Mapping[str, Odds]:
        """The pairs that an article is in."""
        return self._nodes[article_id].odds

    def raw_probabilities(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself, of now."""
        return self._probabilities.raw(article_id)

    def probability(self, one: str, other: str) -> float:
        """Probability that two articles report one event, given its competitors; 0 if they are no pair."""
        return self._probabilities.adjusted(one, other)

    def is_likely(self, one: str, other: str, least: float) -> bool:
        """Whether the same is at least `least`. Most pairs are so plain that no competitor need be looked for."""
        value = self.raw_probabilities(one).get(other, 0.0)
        if adjusted(value, 0.0) < least:
            return False
        return adjusted(value, 1 - value) >= least or self.probability(one, other) >= least

    def forget_density(self) -> None:
        """The density changed."""
        self._probabilities.forget()

    def representatives(self, event_id: str, day: float | None, model: str) -> list[str]:
        """Members that an article of that day and model is held against."""
        return self._representatives(event_id, day, model)[0]

    def _representatives(self, event_id: str, day: float | None, model: str) -> tuple[list[str], float | None]:
        """The same, and the days to the nearest dated member, if there is one."""
        found: list[str] = []
        nearest = None
        for other_id in self.members(event_id):
            other = self._nodes[other_id]
            if other.model != model:
                continue
            if day is not None and other.day is not None:
                gap = abs(day - other.day)
                nearest = gap if nearest is None else min(nearest, gap)
                if gap > self.decision.reach_days:
                    continue
            if len(found) < MOST_COMPARED:
                found.append(other_id)
        return found, nearest

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._nodes

    def affinities(
        self, day: float | None, model: str, near: Mapping[str, float], pairs: Mapping[str, Odds] | None = None
    ) -> list[tuple[float, str]]:
        """Affinities of an article that is not in to the events of its neighbours; zeros left out.

        A dated article fits an event with dated members only if one of them is near in time: undated members would
        otherwise tie together what lies months apart.

        Args:
            day: Of its publication.
            model: Of its vectors.
            near: Probabilities of its pairs, each by itself.
            pairs: The same pairs as they are kept, if nothing tells the day of its event: it is in company then.

        Returns:
            Affinity and event, the best first, ties by event id.
        """
        known: Mapping[str, float] = {other: value for other, value in near.items() if other in self._nodes}
        if pairs:
            known = self._probabilities.of_undated(known, pairs)
        ranked = []
        for event in {self._nodes[other].event for other, value in known.items() if value >= LINKABLE}:
            representatives, nearest = self._representatives(event, day, model)
            if representatives and (nearest is None or nearest <= self.decision.window_days):
                chances = self._probabilities.of_newcomer(known, representatives)
                ranked.append((-affinity(list(chances.values()), len(representatives)), event))
        return [(-score, event) for score, event in sorted(ranked) if score < 0]

    def group_affinity(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Affinity of two groups of articles: of all pairs between them."""
        found: list[float] = []
        count = 0
        nearest = None
        for first_id, second_id in product(one[:MOST_CROSSED], other[:MOST_CROSSED]):
            first, second = self._nodes[first_id], self._nodes[second_id]
            if first.model != second.model:
                continue
            if first.day is not None and second.day is not None:
                gap = abs(first.day - second.day)
                nearest = gap if nearest is None else min(nearest, gap)
                if gap > self.decision.reach_days:
                    continue
            count += 1
            if second_id in first.odds:
                found.append(self.probability(first_id, second_id))
        if count == 0 or (nearest is not None and nearest > self.decision.window_days):
            return 0.0
        return affinity(found, count)

    def linked(self, article_id: str, to: Callable[[str], T | None]) -> Iterator[T]:
        """To what the articles belong that alone would join it, each once, in no order.

        Args:
            article_id: The article.
            to: What an article belongs to; None: to nothing that matters.
        """
        found: set[T] = set()
        for other, value in self.raw_probabilities(article_id).items():
            # One link is enough: in a big event hundreds would say the same.
            if value < LINKABLE or (meant := to(other)) is None or meant in found:
                continue
            if self.is_likely(article_id, other, self.decision.threshold):
                found.add(meant)
                yield meant

    def put(self, article_id: str, event_id: str) -> None:
        """Take an article from its event into another."""
        node = self._nodes[article_id]
        self._leave(article_id, node.event)
        node.event = event_id
        insort(self._members.setdefault(event_id, []), article_id)

    def _leave(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        members.remove(article_id)
        if not members:
            del self._members[event_id]
