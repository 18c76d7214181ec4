"""Measures how far the order of arrival decides which articles stand together.

    python -m lab.events.order LABELLED.jsonl.gz --vectors VECTORS.npz

Places the rows in publication order and in random orders with the shipped weights, and tells the share of articles
whose companions, the other articles of their event, are not the same.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lab.events.clustering import cluster
from lab.events.labelled import Labelled, read_labelled
from lab.events.pairs import SignalCache, candidate_pairs
from services.dedupe.clustering.decision import Decision
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics
from services.local.evaluation.events import score


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, help="gzip'd JSON Lines")
    parser.add_argument("--vectors", type=Path, help="file that keeps the vectors for the next run")
    parser.add_argument("--orders", type=int, default=20, help="random orders (default: %(default)s)")
    parser.add_argument("--dated", action="store_true", help="leave undated rows out")
    arguments = parser.parse_args()
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=2)
    cache = SignalCache(embedder, TermStatistics.load_bundled(), BackgroundCorpus.load_bundled(), arguments.vectors)
    rows = [row for row in read_labelled(arguments.labelled) if row.published_at is not None or not arguments.dated]
    cache.embed(rows)
    decision = Decision.load_bundled()
    chance = random.Random(20)  # noqa: S311 - a fixed sample, no secret
    usual = _place(rows, range(len(rows)), cache, decision)
    dated = np.array([row.published_at is not None for row in rows])
    changed = []
    quality = []
    for number in range(1, arguments.orders + 1):
        order = list(range(len(rows)))
        chance.shuffle(order)
        found = _place(rows, order, cache, decision)
        changed.append(changed_companions(usual, found))
        quality.append(score(found, [row.event for row in rows]).pairwise)
        sys.stderr.write(f"\rorders {number}/{arguments.orders}")
    sys.stderr.write("\n")
    each = np.array(changed, np.float64)
    of_dated = each[:, dated].mean() if dated.any() else 0.0
    usual_quality = score(usual, [row.event for row in rows]).pairwise
    sys.stdout.write(
        f"articles {len(rows)}, orders {len(each)}\n"
        f"companions changed: {each.mean():.2%} of all, {of_dated:.2%} of the dated\n"
        f"pairwise F1: {usual_quality:.4f} in publication order, {np.mean(quality):.4f} in the mean of random orders\n"
    )


def changed_companions(one: Sequence[str], other: Sequence[str]) -> list[bool]:
    """For each row, whether the rows that share its event differ between two partitions."""
    first, second = (_events(partition) for partition in (one, other))
    return [first[a] != second[b] for a, b in zip(one, other, strict=True)]


def _events(partition: Sequence[str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for at, event in enumerate(partition):
        found.setdefault(event, set()).add(at)
    return {event: frozenset(rows) for event, rows in found.items()}


def _place(rows: Sequence[Labelled], order: Sequence[int], cache: SignalCache, decision: Decision) -> list[str]:
    """Event of each row, in the order of `rows`, when they arrive in `order`."""
    signals = [cache.of(rows[at]) for at in order]
    pairs = candidate_pairs(signals)
    found = cluster(signals, pairs, [decision])
    return [event for _, event in sorted(zip(order, found, strict=True))]


if __name__ == "__main__":
    main()
