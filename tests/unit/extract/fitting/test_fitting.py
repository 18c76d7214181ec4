"""Counts and weights from labelled articles."""

import gzip
import json

import pytest

from services.extract.attributions.scoring import expit
from services.extract.fitting.attributions import Fold, fit_model, lexicon_text, tally, weights_text
from services.extract.fitting.cases import Annotated, cases, read_articles
from services.extract.fitting.logistic import fit
from services.extract.syntax.spacy_parser import load_parser

TEXT = "Ada Reyl said that the bridge was safe. The mayor ate the cake that he had baked."


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Annotated]:
    def part(words: str) -> list[dict[str, object]]:
        return [{"spans": [[TEXT.index(words), TEXT.index(words) + len(words)]]}]

    label = {"cue": part("said"), "content": part("that the bridge was safe"), "source": part("Ada Reyl")}
    path = tmp_path_factory.mktemp("labelled") / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as rows:
        rows.write(json.dumps({"text": TEXT, "attributions": [label]}) + "\n")
    return read_articles(path, load_parser())


def test_a_candidate_at_an_annotated_cue_is_right_and_others_are_not(articles: list[Annotated]) -> None:
    counts = tally(articles)
    assert (counts.seen["verb", "say", "ccomp"], counts.hits["verb", "say", "ccomp"]) == (1, 1)
    assert counts.hits["verb", "eat", "dobj"] == 0
    assert counts.seen["verb", "eat", "dobj"] == 1


def test_a_candidate_inside_annotated_content_says_nothing_of_its_lemma(articles: list[Annotated]) -> None:
    model = fit_model([Fold(articles, tally(articles))] * 2)
    counting = [case.weighed.candidate.lemma for case in cases(articles[0], model.rates) if case.counts]
    assert "say" in counting
    assert "be" not in counting


def test_what_is_fitted_is_written_as_the_service_reads_it(articles: list[Annotated]) -> None:
    model = fit_model([Fold(articles, tally(articles))] * 2)
    assert ["verb", "say", "ccomp", 2, 2] in json.loads(lexicon_text(model.rates))["rows"]
    assert set(json.loads(weights_text(model))) == {"note", "candidates", "endings"}


def test_a_logistic_model_learns_the_feature_that_tells_and_leaves_out_rare_ones() -> None:
    rows = [{"tells": 1.0, "noise": float(number % 2)} for number in range(40)]
    rows += [{"noise": float(number % 2)} for number in range(40)]
    weights = fit([*rows, {"rare": 1.0}], [True] * 40 + [False] * 41, fewest=5, penalty=0.1)
    assert "rare" not in weights.of
    assert expit(weights.odds([("tells", 1.0)])) > 0.9
    assert expit(weights.odds([("noise", 1.0)])) < 0.1
