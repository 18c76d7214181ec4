"""What undated articles gain by the neighbours that they share: reports of one affair support one another.

The weights are fitted to events of at most three articles, and hold every further live article against a pair without
a date. Of forty reports of one affair no pair is then probable, though nearly each is right. What distinguishes an
affair from chance is that both articles of a pair have many neighbours in common. Dated articles need no such support:
their days separate them (decision 0025).
"""

import math
from collections.abc import Callable, Mapping, Sequence

from services.dedupe.signals.density import MOST_DENSE, log_density

NEIGHBOUR = 0.015
"""From this probability on two articles are neighbours. It is that of a dense collection, whatever is live: in a thin
one all articles would be neighbours of all, and who is a neighbour would change as others come."""
MOST_BY_CHANCE = 6
"""As many shared neighbours say nothing: events of one thread, of which no two are one, have as many."""
LEAST_SHARE = 0.3
"""Share of all neighbours of the two that has to be common: siblings have neighbours of their own."""
WEIGHT, MOST_GAIN = 2.0, 4.0
"""Log odds gained for each unit of the log of shared neighbours above chance, and how much at most."""
_NEIGHBOUR_LOGIT = math.log(NEIGHBOUR / (1 - NEIGHBOUR))
_DENSE = log_density(MOST_DENSE)
_LEAST = 1e-6


def find_undated_neighbours(
    pair_odds: Mapping[str, Sequence[float]], has_no_known_day: Callable[[str], bool]
) -> frozenset[str]:
    """The undated neighbours of an undated article.

    Args:
        pair_odds: Of the article: log odds in an empty collection, and how they change with the log of the density.
        has_no_known_day: Whether another article is.
    """
    neighbours = [other for other, (base, slope) in pair_odds.items() if base + slope * _DENSE >= _NEIGHBOUR_LOGIT]
    return frozenset([other for other in neighbours if has_no_known_day(other)])


def raise_probability_by_shared_neighbours(
    probability: float, first_neighbours: frozenset[str], second_neighbours: frozenset[str]
) -> float:
    """Probability of a pair of undated articles, given the pair by itself and the neighbours of both sides."""
    shared = len(first_neighbours & second_neighbours)
    if shared < MOST_BY_CHANCE or shared < LEAST_SHARE * (len(first_neighbours) + len(second_neighbours) - shared):
        return probability
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    gain = min(MOST_GAIN, WEIGHT * math.log((1 + shared) / MOST_BY_CHANCE))
    return 1 / (1 + math.exp(-(math.log(bounded / (1 - bounded)) + gain)))
