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
from services.dedupe.comparing.alignment import FEATURES, features
from services.dedupe.comparing.comparison import objections_to
from services.dedupe.comparing.decision import Weights
from services.dedupe.comparing.propositions import Proposition, proposition
from services.dedupe.embed_handler import CLAIM_TOKENS
from services.dedupe.embedding.port import Embedder
from services.dedupe.settings import DedupeSettings
from services.extract.extraction import extract
from services.local.commands.cluster import offline_embedder
from services.local.errors import UserError
from services.local.offline_merging import article_of, read_pairs
from services.local.sentences import plain_sentence

SHRINKAGE = 1.0
RISING = frozenset(("cosine", "unmatched"))
"""Features whose weight may not be negative."""
THRESHOLDS = np.linspace(0.1, 0.9, 81)
"""Quantiles of the score at which the threshold is tried."""
SMOOTHED = 7
"""Neighbouring thresholds that are averaged over: the best single one is luck."""
NEVER = -99.0
"""Score of pairs that a slot keeps apart."""


@dataclass(frozen=True)
class Pairs:
    """Labelled pairs, arrays of one length."""

    features: NDArray[np.float64]
    same: NDArray[np.bool_]
    vetoed: NDArray[np.bool_]
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
    open_pairs = pairs.fitted & ~pairs.vetoed
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
    return np.where(pairs.vetoed, NEVER, scores)


def _read(source: str) -> Pairs:
    def stop(message: str) -> None:
        raise UserError(message)

    rows = list(read_pairs(source, stop))
    read = iter(
        _propositions([text for row in rows for text in (row.one, row.other)], offline_embedder(DedupeSettings()))
    )
    sides = [(next(read), next(read)) for _ in rows]
    return Pairs(
        features=np.array([features(*pair) for pair in sides]),
        same=np.array([bool(row.fields["same"]) for row in rows]),
        vetoed=np.array([any(objections_to(*pair)) for pair in sides]),
        # By a hash of the texts: the halves are the same however the rows are ordered.
        fitted=np.array([hashlib.sha256((row.one + row.other).encode()).digest()[0] % 2 == 0 for row in rows]),
    )


def _propositions(texts: Sequence[str], embedder: Embedder) -> list[Proposition]:
    """Of each sentence the claim that has most of it."""
    found = [extract(article_of(plain_sentence(text)), every_sentence=True).claims for text in texts]
    claims = [max(each, key=lambda claim: len(claim.text)) for each in found]
    vectors = embedder.embed([claim.text for claim in claims], max_tokens=CLAIM_TOKENS)
    return [proposition(claim, vector) for claim, vector in zip(claims, vectors, strict=True)]


if __name__ == "__main__":
    main()
