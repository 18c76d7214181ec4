"""How well a partition of articles into events agrees with labels: B-cubed, pairwise F1, adjusted Rand index."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """Agreement of a partition with labels, each in [0, 1] (`adjusted_rand` may fall below 0)."""

    b_cubed_precision: float
    b_cubed_recall: float
    b_cubed: float
    pairwise_precision: float
    pairwise_recall: float
    pairwise: float
    adjusted_rand: float
    events: int
    """Clusters found."""


def score(found: Sequence[str], labels: Sequence[str]) -> Scores:
    """Compare two partitions of the same rows, given as the cluster of each row.

    B-cubed: Bagga and Baldwin 1998, in the form of Amigó et al. 2009. Adjusted Rand: Hubert and Arabie 1985.

    Raises:
        ValueError: The two differ in length.
    """
    both = Counter(zip(found, labels, strict=True))
    clusters, classes = Counter(found), Counter(labels)
    rows = len(found)
    precision = _ratio(sum(n * n / clusters[cluster] for (cluster, _), n in both.items()), rows)
    recall = _ratio(sum(n * n / classes[label] for (_, label), n in both.items()), rows)
    hits, said, true = (sum(map(_pairs, counts.values())) for counts in (both, clusters, classes))
    pair_precision, pair_recall = _ratio(hits, said), _ratio(hits, true)
    expected = said * true / _pairs(rows) if rows > 1 else 0.0
    best = (said + true) / 2
    return Scores(
        b_cubed_precision=precision,
        b_cubed_recall=recall,
        b_cubed=_harmonic(precision, recall),
        pairwise_precision=pair_precision,
        pairwise_recall=pair_recall,
        pairwise=_harmonic(pair_precision, pair_recall),
        adjusted_rand=1.0 if best == expected else (hits - expected) / (best - expected),
        events=len(clusters),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _ratio(part: float, whole: float) -> float:
    """`part / whole`; an empty whole has nothing wrong in it."""
    return part / whole if whole else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
