"""Which live article is in which event, and how well each fits."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from services.dedupe.clustering.article_node import ArticleNode, Odds
from services.dedupe.clustering.competitors import LINKABLE, adjust_for_competition
from services.dedupe.clustering.decision import Decision, affinity_to_event
from services.dedupe.clustering.division import DivisionFinder
from services.dedupe.clustering.groups import Group
from services.dedupe.clustering.pair_probabilities import PairProbabilities
from services.dedupe.clustering.sampling import sample_ids_around
from services.dedupe.signals.article_rows import Rows

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

    def __init__(
        self,
        decision: Decision,
        count_articles_until: Callable[[float | None], int],
        find_rows: Callable[[Sequence[str]], Rows | None] = lambda _: None,
    ) -> None:
        """Nothing is in.

        Args:
            decision: Weights and thresholds.
            count_articles_until: Live articles of the days up to one; without a day: all.
            find_rows: The rows of articles of one model, by which groups are divided; None: they are not.
        """
        self.decision = decision
        self.divisions = DivisionFinder(find_rows)
        self._nodes: dict[str, ArticleNode] = {}
        self._members: dict[str, list[str]] = {}
        self._models: Counter[str] = Counter()
        self._probabilities = PairProbabilities(self._nodes, count_articles_until, self.is_sampled_event)

    def add_article(
        self,
        article_id: str,
        event_id: str,
        publication_day: float | None,
        embedding_model: str,
        pair_odds: Mapping[str, Odds],
        *,
        undated: bool | None = None,
        harm: bool = False,
    ) -> None:
        """Put an article that is not in into an event.

        Args:
            article_id: The article.
            event_id: The event.
            publication_day: Of its publication.
            embedding_model: Of its vectors.
            pair_odds: Of its pairs, kept if the other article is in.
            undated: Whether nothing tells the day of its event either; None: if nothing tells that of publication.
            harm: Whether it opens with harm.
        """
        # Every id is one object, however often it is named: they would be most of the memory.
        known: dict[str, Odds] = {
            node.article_id: (pair[0], pair[1])
            for other, pair in pair_odds.items()
            if (node := self._nodes.get(other)) is not None
        }
        self._nodes[article_id] = ArticleNode(
            article_id,
            publication_day,
            embedding_model,
            event_id,
            known,
            publication_day is None if undated is None else undated,
            harm,
        )
        for other, pair in known.items():
            self._nodes[other].odds[article_id] = pair
        insort(self._members.setdefault(event_id, []), article_id)
        self._models[embedding_model] += 1
        self._probabilities.invalidate_after_adding(article_id)

    def remove_article(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        node = self._nodes.get(article_id)
        if node is None:
            return
        self._probabilities.invalidate_before_removing(article_id)
        self.divisions.forget_all()
        del self._nodes[article_id]
        self._models[node.model] -= 1
        for other in node.odds:
            del self._nodes[other].odds[article_id]
        self._remove_from_event(article_id, node.event)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._nodes

    def event_id_of(self, article_id: str) -> str:
        """The event that an article is in."""
        return self._nodes[article_id].event

    def member_ids(self, event_id: str) -> list[str]:
        """Articles of an event that can be compared, ascending, not to be changed; none if there are none."""
        return self._members.get(event_id, [])

    def is_sampled_event(self, event_id: str) -> bool:
        """Whether an event is too big for each of its articles to be compared with all the others."""
        return len(self.member_ids(event_id)) > MOST_COMPARED

    def embedding_model_of(self, article_id: str) -> str:
        """The model of an article's vectors."""
        return self._nodes[article_id].model

    def members_of_other_models(self, event_id: str, embedding_model: str) -> list[str]:
        """Articles of an event whose vectors are of another model, which says nothing about where they belong."""
        if self._models[embedding_model] == len(self._nodes):
            return []
        return [one for one in self.member_ids(event_id) if self._nodes[one].model != embedding_model]

    def pair_odds(self, article_id: str) -> Mapping[str, Odds]:
        """The pairs that an article is in."""
        return self._nodes[article_id].odds

    def raw_probabilities(self, article_id: str) -> Mapping[str, float]:
        """Present probabilities of the pairs that an article is in, each by itself."""
        return self._probabilities.raw_probabilities(article_id)

    def pair_probability(self, first_id: str, second_id: str) -> float:
        """Probability that two articles report one event, given their competitors; 0 if they are no pair."""
        return self._probabilities.adjusted_pair_probability(first_id, second_id)

    def is_likely_pair(self, first_id: str, second_id: str, min_probability: float) -> bool:
        """Whether a pair is at least so probable. Most pairs are so plain that no competitor is looked for."""
        value = self._probabilities.raw_pair_probability(first_id, second_id)
        if adjust_for_competition(value, 0.0) < min_probability:
            return False
        return (
            adjust_for_competition(value, 1 - value) >= min_probability
            or self.pair_probability(first_id, second_id) >= min_probability
        )

    def invalidate_after_density_change(self) -> None:
        """Take note that the density around an article changed."""
        self._probabilities.invalidate_after_density_change()

    def sample_members_to_compare(
        self, event_id: str, article_id: str, publication_day: float | None, embedding_model: str
    ) -> list[str]:
        """Members of an event that an article of that day and model is compared with, ascending.

        A sample: those whose ids stand next to that of the article (see `sampling`).
        """
        return self._sample_near_members(event_id, article_id, publication_day, embedding_model, harm=False)[0]

    def max_days_between(self, article_id: str, *, harm: bool) -> float:
        """Days that may lie between an article that is in and one that joins its event; `harm`: of the other one."""
        both = harm and self._nodes[article_id].harm
        return self.decision.harm_window_days if both else self.decision.window_days

    def _sample_near_members(
        self, event_id: str, article_id: str, publication_day: float | None, embedding_model: str, *, harm: bool
    ) -> tuple[list[str], bool]:
        """The same, and whether one of those that were looked at is near in time, or no days can be compared."""
        found: list[str] = []
        dated = near = False
        for other_id in sample_ids_around(self.member_ids(event_id), article_id, MOST_LOOKED_AT):
            other = self._nodes[other_id]
            if other.model != embedding_model:
                continue
            if publication_day is not None and other.day is not None:
                gap = abs(publication_day - other.day)
                dated, near = True, near or gap <= self.max_days_between(other_id, harm=harm)
                if gap > self.decision.reach_days:
                    continue
            found.append(other_id)
            if len(found) == MOST_COMPARED:
                break
        return sorted(found), near or not dated

    def rank_events_by_affinity(
        self,
        article_id: str,
        publication_day: float | None,
        embedding_model: str,
        raw_probabilities: Mapping[str, float],
        pair_odds: Mapping[str, Odds] | None = None,
        *,
        harm: bool = False,
    ) -> list[tuple[float, str]]:
        """Affinities of an article that is not in to the events of its neighbours; zeros left out.

        A dated article fits an event with dated members only if one of them is near in time: undated members would
        otherwise tie together what lies months apart.

        Args:
            article_id: The article.
            publication_day: Of its publication.
            embedding_model: Of its vectors.
            raw_probabilities: Probabilities of its pairs, each by itself.
            pair_odds: Of the same pairs, if nothing tells the day of its event: shared neighbours count then.
            harm: Whether it opens with harm.

        Returns:
            Affinity and event, the best first, ties by event id.
        """
        known: Mapping[str, float] = {
            other: value for other, value in raw_probabilities.items() if other in self._nodes
        }
        if pair_odds:
            known = self._probabilities.undated.raise_newcomer(known, pair_odds)
        ranked = []
        for event in {self._nodes[other].event for other, value in known.items() if value >= LINKABLE}:
            others, near = self._sample_near_members(event, article_id, publication_day, embedding_model, harm=harm)
            if others and near:
                probabilities = self._probabilities.adjusted_probabilities_of_newcomer(known, others, event)
                ranked.append((-affinity_to_event(list(probabilities.values()), len(others)), event))
        return [(-score, event) for score, event in sorted(ranked) if score < 0]

    def group_affinity(self, first_group: Group, second_group: Group) -> float:
        """Affinity of two groups of articles: of the pairs of some of the smaller one with a sample of the other."""
        if len(second_group) < len(first_group):
            first_group, second_group = second_group, first_group
        found: list[float] = []
        count = 0
        dated = near = False
        # In a group as small as this all pairs are known. Of a bigger one those with the nearest ids are.
        common = second_group.lowest_article_ids(MOST_CROSSED) if len(second_group) <= MOST_COMPARED else None
        for first_id in first_group.lowest_article_ids(MOST_CROSSED):
            node = self._nodes[first_id]
            for second_id in second_group.sample_ids_around(first_id, MOST_CROSSED) if common is None else common:
                other = self._nodes[second_id]
                if node.model != other.model:
                    continue
                if node.day is not None and other.day is not None:
                    gap = abs(node.day - other.day)
                    dated, near = True, near or gap <= self.max_days_between(second_id, harm=node.harm)
                    if gap > self.decision.reach_days:
                        continue
                count += 1
                if second_id in node.odds:
                    found.append(self.pair_probability(first_id, second_id))
        if count == 0 or (dated and not near):
            return 0.0
        return affinity_to_event(found, count)

    def iterate_linked(self, article_id: str, event_of: Callable[[str], T | None]) -> Iterator[T]:
        """To what the articles belong that by themselves would join it, each once, in no order.

        Args:
            article_id: The article.
            event_of: What an article belongs to; None: to nothing that matters.
        """
        found: set[T] = set()
        for other in self._nodes[article_id].odds:
            # One link is enough: in a big event hundreds would say the same.
            if (meant := event_of(other)) is None or meant in found:
                continue
            if self.is_likely_pair(article_id, other, self.decision.threshold):
                found.add(meant)
                yield meant

    def move_article(self, article_id: str, event_id: str) -> None:
        """Take an article from its event into another."""
        node = self._nodes[article_id]
        self._remove_from_event(article_id, node.event)
        node.event = event_id
        insort(self._members.setdefault(event_id, []), article_id)
        self._probabilities.invalidate_after_move()

    def _remove_from_event(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        del members[bisect_left(members, article_id)]
        if not members:
            del self._members[event_id]
