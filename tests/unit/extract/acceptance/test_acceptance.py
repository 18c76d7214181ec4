"""The learned threshold, and what it is learned from."""

import gzip
import json
from pathlib import Path

import pytest

from services.extract.acceptance.acceptance import LearnedAcceptance, load_acceptance
from services.extract.acceptance.verb_classes import load_verb_classes
from services.extract.attributions.scoring import Weights
from services.extract.extraction import extract
from services.extract.fitting import acceptance as fitting
from tests.unit.extract.articles import article

TEXT = "Ada Reyl said that the bridge was safe. The mayor believes that the ferry will be late."
OPEN = "The mayor hopes that the bridge is safe. The mayor believes that the ferry will be late today."
"""What no rule takes for a claim."""


def texts_accepted(least: float, weights: dict[str, float]) -> list[str]:
    chosen = LearnedAcceptance(Weights(0.0, weights), load_verb_classes(), least)
    return [claim.text for claim in extract(article(OPEN), acceptance=chosen).claims]


def test_a_higher_threshold_accepts_fewer_claims() -> None:
    weights = {"words from 4": 1.0, "words from 5": 1.0}
    assert texts_accepted(0.5, weights) == ["the bridge is safe", "the ferry will be late today"]
    assert texts_accepted(1.5, weights) == ["the ferry will be late today"]
    assert texts_accepted(2.5, weights) == []


def test_what_somebody_says_in_a_whole_clause_needs_no_odds() -> None:
    never = LearnedAcceptance(Weights(0.0, {}), load_verb_classes(), 1.0)
    assert [claim.text for claim in extract(article(TEXT), acceptance=never).claims] == ["the bridge was safe"]


def test_the_weights_that_ship_accept_what_somebody_said() -> None:
    assert "the bridge was safe" in [claim.text for claim in extract(article(TEXT)).claims]
    assert load_acceptance().weights.of


def verdicts(text: str, words: str, verdict: str) -> dict[str, object]:
    start = text.index(words)
    claim = {"article": "1", "start": start, "end": start + len(words), "commitment": "asserts", "verdict": verdict}
    return {**claim, "speaker": "Ada Reyl" if "Reyl said" in text else "mayor"}


@pytest.fixture
def labelled(tmp_path: Path) -> tuple[Path, Path]:
    rows, judged = tmp_path / "articles.jsonl.gz", tmp_path / "verdicts.jsonl.gz"
    with gzip.open(rows, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "1", "text": TEXT}) + "\n")
    claims = [
        {**verdicts(TEXT, "the bridge was safe", "good"), "speaker": "Ada Reyl"},
        {**verdicts(TEXT, "the ferry will be late", "fragment"), "speaker": "The mayor"},
    ]
    with gzip.open(judged, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"event": "e", "articles": ["1"], "claims": claims, "missed": []}) + "\n")
    return rows, judged


def test_cases_are_the_assertions_that_readers_judged(labelled: tuple[Path, Path]) -> None:
    rows, judged = labelled
    assert [(case.event, case.good) for case in fitting.read_cases(rows, [judged])] == [("e", True), ("e", False)]


def test_what_is_fitted_is_written_as_the_service_reads_it() -> None:
    data = json.loads(fitting.acceptance_text(Weights(0.5, {"b": 1.0, "a": 2.0}), 0.123))
    assert (data["threshold"], data["intercept"], list(data["weights"])) == (0.12, 0.5, ["a", "b"])
    assert data["version"] == fitting.VERSION


def test_the_threshold_keeps_the_share_of_good_cases_that_it_is_asked_for() -> None:
    cases = [fitting.Case("e", {}, good) for good in (True, True, False, True, True)]
    odds = [4.0, 3.0, 2.5, 2.0, 1.0]
    assert fitting.threshold(odds, cases, 1.0) == 1.0
    assert fitting.threshold(odds, cases, 0.5) == 3.0
    assert fitting.accepted(odds, cases, 2.0) == 0.75
