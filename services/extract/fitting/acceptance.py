"""Fits which assertions become claims to verdicts of readers, and writes the small file that we ship.

    python -m services.extract.fitting.acceptance ARTICLES.jsonl.gz VERDICTS.jsonl.gz … --out services/extract/data
    python -m services.extract.fitting.acceptance ARTICLES.jsonl.gz VERDICTS.jsonl.gz …

Rows are those of `newsweave evaluate claims --judged`. Prints, for shares of the good assertions that are kept, the
share of good ones among those accepted, each event judged by a model of the others. What is written are weights of
named features, no text.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.contracts.claim import ClaimKind
from services.extract.acceptance.features import features
from services.extract.acceptance.grammar import grammar_of
from services.extract.acceptance.verb_classes import load_verb_classes
from services.extract.acceptance.vetoes import veto
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.scoring import Weights
from services.extract.evaluation.verdicts import GOOD, FoundClaim, JudgedArticle, read_judged
from services.extract.extraction import extract
from services.extract.fitting.cases import bare_article
from services.extract.fitting.logistic import fit

VERSION = 1
FOLDS = 10
FEWEST = 8
PENALTY = 10.0
SHARES = (0.99, 0.97, 0.95, 0.93, 0.9, 0.85, 0.8)
NOTE = (
    "Weights of a logistic model over named features (services/extract/acceptance/features.py), and the log odds from "
    "which on an assertion is a claim. Made by services/extract/fitting/acceptance.py."
)


@dataclass
class Case:
    """An assertion that a reader judged."""

    event: str
    features: Mapping[str, float]
    good: bool


@dataclass
class Recording:
    """Takes every assertion that no veto stands against, and remembers it."""

    assertions: list[tuple[Assertion, dict[str, float]]] = field(default_factory=list)

    def accepts(self, resources: Resources, reading: SentenceReading, assertion: Assertion) -> bool:
        """Whether no veto stands against the assertion."""
        grammar = None if reading.scene is None else grammar_of(reading.scene, assertion.range)
        if veto(resources.document.text, assertion, grammar) is not None:
            return False
        self.assertions.append((assertion, dict(features(resources, reading, assertion, grammar, load_verb_classes()))))
        return True


def read_cases(articles: Path, verdicts: Sequence[Path]) -> list[Case]:
    """The assertions of judged articles on which there is a verdict."""
    rows = [row for path in verdicts for row in _rows(path)]
    events = {str(article): str(row["event"]) for row in rows for article in row["articles"]}
    judged = read_judged(rows)
    return [
        case
        for row in _rows(articles)
        if str(row["id"]) in judged
        for case in judged_cases(row["text"], judged[str(row["id"])], events[str(row["id"])])
    ]


def judged_cases(text: str, judged: JudgedArticle, event: str) -> Iterator[Case]:
    """The judged assertions of one text."""
    recording = Recording()
    extract(bare_article(text), acceptance=recording)
    for assertion, named_features in recording.assertions:
        speaker = assertion.speaker
        claim = FoundClaim(
            assertion.range,
            ClaimKind.STATEMENT,
            speaker.canonical if speaker else None,
            speaker.surface if speaker else None,
            assertion.commitment,
        )
        verdict = judged.verdict_on(claim)
        if verdict is not None:
            yield Case(event, named_features, verdict == GOOD)


def held_out_odds(cases: Sequence[Case]) -> list[float]:
    """Log odds of each case by a model of the events of the other folds."""
    events = sorted({case.event for case in cases})
    fold = {event: number % FOLDS for number, event in enumerate(events)}
    odds = [0.0] * len(cases)
    for number in range(min(FOLDS, len(events))):
        weights = _fit([case for case in cases if fold[case.event] != number])
        for index, case in enumerate(cases):
            if fold[case.event] == number:
                odds[index] = weights.odds(case.features.items())
    return odds


def _fit(cases: Sequence[Case]) -> Weights:
    return fit([case.features for case in cases], [case.good for case in cases], fewest=FEWEST, penalty=PENALTY)


def threshold(odds: Sequence[float], cases: Sequence[Case], kept: float) -> float:
    """The odds from which on a share `kept` of the good cases is accepted."""
    good = sorted((value for value, case in zip(odds, cases, strict=True) if case.good), reverse=True)
    return good[max(0, round(kept * len(good)) - 1)] if good else 0.0


def accepted(odds: Sequence[float], cases: Sequence[Case], least: float) -> float:
    """The share of good cases among those with at least so much."""
    chosen = [case.good for value, case in zip(odds, cases, strict=True) if value >= least]
    return sum(chosen) / len(chosen) if chosen else 0.0


def acceptance_text(weights: Weights, least: float) -> str:
    """What `load_acceptance` reads."""
    data = {"note": NOTE, "version": VERSION, "threshold": round(least, 2), "intercept": weights.intercept}
    return json.dumps({**data, "weights": dict(sorted(weights.of.items()))}, indent=1) + "\n"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _print_curve(odds: Sequence[float], cases: Sequence[Case]) -> None:
    good = sum(case.good for case in cases)
    sys.stdout.write(
        f"{len(cases):,} judged assertions of {len({case.event for case in cases}):,} events, {good:,} good\n"
    )
    for share in SHARES:
        least = threshold(odds, cases, share)
        sys.stdout.write(f"kept {share:.2f}  accepted {accepted(odds, cases, least):.3f}  from odds {least:.2f}\n")


def main(arguments: Iterable[str]) -> None:
    """Fit, print the curve, and write the file if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="rows with id and text")
    parser.add_argument("verdicts", type=Path, nargs="+", help="rows of verdicts on their claims")
    parser.add_argument("--out", type=Path, help="folder to write acceptance.json into; nothing is written without it")
    parser.add_argument("--kept", type=float, default=0.95, help="share of good assertions to be kept (default: .95)")
    options = parser.parse_args(list(arguments))
    cases = read_cases(options.articles, options.verdicts)
    odds = held_out_odds(cases)
    _print_curve(odds, cases)
    if options.out is not None:
        target = options.out / "acceptance.json"
        target.write_text(acceptance_text(_fit(cases), threshold(odds, cases, options.kept)), encoding="utf-8")
        sys.stdout.write(f"wrote {target}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
