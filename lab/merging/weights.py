"""Fits the pair model of merging to judged events, scores it by folds of events, and writes the weights file.

    python -m lab.merging.weights ARTICLES.jsonl.gz services/dedupe/data/pair_model.json JUDGED.jsonl.gz …

JUDGED rows are those of `newsweave evaluate merging`; ARTICLES hold their articles by `id`. The file that is written
holds weights and scores alone, no text.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from lab.merging.judged_pairs import JudgedPairs, judged_pairs
from services.dedupe.claim_vectors import embed_claims
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.merging.claims.claim_similarity import weigh_by_source
from services.dedupe.merging.claims.pair_features import FEATURES
from services.dedupe.merging.claims.pair_model import PairModel, with_pairwise_products
from services.dedupe.merging.claims.pair_verdicts import TOGETHER
from services.local.commands.evaluate_views import articles_by_id, read_judged
from services.local.offline_view import embed_in_portions

FOLDS = 8
STRENGTH = 0.002
"""As `C` of scikit-learn: there are hundreds of products and a thousand pairs that are one."""
ROUNDS = 500
CONSTANT = 1e-9
"""Standard deviation of a feature that tells nothing."""
VERSION = "pairs-1"
_SAME_SOURCE, _NO_SOURCES = FEATURES.index("same_source"), FEATURES.index("both_without_source")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON Lines (also .gz) with id and text")
    parser.add_argument("out", type=Path, help="the weights file to write")
    parser.add_argument("judged", nargs="+", help="judged events to fit to")
    arguments = parser.parse_args()
    events = [event for source in arguments.judged for event in read_judged(source)]
    rows = articles_by_id(events, [arguments.articles])
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=2)
    parts = []
    for number, event in enumerate(events, 1):
        own = [rows[article_id] for article_id in event.articles]
        embedded = embed_in_portions([row.article for row in own], embedder)
        parts.append(judged_pairs(event, own, embed_claims(embedded, embedder)))
        sys.stderr.write(f"\revents {number}/{len(events)}")
    sys.stderr.write("\n")
    scores = cross_validated(parts)
    content = to_json(fit(parts), {"events": len(events), "embedding": embedder.model_id, "folds": scores})
    arguments.out.write_text(json.dumps(content, indent=1) + "\n")
    sys.stdout.write(json.dumps(scores, indent=1) + "\n")


def fit(parts: Sequence[JudgedPairs]) -> PairModel:
    """The model of all pairs of some events."""
    features = np.concatenate([part.features for part in parts])
    same = np.concatenate([part.same for part in parts])
    means, scales = features.mean(axis=0), features.std(axis=0)
    scales[scales < CONSTANT] = 1.0
    fitted = LogisticRegression(C=STRENGTH, max_iter=ROUNDS)
    products = with_pairwise_products((features - means) / scales)
    usual, spread = products.mean(axis=0), products.std(axis=0)
    spread[spread < CONSTANT] = 1.0
    fitted.fit((products - usual) / spread, same)
    coefficients = fitted.coef_[0] / spread
    return PairModel(means, scales, coefficients, float(fitted.intercept_[0] - np.sum(coefficients * usual)))


def cross_validated(parts: Sequence[JudgedPairs]) -> dict[str, float]:
    """Scores of pairs that the model did not see the event of: average precision, and both shares at the threshold."""
    probabilities: list[NDArray[np.float64]] = [np.empty(0)] * len(parts)
    for fold in range(FOLDS):
        model = fit([part for at, part in enumerate(parts) if at % FOLDS != fold])
        for at in range(fold, len(parts), FOLDS):
            probabilities[at] = np.array([model.predict_probability(row) for row in parts[at].features])
    values = np.concatenate(probabilities)
    same = np.concatenate([part.same for part in parts])
    joined = are_joined(np.concatenate([part.features for part in parts]), values)
    return {
        "pairs": len(same),
        "same": int(same.sum()),
        "average_precision": round(float(average_precision_score(same, values)), 3),
        "precision": round(float(same[joined].mean()), 3),
        "recall": round(float(joined[same].mean()), 3),
    }


def are_joined(features: NDArray[np.float64], probabilities: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs the service would merge if there were no others. `probabilities`: what the model gives for them."""
    of_one_source = (features[:, _SAME_SOURCE] > 0) & (features[:, _NO_SOURCES] == 0)
    weighed = [
        weigh_by_source(probability, is_of_one_source=is_of_one_source)
        for probability, is_of_one_source in zip(probabilities.tolist(), of_one_source.tolist(), strict=True)
    ]
    return np.array(weighed) >= TOGETHER


def to_json(model: PairModel, provenance: dict[str, Any]) -> dict[str, Any]:
    """Content of the weights file."""
    return {
        "version": VERSION,
        "features": list(FEATURES),
        "means": model.means.round(6).tolist(),
        "scales": model.scales.round(6).tolist(),
        "coefficients": model.coefficients.round(6).tolist(),
        "intercept": round(model.intercept, 6),
        "provenance": provenance,
    }


if __name__ == "__main__":
    main()
