"""Which live article is in which event, and how well each fits."""

import math
from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from services.dedupe.clustering.decision import Decision, affinity
from services.dedupe.clustering.rivals import Ranked, ranked, rivalry, weighed
from services.dedupe.signals.pair_signals import crowding

MOST_COMPARED = 64
"""Members of an event that speak for it. Ids are hashes: the lowest are a random sample that never changes."""
MOST_CROSSED = 24
"""Members of each of two events that are held against each other."""
NEIGHBOUR = 0.1
"""Probability that makes two articles neighbours."""
FAINT = 0.01
"""Pairs less likely than this are not kept."""


Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""


@dataclass(slots=True)
class _Node:
    article_id: str
    day: float | None
    model: str
    event: str
    near: dict[str, Odds]


class Partition:
    """Articles that can be compared, the probabilities of pairs, and the events they are in.

    A probability is that under the density of now: the same articles give the same, whichever of them came first.
    """

    def __init__(self, decision: Decision, density: Callable[[float | None], int]) -> None:
        """`density`: live articles of the days up to one; without a day: all."""
        self.decision = decision
        self._density = density
        self._chances: dict[str, dict[str, float]] = {}
        self._ranked: dict[str, Ranked] = {}
        self._weighed: dict[str, dict[str, float]] = {}
        self._nodes: dict[str, _Node] = {}
        self._members: dict[str, list[str]] = {}

    def add(self, article_id: str, event_id: str, day: float | None, model: str, near: Mapping[str, Odds]) -> None:
        """Put an article that is not in into an event; `near`: its pairs, kept if the other article is in."""
        self.forget_density()
        # Every id is one object, however often it is named: they would be most of the memory.
        known: dict[str, Odds] = {
            node.article_id: (odds[0], odds[1])
            for other, odds in near.items()
            if (node := self._nodes.get(other)) is not None
        }
        self._nodes[article_id] = _Node(article_id, day, model, event_id, known)
        for other, odds in known.items():
            self._nodes[other].near[article_id] = odds
        insort(self._members.setdefault(event_id, []), article_id)

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        self.forget_density()
        node = self._nodes.pop(article_id, None)
        if node is None:
            return
        for other in node.near:
            del self._nodes[other].near[article_id]
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

    def pairs(self, article_id: str) -> Mapping[str, Odds]:
        """The pairs that an article is in."""
        return self._nodes[article_id].near

    def near(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, of now, each held against its rivals."""
        found = self._weighed.get(article_id)
        if found is None:
            found = self._weighed[article_id] = self.beside_rivals(article_id, self._alone(article_id))
        return found

    def beside_rivals(self, article_id: str, near: Mapping[str, float]) -> dict[str, float]:
        """Probabilities of an article's pairs, in or out, held against their rivals; `near`: each alone."""
        mine = ranked(near)
        found = {}
        for other, value in near.items():
            if other in self._nodes:
                theirs = self._alone(other)
                most = rivalry(value, mine, theirs, other)
                most = max(most, rivalry(value, self._ranked_of(other), near, article_id))
                found[other] = weighed(value, most)
        return found

    def _alone(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, of now, each by itself."""
        found = self._chances.get(article_id)
        if found is None:
            day = self._nodes[article_id].day
            found = {
                other: 1 / (1 + math.exp(-(base + slope * self._crowd(day, self._nodes[other].day))))
                for other, (base, slope) in self._nodes[article_id].near.items()
            }
            self._chances[article_id] = found
        return found

    def _ranked_of(self, article_id: str) -> Ranked:
        found = self._ranked.get(article_id)
        if found is None:
            found = self._ranked[article_id] = ranked(self._alone(article_id))
        return found

    def forget_density(self) -> None:
        """The density changed."""
        self._chances.clear()
        self._ranked.clear()
        self._weighed.clear()

    def _crowd(self, one: float | None, other: float | None) -> float:
        """Log of the density around the newer of two articles; of the whole collection if either is undated."""
        return crowding(self._density(None if one is None or other is None else max(one, other)))

    def fit(self, article_id: str, event_id: str) -> float:
        """Affinity of an article, in or out, to the other articles of an event."""
        node = self._nodes[article_id]
        return self.fit_of(article_id, node.day, node.model, self.near(article_id), event_id)

    def fit_of(self, article_id: str, day: float | None, model: str, near: Mapping[str, float], event_id: str) -> float:
        """The same for an article that need not be in.

        A dated article fits an event with dated members only if one of them is near in time: undated members would
        otherwise tie together what lies months apart.
        """
        speakers, nearest = self._speakers(event_id, day, model, article_id)
        if not speakers or (nearest is not None and nearest > self.decision.window_days):
            return 0.0
        return affinity([near[other] for other in speakers if other in near], len(speakers))

    def speakers(self, event_id: str, day: float | None, model: str) -> list[str]:
        """Members that an article of that day and model is held against."""
        return self._speakers(event_id, day, model, "")[0]

    def _speakers(self, event_id: str, day: float | None, model: str, without: str) -> tuple[list[str], float | None]:
        """The same but for one article, and the days to the nearest dated member, if there is one."""
        found: list[str] = []
        nearest = None
        for other_id in self.members(event_id):
            other = self._nodes[other_id]
            if other_id == without or other.model != model:
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

    def fits(
        self, article_id: str, day: float | None, model: str, near: Mapping[str, float]
    ) -> list[tuple[float, str]]:
        """Affinities to the events of its neighbours, the best first, ties by event id; zeros left out.

        `near`: probabilities of its pairs, each by itself.
        """
        near = self.beside_rivals(article_id, near)
        events = {self._nodes[other].event for other, value in near.items() if value > NEIGHBOUR}
        ranked = sorted((-self.fit_of(article_id, day, model, near, event), event) for event in events)
        return [(-score, event) for score, event in ranked if score < 0]

    def cross(self, one: Sequence[str], other: Sequence[str]) -> float:
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
            if second_id in first.near:
                found.append(self.near(first_id)[second_id])
        if count == 0 or (nearest is not None and nearest > self.decision.window_days):
            return 0.0
        return affinity(found, count)

    def linked(self, article_id: str) -> list[str]:
        """The articles that alone would join it."""
        return [other for other, value in self.near(article_id).items() if value >= self.decision.threshold]

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
