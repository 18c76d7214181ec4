"""Probabilities of pairs at the present density: each pair by itself (raw), and given its competitors (adjusted)."""

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from math import exp

from services.dedupe.clustering.article_node import ArticleNode, Odds
from services.dedupe.clustering.bounded_cache import remember
from services.dedupe.clustering.competitors import (
    ArticlePartners,
    adjust_for_competition,
    strongest_competition,
    strongest_competition_among,
)
from services.dedupe.clustering.undated_neighbours import UndatedNeighbours
from services.dedupe.signals.density import MOST_DENSE, log_density

_DENSE = log_density(MOST_DENSE)
MOST_EXAMINED = 192
"""Pairs of an article up to which all of its partners compete with each other."""
MOST_CANDIDATES = 16
"""Partners that compete of an article in a big event, the strongest: it has hundreds, which say the same."""
MOST_DAYS = 65_536
"""Days whose density is remembered."""


class PairProbabilities:
    """Computes what is asked for, and remembers it until the density or the pair changes.

    An article has tens of pairs, of which few are in doubt: what is adjusted is a pair, not an article.
    """

    def __init__(
        self,
        nodes_by_id: Mapping[str, ArticleNode],
        count_articles_until: Callable[[float | None], int],
        is_sampled_event: Callable[[str], bool],
    ) -> None:
        """Remember where to look; nothing is computed yet.

        Args:
            nodes_by_id: The articles, by id.
            count_articles_until: Live articles of the days up to one; without a day: all.
            is_sampled_event: Whether an event is too big for all of its articles to have been compared with each other.
        """
        self._nodes = nodes_by_id
        self._density = count_articles_until
        self._is_sampled = is_sampled_event
        self._crowding: dict[float | None, float] = {}  # by day
        self._partners: dict[str, ArticlePartners] = {}
        self._adjusted: dict[tuple[str, str], float] = {}
        self.undated = UndatedNeighbours(nodes_by_id)
        """What pairs of undated articles gain by shared neighbours, also those of an article that is not yet placed."""
        self._strongest: dict[str, list[tuple[float, str]]] = {}
        self._candidates: dict[str, list[tuple[float, str]]] = {}

    def invalidate_after_density_change(self) -> None:
        """Forget what was computed: the density changed."""
        self._crowding.clear()
        self._partners.clear()
        self._candidates.clear()
        self._adjusted.clear()

    def invalidate_after_adding(self, article_id: str) -> None:
        """Take note of an article that came with its pairs."""
        node = self._nodes[article_id]
        self._crowding.pop(node.day, None)
        for other, odds in node.odds.items():
            self._partners.pop(other, None)
            self._candidates.pop(other, None)
            self.undated.forget(other)
            if (ranked := self._strongest.get(other)) is not None:
                insort(ranked, (_negative_log_odds(odds), article_id))
                del ranked[MOST_CANDIDATES:]
        self._adjusted.clear()

    def invalidate_before_removing(self, article_id: str) -> None:
        """Take note of an article that goes with its pairs."""
        node = self._nodes[article_id]
        # With the last article of a day nobody sees any more how crowded that day becomes.
        self._crowding.pop(node.day, None)
        for changed in (article_id, *node.odds):
            self._partners.pop(changed, None)
            self._candidates.pop(changed, None)
            self.undated.forget(changed)
            self._strongest.pop(changed, None)
        self._adjusted.clear()

    def invalidate_after_move(self) -> None:
        """Take note of an article that went to another event: in big events, that decides what competes."""
        self._adjusted.clear()

    def raw_probabilities(self, article_id: str) -> Mapping[str, float]:
        """Probabilities of the pairs that an article is in, each by itself."""
        return self._get_partners(article_id).probabilities

    def raw_pair_probability(self, first_id: str, second_id: str) -> float:
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
        value = 1 / (1 + exp(-(odds[0] + odds[1] * self._log_density_on_day(newer))))
        if not (first.undated and second.undated):
            return value
        return self.undated.raise_pair(value, first, second)

    def adjusted_pair_probability(self, first_id: str, second_id: str) -> float:
        """Probability of a pair of articles given its competitors; 0 if they are no pair."""
        key = (first_id, second_id) if first_id < second_id else (second_id, first_id)
        probability = self._adjusted.get(key)
        if probability is None:
            first, second = self._nodes[first_id], self._nodes[second_id]
            if self._needs_strongest_partners_only(first) or self._needs_strongest_partners_only(second):
                probability = self._adjust_for_strongest_partners(first, second)
            else:
                probability = self._adjust_for_all_partners(first_id, self._get_partners(first_id), second_id)
            self._adjusted[key] = probability
        return probability

    def adjusted_probabilities_of_newcomer(
        self, raw_probabilities: Mapping[str, float], member_ids: Sequence[str], event_id: str
    ) -> dict[str, float]:
        """Adjusted probabilities of the pairs of an article that is not in with members of an event.

        Args:
            raw_probabilities: Of all pairs of the article.
            member_ids: The members.
            event_id: The event.
        """
        paired = [other for other in member_ids if other in raw_probabilities]
        if not self._is_sampled(event_id):
            mine = ArticlePartners(raw_probabilities)
            return {other: self._adjust_for_all_partners("", mine, other) for other in paired}
        outside = [(value, third) for third, value in raw_probabilities.items() if self._nodes[third].event != event_id]

        def own(third: str) -> float:
            return raw_probabilities.get(third, 0.0)

        found = {}
        for other in paired:
            value = raw_probabilities[other]
            against = strongest_competition_among(outside, value, partial(self.raw_pair_probability, other), other)
            against = max(
                against,
                strongest_competition_among(
                    self._strongest_partners_outside_event(self._nodes[other], event_id), value, own, ""
                ),
            )
            found[other] = adjust_for_competition(value, against)
        return found

    def _adjust_for_all_partners(self, article_id: str, own_partners: ArticlePartners, other_id: str) -> float:
        value = own_partners.probabilities.get(other_id)
        if value is None:
            return 0.0
        theirs = self._get_partners(other_id)
        return adjust_for_competition(
            value,
            max(
                strongest_competition(value, own_partners, theirs, other_id),
                strongest_competition(value, theirs, own_partners, article_id),
            ),
        )

    def _adjust_for_strongest_partners(self, first_node: ArticleNode, second_node: ArticleNode) -> float:
        """Adjusted probability of a pair of which a side is in a big event, or has as many pairs.

        Only the strongest partners compete. Within an event that is too big for all articles to be compared, only those
        of other events do: that a third member was not compared with both says nothing against the pair.
        """
        if second_node.article_id not in first_node.odds:
            return 0.0
        value = self.raw_pair_probability(first_node.article_id, second_node.article_id)
        inside = (
            first_node.event if first_node.event == second_node.event and self._is_sampled(first_node.event) else None
        )
        against = 0.0
        for node, other in ((first_node, second_node), (second_node, first_node)):
            if thirds := self._strongest_partners_outside_event(node, inside):
                relation = partial(self.raw_pair_probability, other.article_id)
                against = max(against, strongest_competition_among(thirds, value, relation, other.article_id))
        return adjust_for_competition(value, against)

    def _needs_strongest_partners_only(self, node: ArticleNode) -> bool:
        return len(node.odds) > MOST_EXAMINED or self._is_sampled(node.event)

    def _strongest_partners_outside_event(self, node: ArticleNode, event_id: str | None) -> list[tuple[float, str]]:
        """The strongest pairs of an article but for those within `event_id`: raw probability and other id."""
        own, nodes = node.article_id, self._nodes
        candidates = self._candidates.get(own)
        if candidates is None:
            ranked = self._strongest.get(own)
            if ranked is None:
                ranked = nsmallest(
                    MOST_CANDIDATES, ((_negative_log_odds(odds), other) for other, odds in node.odds.items())
                )
                remember(self._strongest, own, ranked)
            candidates = [(self.raw_pair_probability(own, other), other) for _, other in ranked]
            remember(self._candidates, own, candidates)
        return [(value, other) for value, other in candidates if nodes[other].event != event_id]

    def _get_partners(self, article_id: str) -> ArticlePartners:
        partners = self._partners.get(article_id)
        if partners is None:
            partners = ArticlePartners(self._compute_raw_probabilities(self._nodes[article_id]))
            remember(self._partners, article_id, partners)
        return partners

    def _compute_raw_probabilities(self, node: ArticleNode) -> Mapping[str, float]:
        raw: dict[str, float] = {}
        own, nodes, crowding_on = node.day, self._nodes, self._crowding
        for other, (base, slope) in node.odds.items():
            day = nodes[other].day
            newer = None if own is None or day is None else max(own, day)
            # As most of the time goes here, without a call for each pair.
            crowd = crowding_on.get(newer)
            if crowd is None:
                crowd = self._log_density_on_day(newer)
            raw[other] = 1 / (1 + exp(-(base + slope * crowd)))
        return self.undated.raise_all(raw, node) if node.undated else raw

    def _log_density_on_day(self, day: float | None) -> float:
        """The log density of the day of the newer of two articles; without a day, of the whole collection."""
        crowd = self._crowding.get(day)
        if crowd is None:
            crowd = log_density(self._density(day))
            if len(self._crowding) >= MOST_DAYS:
                self._crowding.clear()
            self._crowding[day] = crowd
        return crowd


def _negative_log_odds(odds: Odds) -> float:
    """Log odds against a pair in a dense collection: by these the pairs of an article are ranked, whatever is live."""
    return -(odds[0] + odds[1] * _DENSE)
