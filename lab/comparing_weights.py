"""Fits the likeness of claims to labelled pairs of sentences, on one half of them, and scores it on the other.

    python -m lab.comparing_weights PAIRS.jsonl.gz services/dedupe/data/comparing.json

Rows are {"a", "b", "same"}. The file holds weights alone, no text.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.logistic import fit_monotone
from services.dedupe.comparing.alignment import FEATURES, common_share, cosine, features
from services.dedupe.comparing.comparison import objections_to
from services.dedupe.comparing.decision import NEARLY_ALL, PHRASE_COSINE, PHRASE_SLOPE, Weights, are_phrases
from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.errors import UserError
from services.local.offline_merging import propositions, read_pairs

SHRINKAGE = 1.0
RISING = frozenset(("cosine", "unmatched"))
"""Features whose weight may not be negative."""
THRESHOLDS = np.linspace(0.1, 0.9, 81)
"""Quantiles of the score at which the threshold is tried."""
SMOOTHED = 7
"""Neighbouring thresholds that are averaged over: the best single one is luck."""
NEVER, ALWAYS = -99.0, 99.0
"""Scores of pairs that a slot keeps apart, and of those that have nearly all words in common."""


@dataclass(frozen=True)
class Pairs:
    """Labelled pairs, arrays of one length."""

    features: NDArray[np.float64]
    same: NDArray[np.bool_]
    vetoed: NDArray[np.bool_]
    fixed: NDArray[np.float64]
    """Score of the pairs that the weights do not decide; NaN for the others."""
    fitted: NDArray[np.bool_]
    """Which half each is in: fitted to, or scored."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args(arguments)
    pairs = _read(chosen.pairs)
    weights = fit(pairs)
    found = _scores(pairs, weights) >= 0
    for name, half in (("fitted to", pairs.fitted), ("the other half", ~pairs.fitted)):
        accuracy = (found[half & pairs.same].mean() + (~found[half & ~pairs.same]).mean()) / 2
        sys.stdout.write(f"balanced accuracy, {name}: {accuracy:.4f}\n")
    content = {
        "note": "Written by lab.comparing_weights.",
        "features": list(FEATURES),
        "coefficients": [round(float(each), 6) for each in weights.coefficients],
        "intercept": round(weights.intercept, 6),
    }
    chosen.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def fit(pairs: Pairs) -> Weights:
    """Weights of the pairs that no slot decides, with the threshold at which all are judged best at 0."""
    open_pairs = pairs.fitted & ~pairs.vetoed & ~_is_phrase(pairs)
    rising = np.array([name in RISING for name in FEATURES])
    fitted = fit_monotone(
        pairs.features[open_pairs],
        pairs.same[open_pairs].astype(np.float64),
        np.ones(open_pairs.sum()),
        SHRINKAGE,
        rising=rising,
    )
    coefficients = fitted.coefficients / fitted.scales
    intercept = fitted.intercept - float(coefficients @ fitted.means)
    scores = _scores(pairs, Weights(coefficients, intercept))[pairs.fitted]
    same = pairs.same[pairs.fitted]
    tried = np.quantile(scores, THRESHOLDS)
    gains = np.array([(scores[same] >= at).mean() - (scores[~same] >= at).mean() for at in tried])
    margin = SMOOTHED // 2
    smooth = np.convolve(gains, np.ones(SMOOTHED) / SMOOTHED, "valid")
    return Weights(coefficients, intercept - float(tried[margin + int(np.argmax(smooth))]))


def _scores(pairs: Pairs, weights: Weights) -> NDArray[np.float64]:
    scores = pairs.features @ weights.coefficients + weights.intercept
    return np.where(pairs.vetoed, NEVER, np.where(np.isnan(pairs.fixed), scores, pairs.fixed))


def _is_phrase(pairs: Pairs) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(pairs.fixed) & (pairs.fixed != ALWAYS))


def _read(source: str) -> Pairs:
    def stop(message: str) -> None:
        raise UserError(message)

    rows = list(read_pairs(source, stop))
    read = iter(
        propositions([text for row in rows for text in (row.one, row.other)], offline_embedder(DedupeSettings()))
    )
    sides = [(next(read), next(read)) for _ in rows]
    fixed = [
        PHRASE_SLOPE * (cosine(*pair) - PHRASE_COSINE)
        if are_phrases(*pair)
        else ALWAYS
        if common_share(*pair) >= NEARLY_ALL
        else np.nan
        for pair in sides
    ]
    return Pairs(
        features=np.array([features(*pair) for pair in sides]),
        same=np.array([bool(row.fields["same"]) for row in rows]),
        vetoed=np.array([any(objections_to(*pair)) for pair in sides]),
        fixed=np.array(fixed, np.float64),
        # By a hash of the texts: the halves are the same however the rows are ordered.
        fitted=np.array([hashlib.sha256((row.one + row.other).encode()).digest()[0] % 2 == 0 for row in rows]),
    )


if __name__ == "__main__":
    main()
