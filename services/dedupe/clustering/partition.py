"""Which live article is in which event, how well each fits, and the repair of what later articles show to be wrong.

Single-pass clustering decides with what has come so far. After each placement the event and its neighbours are looked
at again: an article that fits another event better moves, one that fits none is split off, two events that belong
together merge. The work is bounded, and depends on the articles and their order alone.
"""

import math
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from services.dedupe.clustering.decision import Decision, affinity

MOST_COMPARED = 64
"""Members of an event that speak for it. Ids are hashes: the lowest are a random sample that never changes."""
MOST_CROSSED = 24
"""Members of each of two events that are held against each other."""
MOST_CHECKED = 32
"""Articles that may move in one round."""
ROUNDS = 3
MOVE_MARGIN = 0.02
"""How much better another event must fit."""
SPLIT_MARGIN = 0.05
"""How far below the threshold an article's own event must fall."""
NEIGHBOUR = 0.1
"""Probability that makes two articles neighbours."""
FAINT = 0.01
"""Pairs less likely than this are not kept."""


Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""


class Change(StrEnum):
    """What repair does."""

    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Step:
    """One change. `articles` went from `source` to `target`; scores are affinities, `before` that to the source."""

    change: Change
    articles: tuple[str, ...]
    source: str
    target: str
    score: float
    before: float


@dataclass(slots=True)
class _Node:
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
        self._crowds: dict[float | None, float] = {}
        self._chances: dict[str, dict[str, float]] = {}
        self._nodes: dict[str, _Node] = {}
        self._members: dict[str, list[str]] = {}

    def add(self, article_id: str, event_id: str, day: float | None, model: str, near: Mapping[str, Odds]) -> None:
        """Put an article that is not in into an event; `near`: its pairs, kept if the other article is in."""
        self.forget_density()
        known = {other: odds for other, odds in near.items() if other in self._nodes}
        self._nodes[article_id] = _Node(day, model, event_id, known)
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

    def near(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, of now."""
        found = self._chances.get(article_id)
        if found is None:
            day = self._nodes[article_id].day
            found = {
                other: 1 / (1 + math.exp(-(base + slope * self._crowd(day, self._nodes[other].day))))
                for other, (base, slope) in self._nodes[article_id].near.items()
            }
            self._chances[article_id] = found
        return found

    def forget_density(self) -> None:
        """The density changed."""
        self._crowds.clear()
        self._chances.clear()

    def _crowd(self, one: float | None, other: float | None) -> float:
        """Log of the density around the newer of two articles; of the whole collection if either is undated."""
        day = None if one is None or other is None else max(one, other)
        found = self._crowds.get(day)
        if found is None:
            found = self._crowds[day] = math.log1p(self._density(day))
        return found

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
        """Affinities to the events of its neighbours, the best first, ties by event id; zeros left out."""
        events = {
            self._nodes[other].event for other, value in near.items() if value > NEIGHBOUR and other in self._nodes
        }
        ranked = sorted((-self.fit_of(article_id, day, model, near, event), event) for event in events)
        return [(-score, event) for score, event in ranked if score < 0]

    def repair(self, article_id: str, age: Callable[[str], int], new_event: Callable[[str], str]) -> list[Step]:
        """Look again at the event of an article and at its neighbours, after it came or changed.

        Args:
            article_id: The article.
            age: Rank of an event: of two that merge, the one with the lower rank stays.
            new_event: Id of the event that an article founds when it is split off.
        """
        events = {self.event_of(article_id)} | self._neighbours([article_id])
        steps: list[Step] = []
        for _ in range(ROUNDS):
            checked = self._checked(article_id, events)
            done = [step for one in checked if (step := self._resettle(one, new_event)) is not None]
            events |= {step.target for step in done}
            events = {event for event in events if self.members(event)}
            merge = self._best_merge(events, age)
            if merge is not None:
                done.append(merge)
            steps += done
            if not done:
                break
        return steps

    def _checked(self, article_id: str, events: Iterable[str]) -> list[str]:
        """Members of `events`, those nearest to the article first if there are too many; then by id."""
        near = self.near(article_id)
        members = [member for event in events for member in self.members(event)]
        if len(members) > MOST_CHECKED:
            members = sorted(members, key=lambda one: (one != article_id, -near.get(one, 0.0), one))[:MOST_CHECKED]
        return sorted(members)

    def _resettle(self, article_id: str, new_event: Callable[[str], str]) -> Step | None:
        """Move an article to the event that fits it better, or split it off."""
        node = self._nodes[article_id]
        source = node.event
        # Alone, or among members whose vectors are of another model, nothing says that it is in the wrong place.
        if not any(self._nodes[other].model == node.model for other in self.members(source) if other != article_id):
            return None
        own = self.fit(article_id, source)
        others = sorted((-self.fit(article_id, event), event) for event in self._neighbours([article_id]) - {source})
        if others and -others[0][0] >= self.decision.threshold and -others[0][0] > own + MOVE_MARGIN:
            step = Step(Change.MOVE, (article_id,), source, others[0][1], -others[0][0], own)
        elif own < self.decision.threshold - SPLIT_MARGIN:
            step = Step(Change.SPLIT, (article_id,), source, new_event(article_id), own, own)
        else:
            return None
        self._put(article_id, step.target)
        return step

    def _best_merge(self, events: Iterable[str], age: Callable[[str], int]) -> Step | None:
        """Merge the two events that belong together most."""
        pairs = {
            (min(event, other), max(event, other))
            for event in events
            for other in self._neighbours(self.members(event)[:MOST_COMPARED])
            if other != event
        }
        ranked = sorted((-self._cross(*pair), pair) for pair in pairs)
        if not ranked or -ranked[0][0] < self.decision.threshold:
            return None
        target, source = sorted(ranked[0][1], key=lambda event: (age(event), event))
        moved = tuple(self.members(source))
        for article_id in moved:
            self._put(article_id, target)
        return Step(Change.MERGE, moved, source, target, -ranked[0][0], 0.0)

    def _cross(self, one: str, other: str) -> float:
        """Affinity of two events: of all pairs between them."""
        found: list[float] = []
        count = 0
        nearest = None
        for first_id, second_id in product(self.members(one)[:MOST_CROSSED], self.members(other)[:MOST_CROSSED]):
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

    def _neighbours(self, articles: Iterable[str]) -> set[str]:
        """Events of the neighbours of articles."""
        return {
            self._nodes[other].event
            for article_id in articles
            for other, value in self.near(article_id).items()
            if value > NEIGHBOUR
        }

    def _put(self, article_id: str, event_id: str) -> None:
        node = self._nodes[article_id]
        self._leave(article_id, node.event)
        node.event = event_id
        insort(self._members.setdefault(event_id, []), article_id)

    def _leave(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        members.remove(article_id)
        if not members:
            del self._members[event_id]
