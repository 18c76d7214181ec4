"""Which live article is in which event, and how well each fits."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from services.dedupe.clustering.competitors import LINKABLE, adjusted
from services.dedupe.clustering.decision import Decision, affinity
from services.dedupe.clustering.groups import Group
from services.dedupe.clustering.pair_probabilities import Node, Odds, PairProbabilities
from services.dedupe.clustering.sampling import around

T = TypeVar("T")

MOST_COMPARED = 64
"""Members of an event that an article is compared with. An event of more is sampled."""
MOST_LOOKED_AT = 256
"""Members that are looked at to find them: of another model, or too far away in time, they are not compared."""
MOST_CROSSED = 16
"""Members of each of two groups that are compared."""
FAINT = 0.01
"""Pairs less likely than this are not kept."""


class Partition:
    """Articles that can be compared, the probabilities of pairs, and the events they are in.

    A probability is that at the present density: the same articles give the same, whichever of them came first.
    """

    def __init__(self, decision: Decision, density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self.decision = decision
        self._nodes: dict[str, Node] = {}
        self._members: dict[str, list[str]] = {}
        self._models: Counter[str] = Counter()
        self._probabilities = PairProbabilities(self._nodes, density, self.is_sampled)

    def add(
        self,
        article_id: str,
        event_id: str,
        day: float | None,
        model: str,
        odds: Mapping[str, Odds],
        *,
        undated: bool | None = None,
    ) -> None:
        """Put an article that is not in into an event.

        Args:
            article_id: The article.
            event_id: The event.
            day: Of its publication.
            model: Of its vectors.
            odds: Of its pairs, kept if the other article is in.
            undated: Whether nothing tells the day of its event either; None: if nothing tells that of publication.
        """
        # Every id is one object, however often it is named: they would be most of the memory.
        known: dict[str, Odds] = {
            node.article_id: (pair[0], pair[1])
            for other, pair in odds.items()
            if (node := self._nodes.get(other)) is not None
        }
        self._nodes[article_id] = Node(
            article_id, day, model, event_id, known, day is None if undated is None else undated
        )
        for other, pair in known.items():
            self._nodes[other].odds[article_id] = pair
        insort(self._members.setdefault(event_id, []), article_id)
        self._models[model] += 1
        self._probabilities.pairs_added(article_id)

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        node = self._nodes.get(article_id)
        if node is None:
            return
        self._probabilities.pairs_removed(article_id)
        del self._nodes[article_id]
        self._models[node.model] -= 1
        for other in node.odds:
            del self._nodes[other].odds[article_id]
        self._leave(article_id, node.event)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._nodes

    def event_of(self, article_id: str) -> str:
        """The event that an article is in."""
        return self._nodes[article_id].event

    def members(self, event_id: str) -> list[str]:
        """Articles of an event that can be compared, ascending, not to be changed; none if there are none."""
        return self._members.get(event_id, [])

    def is_sampled(self, event_id: str) -> bool:
        """Whether an event is too big for each of its articles to be compared with all the others."""
        return len(self.members(event_id)) > MOST_COMPARED

    def model_of(self, article_id: str) -> str:
        """The model of an article's vectors."""
        return self._nodes[article_id].model

    def of_other_models(self, event_id: str, model: str) -> list[str]:
        """Articles of an event whose vectors are of another model, which says nothing about where they belong."""
        if self._models[model] == len(self._nodes):
            return []
        return [one for one in self.members(event_id) if self._nodes[one].model != model]

    def odds(self, article_id: str) -> Mapping[str, Odds]:
        """The pairs that an article is in."""
        return self._nodes[article_id].odds

    def raw_probabilities(self, article_id: str) -> Mapping[str, float]:
        """Present probabilities of the pairs that an article is in, each by itself."""
        return self._probabilities.raw(article_id)

    def probability(self, first_id: str, second_id: str) -> float:
        """Probability that two articles report one event, given their competitors; 0 if they are no pair."""
        return self._probabilities.adjusted(first_id, second_id)

    def is_likely(self, first_id: str, second_id: str, least: float) -> bool:
        """Whether the same is at least `least`. Most pairs are so plain that no competitor need be looked for."""
        value = self._probabilities.raw_pair(first_id, second_id)
        if adjusted(value, 0.0) < least:
            return False
        return adjusted(value, 1 - value) >= least or self.probability(first_id, second_id) >= least

    def forget_density(self) -> None:
        """Take note that the density around an article changed."""
        self._probabilities.forget()

    def representatives(self, event_id: str, article_id: str, day: float | None, model: str) -> list[str]:
        """Members of an event that an article of that day and model is compared with, ascending.

        A sample: those whose ids stand next to that of the article (see `sampling`).
        """
        return self._representatives(event_id, article_id, day, model)[0]

    def _representatives(
        self, event_id: str, article_id: str, day: float | None, model: str
    ) -> tuple[list[str], float | None]:
        """The same, and the days to the nearest dated one that was looked at, if there is one."""
        found: list[str] = []
        nearest = None
        for other_id in around(self.members(event_id), article_id, MOST_LOOKED_AT):
            other = self._nodes[other_id]
            if other.model != model:
                continue
            if day is not None and other.day is not None:
                gap = abs(day - other.day)
                nearest = gap if nearest is None else min(nearest, gap)
                if gap > self.decision.reach_days:
                    continue
            found.append(other_id)
            if len(found) == MOST_COMPARED:
                break
        return sorted(found), nearest

    def affinities(
        self,
        article_id: str,
        day: float | None,
        model: str,
        raw: Mapping[str, float],
        odds: Mapping[str, Odds] | None = None,
    ) -> list[tuple[float, str]]:
        """Affinities of an article that is not in to the events of its neighbours; zeros left out.

        A dated article fits an event with dated members only if one of them is near in time: undated members would
        otherwise tie together what lies months apart.

        Args:
            article_id: The article.
            day: Of its publication.
            model: Of its vectors.
            raw: Probabilities of its pairs, each by itself.
            odds: Of the same pairs, if nothing tells the day of its event: shared neighbours count then.

        Returns:
            Affinity and event, the best first, ties by event id.
        """
        known: Mapping[str, float] = {other: value for other, value in raw.items() if other in self._nodes}
        if odds:
            known = self._probabilities.of_undated(known, odds)
        ranked = []
        for event in {self._nodes[other].event for other, value in known.items() if value >= LINKABLE}:
            others, nearest = self._representatives(event, article_id, day, model)
            if others and (nearest is None or nearest <= self.decision.window_days):
                probabilities = self._probabilities.of_newcomer(known, others, event)
                ranked.append((-affinity(list(probabilities.values()), len(others)), event))
        return [(-score, event) for score, event in sorted(ranked) if score < 0]

    def group_affinity(self, first: Group, second: Group) -> float:
        """Affinity of two groups of articles: of the pairs of some of the smaller one with a sample of the other."""
        if len(second) < len(first):
            first, second = second, first
        found: list[float] = []
        count = 0
        nearest = None
        # In a group as small as this all pairs are known. Of a bigger one those with the nearest ids are.
        common = second.lowest(MOST_CROSSED) if len(second) <= MOST_COMPARED else None
        for first_id in first.lowest(MOST_CROSSED):
            node = self._nodes[first_id]
            for second_id in second.around(first_id, MOST_CROSSED) if common is None else common:
                other = self._nodes[second_id]
                if node.model != other.model:
                    continue
                if node.day is not None and other.day is not None:
                    gap = abs(node.day - other.day)
                    nearest = gap if nearest is None else min(nearest, gap)
                    if gap > self.decision.reach_days:
                        continue
                count += 1
                if second_id in node.odds:
                    found.append(self.probability(first_id, second_id))
        if count == 0 or (nearest is not None and nearest > self.decision.window_days):
            return 0.0
        return affinity(found, count)

    def linked(self, article_id: str, to: Callable[[str], T | None]) -> Iterator[T]:
        """To what the articles belong that by themselves would join it, each once, in no order.

        Args:
            article_id: The article.
            to: What an article belongs to; None: to nothing that matters.
        """
        found: set[T] = set()
        for other in self._nodes[article_id].odds:
            # One link is enough: in a big event hundreds would say the same.
            if (meant := to(other)) is None or meant in found:
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
        self._probabilities.event_changed()

    def _leave(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        del members[bisect_left(members, article_id)]
        if not members:
            del self._members[event_id]
