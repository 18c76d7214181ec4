"""Fits the join decision to labelled articles, scores it by event folds, and writes the weights file.

    python -m lab.events.weights LABELLED.jsonl.gz services/dedupe/data/weights.json

Rows need `title`, `text`, `published_at` and `event`. The file holds weights and scores alone, no text.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.events.clustering import cluster
from lab.events.labelled import (
    FOLDS,
    Labelled,
    Replica,
    as_is,
    bare,
    read_labelled,
    replicas,
    shortened,
    sibling_groups,
    undated,
)
from lab.events.pairs import COSINE_FLOOR, HARM_WINDOW_DAYS, REACH_DAYS, WINDOW_DAYS, SignalCache, candidate_pairs
from lab.logistic import Logistic, fit_monotone
from services.dedupe.clustering.decision import Decision
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.pair_signals import ALIKE, FIXED, SIGNALS
from services.dedupe.signals.terms import TermStatistics
from services.local.evaluation.events import Scores, score

VERSION = "10"
THRESHOLD = 0.27
SHRINKAGE = 0.1
BALANCE = 0.03
"""Weight of all pairs of one event to that of all others. Equal weights would fit the far easier pairs, and overstate
"same event" where it is decided."""
PRIOR_SHIFT = 0.2
"""Taken off the intercept, so that one threshold holds for thin and for dense collections."""
DATED_LEAN, DATED_CROWD = -0.3, 1.8
UNDATED_LEAN, UNDATED_CROWD = -0.3, 6.5
"""What each unit of the log of the density adds to the log odds of a pair, and where it adds nothing (decision 0024).
A fit to pairs learns too little of it: in a dense collection one wrong pair joins two events whole, in a thin one a
doubtful pair is the only one that an event has."""
FULL_NAME, FULL_NAME_UNDATED = 3.0, 1.0
"""What a rare full name in common adds to the log odds of a pair (decision 0067): the fit would give it nothing, as the
labelled articles name few whom no other event of theirs does."""
HARM_NAME = 3.0
"""What a rare name in common adds to that of two reports of harm between which days lie (decision 0068): in politics,
of which the labelled articles are, days part the steps of an affair."""
EASY_SHARE = 0.05
"""Share of the clearly different pairs that is kept, at a weight that makes up for the rest."""
HARD_COSINE, HARD_TERMS = 0.6, 0.45

SIBLING_GROUPS, SIBLINGS, SIBLING_WEIGHT = 3, 12, 0.3
"""Collections of similar events in each view, events in each, and how often they count."""

VIEWS: dict[str, Callable[[Labelled], Labelled]] = {"full": as_is, "shortened": shortened, "bare": bare}


def shortened_undated(row: Labelled) -> Labelled:
    """Title and two sentences, without a date."""
    return undated(shortened(row))


class Training:
    """Pairs of all replicas, by which folds they touch, so that every fit takes those it may see."""

    def __init__(self, rows: Sequence[Labelled], cache: SignalCache) -> None:
        """Compute the signals of all pairs that count: all positives, all hard negatives, a sample of the rest."""
        chance = np.random.default_rng(1)
        parts: list[tuple[NDArray[Any], ...]] = []
        made = [*replicas(rows), *_siblings(rows, cache)]
        for number, replica in enumerate(made, 1):
            pairs = candidate_pairs([cache.of(row) for row in replica.rows])
            events = np.array([row.event for row in replica.rows])
            folds = np.array([row.fold for row in replica.rows])
            same = events[pairs.later] == events[pairs.earlier]
            cosine, terms = (pairs.signals[:, SIGNALS.index(name)] for name in ("cosine", "terms"))
            hard = same | (cosine > HARD_COSINE) | (terms > HARD_TERMS)
            kept = hard | (chance.random(len(same)) < EASY_SHARE)
            weights = replica.weight * np.where(hard, 1.0, 1 / EASY_SHARE)
            parts.append(
                (
                    pairs.signals[kept],
                    same[kept].astype(np.float64),
                    weights[kept],
                    folds[pairs.later][kept],
                    folds[pairs.earlier][kept],
                )
            )
            sys.stderr.write(f"\rreplicas {number}/{len(made)}")
        sys.stderr.write("\n")
        self._x, self._y, self._weights, self._later, self._earlier = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )

    def fit(self, without: int | None = None) -> Decision:
        """Weights fitted to all pairs, or to those that do not touch a fold."""
        kept = np.ones(len(self._y), np.bool_)
        if without is not None:
            kept = (self._later != without) & (self._earlier != without)
        fitted = fit_monotone(
            self._x[kept][:, : len(SIGNALS) - len(FIXED)],
            self._y[kept],
            self._weights[kept],
            SHRINKAGE,
            balance=BALANCE,
            rising=np.array([name in ALIKE for name in SIGNALS if name not in FIXED]),
        )
        shifted = with_fixed_weights(replace(fitted, intercept=fitted.intercept - PRIOR_SHIFT))
        return Decision.from_json(to_json(leaned(shifted), {}))


def with_fixed_weights(fitted: Logistic) -> Logistic:
    """The same with the signals that no fit weighs: `FIXED`, which are the last ones."""
    fixed = {"full_name": FULL_NAME, "full_name_undated": FULL_NAME_UNDATED, "harm_name": HARM_NAME}
    return replace(
        fitted,
        means=np.append(fitted.means, np.zeros(len(FIXED))),
        scales=np.append(fitted.scales, np.ones(len(FIXED))),
        coefficients=np.append(fitted.coefficients, [fixed[name] for name in FIXED]),
    )


def leaned(fitted: Logistic) -> Logistic:
    """The same, with more weight on the density: `DATED_LEAN` and `UNDATED_LEAN`."""
    added = np.zeros(len(SIGNALS))
    added[SIGNALS.index("density")] = DATED_LEAN
    added[SIGNALS.index("density_x_undated")] = UNDATED_LEAN - DATED_LEAN
    added[SIGNALS.index("undated")] = DATED_LEAN * DATED_CROWD - UNDATED_LEAN * UNDATED_CROWD
    return replace(
        fitted,
        coefficients=fitted.coefficients + added * fitted.scales,
        intercept=fitted.intercept + float(np.sum(added * fitted.means)) - DATED_LEAN * DATED_CROWD,
    )


def _siblings(rows: Sequence[Labelled], cache: SignalCache) -> list[Replica]:
    vectors = np.array([cache.of(row).lead for row in rows])
    made = []
    for seed, change in enumerate((undated, bare, shortened_undated)):
        groups = sibling_groups(rows, vectors, SIBLING_GROUPS, SIBLINGS, seed)
        made += [Replica(tuple(map(change, group)), SIBLING_WEIGHT) for group in groups]
    return made


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, help="gzip'd JSON Lines to fit to")
    parser.add_argument("out", type=Path, help="the weights file to write")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="labelled rows to score, never fitted to")
    parser.add_argument("--vectors", type=Path, help="file that keeps the vectors for the next run")
    arguments = parser.parse_args()
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=2)
    cache = SignalCache(embedder, TermStatistics.load_bundled(), BackgroundCorpus.load_bundled(), arguments.vectors)
    rows = read_labelled(arguments.labelled)
    unseen = {path.name.partition(".")[0]: read_labelled(path) for path in arguments.unseen}
    cache.embed([view(row) for part in (rows, *unseen.values()) for row in part for view in VIEWS.values()])
    training = Training(rows, cache)
    by_fold = [training.fit(without=fold) for fold in range(FOLDS)]
    fitted = training.fit()
    scores = {
        "folds": cross_validate(rows, cache, by_fold),
        "whole, out of fold": {
            name: _rounded([_whole([view(row) for row in rows], cache, by_fold)]) for name, view in VIEWS.items()
        },
        **{
            name: {view: _rounded([_alone(part, cache, fitted, VIEWS[view])]) for view in VIEWS}
            for name, part in unseen.items()
        },
    }
    provenance = {
        "data": "editor-labelled news articles in English; full, shortened, bare and thinned replicas",
        "caveat": "balance, shift, lean and threshold were chosen on the same folds: scores are a bit optimistic",
        "rows": len(rows),
        "embedding": embedder.model_id,
        **scores,
    }
    arguments.out.write_text(json.dumps({**_content(fitted), "provenance": provenance}, indent=1) + "\n")
    sys.stdout.write(json.dumps(scores, indent=1) + "\n")


def cross_validate(
    rows: Sequence[Labelled], cache: SignalCache, by_fold: Sequence[Decision]
) -> dict[str, dict[str, float]]:
    """Mean scores over folds of whole events, each clustered alone by weights that never saw it."""
    return {
        name: _rounded(
            [
                _alone([row for row in rows if row.fold == fold], cache, decision, view)
                for fold, decision in enumerate(by_fold)
            ]
        )
        for name, view in VIEWS.items()
    }


def _alone(
    rows: Sequence[Labelled], cache: SignalCache, decision: Decision, view: Callable[[Labelled], Labelled]
) -> Scores:
    signals = [cache.of(view(row)) for row in rows]
    pairs = candidate_pairs(signals)
    found = cluster(signals, pairs, [decision])
    return score(found, [row.event for row in rows])


def _whole(rows: Sequence[Labelled], cache: SignalCache, by_fold: Sequence[Decision]) -> Scores:
    """All rows as one collection: each pair is judged by weights that never saw the later article's event."""
    signals = [cache.of(row) for row in rows]
    pairs = candidate_pairs(signals)
    found = cluster(signals, pairs, by_fold, np.array([row.fold for row in rows], np.intp))
    return score(found, [row.event for row in rows])


def _rounded(scores: Sequence[Scores]) -> dict[str, float]:
    measures = ("b_cubed", "pairwise", "adjusted_rand", "pairwise_precision", "pairwise_recall")
    return {measure: round(float(np.mean([getattr(one, measure) for one in scores])), 4) for measure in measures}


def to_json(fitted: Logistic, provenance: dict[str, Any]) -> dict[str, Any]:
    """Content of the weights file."""
    return {
        "version": VERSION,
        "signals": list(SIGNALS),
        "means": fitted.means.round(6).tolist(),
        "scales": fitted.scales.round(6).tolist(),
        "coefficients": fitted.coefficients.round(6).tolist(),
        "intercept": round(fitted.intercept, 6),
        "threshold": THRESHOLD,
        "window_days": WINDOW_DAYS,
        "harm_window_days": HARM_WINDOW_DAYS,
        "reach_days": REACH_DAYS,
        "cosine_floor": COSINE_FLOOR,
        "provenance": provenance,
    }


def _content(decision: Decision) -> dict[str, Any]:
    fitted = Logistic(decision.means, decision.scales, decision.coefficients, decision.intercept)
    return to_json(fitted, {})


if __name__ == "__main__":
    main()
