"""One ranked list of several. Pure."""

from collections.abc import Iterable, Sequence

RANK_CONSTANT = 60
"""How little the first ranks count beside the next ones: the constant of the paper."""


def fuse(*rankings: Sequence[str], weights: Iterable[float] | None = None) -> list[str]:
    """Ids of several rankings in the order of their reciprocal ranks; of equals, in the order of ids.

    Args:
        rankings: Ids, the best first, each at most once in a ranking.
        weights: What each ranking counts; None: all the same.

    Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
    Methods", SIGIR 2009.
    """
    scores: dict[str, float] = {}
    counted = [1.0] * len(rankings) if weights is None else list(weights)
    for ranking, weight in zip(rankings, counted, strict=True):
        for rank, identity in enumerate(ranking, start=1):
            scores[identity] = scores.get(identity, 0.0) + weight / (RANK_CONSTANT + rank)
    return sorted(scores, key=lambda identity: (-scores[identity], identity))
