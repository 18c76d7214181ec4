"""How a pair of articles counts given the other pairs of both: a better partner elsewhere speaks against it.

If an article is more similar to a third one, which in turn has little to do with the other article, it reports the
event of the third: the pair has a competitor. How similar two reports of one event are varies from event to event;
that neither is more similar to anything else varies less.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

WEIGHT = 5.5
"""Log odds that a sure competitor takes."""
SLOPE, SHIFT = 0.65, 0.65
"""What the log odds of the pair by itself are multiplied by, and what is added: without a competitor, doubt counts for
less."""
SHARED = 0.2
"""A third article this probable for both belongs to both: no competitor. Big events are thus not torn apart from
within."""
LINKABLE = 0.04
"""A pair less probable than this by itself comes to less than .2 without any competitor: far below the threshold."""
_FAINT = 0.05
"""A third article less probable than this is not looked at."""
_LEAST = 0.002
"""No pair counts as surer than this, or its opposite."""
_FEW = 4
"""Candidates are looked at one by one, in any order, where at most one in so many partners is one."""


class ArticlePartners:
    """The pairs of one article, prepared for the search for competitors."""

    def __init__(self, probabilities: Mapping[str, float]) -> None:
        """`probabilities`: of each pair by itself, by the other article."""
        self.probabilities = probabilities
        self.candidates = frozenset([other for other, value in probabilities.items() if value > _FAINT])
        """Articles that may compete with another partner."""
        self.shared = frozenset([other for other, value in probabilities.items() if value >= SHARED])
        """Articles that do not compete with one that has them too."""

    @cached_property
    def candidates_by_probability(self) -> Sequence[tuple[float, str]]:
        """Probability and id of `candidates`, the most probable first; ties by id."""
        falling = sorted([(-self.probabilities[other], other) for other in self.candidates])
        return [(-value, other) for value, other in falling]


def adjust_for_competition(probability: float, competition: float) -> float:
    """Probability of a pair, given the pair by itself and its strongest competitor."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-(SLOPE * math.log(bounded / (1 - bounded)) + SHIFT - WEIGHT * competition)))


def strongest_competition(
    probability: float, own_partners: ArticlePartners, other_partners: ArticlePartners, other_id: str
) -> float:
    """How much a better partner of one side speaks against a pair, in [0, 1].

    Args:
        probability: Of the pair by itself.
        own_partners: Pairs of the one side.
        other_partners: Pairs of the other side, by the third article.
        other_id: The other side itself.
    """
    # In a big event nearly all partners are the other side's too: only those that are not can compete.
    left = own_partners.candidates - other_partners.shared
    related = other_partners.probabilities.get
    if len(left) * _FEW <= len(own_partners.candidates):
        thirds = [(own_partners.probabilities[third_id], third_id) for third_id in left]
        return strongest_competition_among(thirds, probability, lambda third_id: related(third_id, 0.0), other_id)
    return strongest_competition_among(
        own_partners.candidates_by_probability,
        probability,
        lambda third_id: related(third_id, 0.0),
        other_id,
        is_sorted=True,
    )


def strongest_competition_among(
    third_articles: Sequence[tuple[float, str]],
    probability: float,
    probability_with_other: Callable[[str], float],
    other_id: str,
    *,
    is_sorted: bool = False,
) -> float:
    """How much the strongest of some partners of one side speaks against a pair, in [0, 1].

    Args:
        third_articles: Probability and id of the partners.
        probability: Of the pair by itself.
        probability_with_other: Probability of the pair of a third article and the other side.
        other_id: The other side.
        is_sorted: Whether the most probable of `third_articles` stand first.
    """
    most = 0.0
    for value, third_id in third_articles:
        if value - probability <= most:
            if is_sorted:
                break  # those that follow are less probable still
            continue
        if third_id != other_id and value > _FAINT:
            unrelated = max(0.0, 1 - probability_with_other(third_id) / SHARED)
            most = max(most, (value - probability) * unrelated)
    return most
