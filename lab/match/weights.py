"""Fits the decision of matching to labelled articles, scores it by folds of events, and writes the weights.

    python -m lab.match.weights LABELLED.jsonl.gz …

Only articles of events that are not held out (`services.local.evaluation.match.is_held_out`) are matched; all are in
the view. Each is matched twice, with its event there and without, as `newsweave evaluate match` does it.
"""

import argparse
import asyncio
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from services.api.match.decision import Decision
from services.api.match.signals import SIGNALS
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.local.commands.options import progress_console
from services.local.evaluation.match import Attempt, attempts
from services.local.offline import count_rows
from services.local.offline_match import chosen, labelled_view, read_labelled
from services.local.progress import progress

DATA = Path(__file__).parents[2] / "services" / "api" / "match" / "data" / "weights.json"
VERSION = "match-1"
FOLDS = 5
STRENGTH = 1.0
"""`C` of scikit-learn."""
CONSTANT = 1e-9


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", help="JSON Lines (also .gz) with text and event")
    parser.add_argument("--label", default="event", help="field with the true event")
    arguments = parser.parse_args()
    found = asyncio.run(_attempts(arguments.sources, arguments.label))
    signals, right, owner, fold = _table(found)
    out_of_fold = np.zeros(len(right))
    for number in range(FOLDS):
        model = _fit(signals[fold != number], right[fold != number])
        out_of_fold[fold == number] = _probabilities(model, signals[fold == number])
    threshold, figures = _best_threshold(found, owner, out_of_fold)
    model = _fit(signals, right)
    DATA.write_text(json.dumps(_to_json(model, signals, threshold, figures), indent=1) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


async def _attempts(sources: Sequence[str], label: str) -> list[Attempt]:
    embedder, console = load_embedder("openvino", MODEL_NAME, None, threads=2), progress_console()
    with progress(console, "Reading", total=sum(count_rows(source) or 0 for source in sources)) as bar:
        articles = [each for source in sources for each in read_labelled(source, label, embedder, bar)]
    fitted = chosen(articles, held_out=False)
    with progress(console, "Matching", total=2 * len(fitted)) as bar:
        async with labelled_view(articles, Decision("none", 1.0, 0.0, {})) as matcher:
            found = []
            async for attempt in attempts(matcher, articles, fitted):
                found.append(attempt)
                bar.advance()
    return found


def _table(
    found: Sequence[Attempt],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """A row for each event compared: signals, whether it is the right one, its attempt, its fold."""
    rows = [(at, one.compared) for at, attempt in enumerate(found) for one in attempt.ranked]
    return (
        np.array([[compared.signals[name] for name in SIGNALS] for _, compared in rows]),
        np.array(
            [found[at].event_is_there and compared.event_id == found[at].labelled.event for at, compared in rows], float
        ),
        np.array([at for at, _ in rows]),
        np.array([_fold(found[at].labelled.event) for at, _ in rows]),
    )


def _fold(event: str) -> int:
    return int(hashlib.sha256(f"fold {event}".encode()).hexdigest(), 16) % FOLDS


def _fit(signals: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    means, spreads = signals.mean(axis=0), signals.std(axis=0) + CONSTANT
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((signals - means) / spreads, right)
    return means, spreads, model.coef_[0], model.intercept_


def _probabilities(model: tuple[NDArray[np.float64], ...], signals: NDArray[np.float64]) -> NDArray[np.float64]:
    means, spreads, coefficients, intercept = model
    return np.asarray(1 / (1 + np.exp(-(((signals - means) / spreads) @ coefficients + intercept))))


def _best_threshold(
    found: Sequence[Attempt], owner: NDArray[np.int64], probabilities: NDArray[np.float64]
) -> tuple[float, dict[str, float]]:
    """The threshold at which the lesser of the two shares is greatest, and the shares there."""
    best: dict[int, tuple[float, str]] = {}
    events = [one.compared.event_id for attempt in found for one in attempt.ranked]
    for at, probability, event in zip(owner.tolist(), probabilities.tolist(), events, strict=True):
        best[at] = max(best.get(at, (-1.0, "")), (probability, event))
    there = [(*best.get(at, (0.0, "")), one.labelled.event) for at, one in enumerate(found) if one.event_is_there]
    away = [best.get(at, (0.0, ""))[0] for at, one in enumerate(found) if not one.event_is_there]

    def shares(threshold: float) -> tuple[float, float]:
        right = [event == labelled and probability >= threshold for probability, event, labelled in there]
        return float(np.mean(right)), float(np.mean([probability < threshold for probability in away]))

    threshold = max(np.arange(0.02, 0.9, 0.01).tolist(), key=lambda one: min(shares(one)))
    first = float(np.mean([event == labelled for _, event, labelled in there]))
    matched, abstained = shares(threshold)
    return round(threshold, 2), {"top_1": first, "found": matched, "abstained": abstained}


def _to_json(
    model: tuple[NDArray[np.float64], ...], signals: NDArray[np.float64], threshold: float, figures: dict[str, float]
) -> dict[str, object]:
    means, spreads, coefficients, intercept = (values.tolist() for values in model)
    rows = zip(SIGNALS, means, spreads, coefficients, strict=True)
    return {
        "version": VERSION,
        "threshold": threshold,
        "intercept": intercept[0],
        "weights": {name: [round(value, 6) for value in row] for name, *row in rows},
        "fitted": {"rows": len(signals), "folds": {name: round(value, 4) for name, value in figures.items()}},
    }


if __name__ == "__main__":
    main()
