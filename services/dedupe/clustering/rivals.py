"""What a pair of articles is worth beside the other pairs that either is in.

An article that resembles another one more, which in turn has little to do with the first, reports that one's event:
the pair has a rival. How alike two articles of one event are varies from news to news; that neither is more like
anything else varies less.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

WEIGHT = 5.5
"""Log odds that a sure rival takes."""
SLOPE, SHIFT = 0.65, 0.65
"""What the log odds of the pair alone are multiplied by, and what is added: without a rival, doubt counts for less."""
UNLIKE = 0.2
"""A third article this probable for both is of both: no rival. Big events are thus not torn apart from within."""
LINKABLE = 0.04
"""A pair less probable than this by itself comes to less than .2 without any rival: far below the threshold."""
_FAINT = 0.05
"""A third article less probable than this is no rival worth the look."""
_LEAST = 0.002
"""No pair counts as surer than this, or its opposite."""

FEW = 4
"""Rivals are looked at one by one, in any order, where at most one in so many partners can be one."""


class Partners:
    """The pairs of one article, as they count for its rivals."""

    def __init__(self, alone: Mapping[str, float]) -> None:
        """`alone`: probability of each pair by itself, by the other article."""
        self.alone = alone
        self.rivals = frozenset([other for other, value in alone.items() if value > _FAINT])
        """The pairs in which a rival may be found."""
        self.shared = frozenset([other for other, value in alone.items() if value >= UNLIKE])
        """Articles that are no rival of one that has them too."""

    @cached_property
    def ranked(self) -> Sequence[tuple[float, str]]:
        """Probability and id of `rivals`, the most probable first; ties by id."""
        falling = sorted([(-self.alone[other], other) for other in self.rivals])
        return [(-value, other) for value, other in falling]


def weighed(probability: float, rivalry: float) -> float:
    """Probability of a pair, given the pair alone and its rival."""
    alone = min(max(probability, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-(SLOPE * math.log(alone / (1 - alone)) + SHIFT - WEIGHT * rivalry)))


def rivalry(probability: float, mine: Partners, theirs: Partners, other_id: str) -> float:
    """How much a better partner of one side speaks against a pair, in [0, 1].

    Args:
        probability: Of the pair alone.
        mine: Pairs of the one side.
        theirs: Pairs of the other side, by the third article.
        other_id: The other side itself.
    """
    # In a big event nearly all partners are the other side's too: only those that are not can be rivals.
    left = mine.rivals - theirs.shared
    if len(left) * FEW <= len(mine.rivals):
        return _strongest([(mine.alone[third_id], third_id) for third_id in left], probability, theirs, other_id)
    return _strongest(mine.ranked, probability, theirs, other_id, falling=True)


def _strongest(
    thirds: Sequence[tuple[float, str]], probability: float, theirs: Partners, other_id: str, *, falling: bool = False
) -> float:
    most = 0.0
    for value, third_id in thirds:
        if value - probability <= most:
            if falling:
                break  # those that follow are less probable still
            continue
        if third_id != other_id:
            unlike = max(0.0, 1 - theirs.alone.get(third_id, 0.0) / UNLIKE)
            most = max(most, (value - probability) * unlike)
    return most
