"""Undated articles of one affair know one another: what a pair is worth in the company of others.

The weights are fitted to events of at most three articles, and hold every further live article against a pair without
a date. Of forty reports of one affair no pair is then probable, though nearly each is right. What tells an affair from
chance is company: articles that both sides of a pair are near to. Dated articles need none of it: days part them.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from services.dedupe.signals.pair_signals import MOST_DENSE, crowding

NEAR = 0.015
"""Articles of a pair this probable keep company. Judged as in a dense collection, so that a thin one, in which all are
near to all, is no affair, and who keeps company with whom does not change as others come."""
USUAL = 6
"""Fewer articles in common say nothing: events of one thread, of which no two are one, have as many."""
LEAST_SHARE = 0.3
"""Of those that either side keeps company with, as many have to be common: siblings have their own."""
WEIGHT, MOST = 2.0, 4.0
"""Log odds gained as the common company outgrows the usual, for each unit of its log, and how much at most."""
_NEAR_ODDS = math.log(NEAR / (1 - NEAR))
_DENSE = crowding(MOST_DENSE)
_LEAST = 1e-6


def company(pairs: Mapping[str, Sequence[float]], is_undated: Callable[[str], bool]) -> frozenset[str]:
    """The undated articles that an undated one keeps company with.

    Args:
        pairs: Of the article: log odds in an empty collection, and how they change with the log of the density.
        is_undated: Whether another article is.
    """
    near = [other for other, (base, slope) in pairs.items() if base + slope * _DENSE >= _NEAR_ODDS]
    return frozenset([other for other in near if is_undated(other)])


def in_company(probability: float, mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Probability of a pair of undated articles, given the pair alone and the company of its sides."""
    common = len(mine & theirs)
    if common < USUAL or common < LEAST_SHARE * (len(mine) + len(theirs) - common):
        return probability
    alone = min(max(probability, _LEAST), 1 - _LEAST)
    gain = min(MOST, WEIGHT * math.log((1 + common) / USUAL))
    return 1 / (1 + math.exp(-(math.log(alone / (1 - alone)) + gain)))
