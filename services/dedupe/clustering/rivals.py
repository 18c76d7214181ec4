"""What a pair of articles is worth beside the other pairs that either is in.

An article that resembles another one more, which in turn has little to do with the first, reports that one's event:
the pair has a rival. How alike two articles of one event are varies from news to news; that neither is more like
anything else varies less.
"""

import math
from collections.abc import Mapping, Sequence

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

Ranked = Sequence[tuple[float, str]]
"""Probability and id of the other article, the most probable first."""


def ranked(near: Mapping[str, float]) -> Ranked:
    """Pairs in which a rival may be found; ties by id."""
    return sorted(
        ((value, other) for other, value in near.items() if value > _FAINT), key=lambda one: (-one[0], one[1])
    )


def weighed(probability: float, rivalry: float) -> float:
    """Probability of a pair, given the pair alone and its rival."""
    alone = min(max(probability, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-(SLOPE * math.log(alone / (1 - alone)) + SHIFT - WEIGHT * rivalry)))


def rivalry(probability: float, mine: Ranked, theirs: Mapping[str, float], other_id: str) -> float:
    """How much a better partner of one side speaks against a pair, in [0, 1].

    Args:
        probability: Of the pair alone.
        mine: Pairs of the one side.
        theirs: Pairs of the other side, by the third article.
        other_id: The other side itself.
    """
    most = 0.0
    for value, third_id in mine:
        if value - probability <= most:
            break  # those that follow are less probable still
        if third_id != other_id:
            unlike = max(0.0, 1 - theirs.get(third_id, 0.0) / UNLIKE)
            most = max(most, (value - probability) * unlike)
    return most
