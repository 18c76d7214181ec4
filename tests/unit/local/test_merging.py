"""`newsweave merge` and `newsweave evaluate merging`, with an embedder that knows no meaning."""

import gzip
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.local.commands import evaluate_merging, merge
from services.local.main import main
from services.local.sentences import plain_sentence

FERRY = "The ferry left Port Amery on Tuesday with 140 people."
PAIRS: list[dict[str, Any]] = [
    {"id": "p1", "a": FERRY, "b": FERRY.replace("140", "95"), "type": "figure", "label": "contradict"},
    {
        "id": 7,
        "a": "The ministry closed the port on Monday.",
        "b": "The port was closed by the ministry on Monday.",
        "type": "passive",
        "label": "merge",
    },
    {
        "a": "The guards opened fire on the crowd.",
        "b": "The guards may have opened fire on the crowd.",
        "type": "modal",
        "label": "different",
    },
]


class LetterEmbedder:
    """Vectors that count letters: alike for texts of the same letters."""

    model_id = "letters@000000000000"
    dimensions = 26
    max_tokens = 256

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        counts = np.array([[text.lower().count(chr(97 + at)) + 0.01 for at in range(26)] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True))


@pytest.fixture
def newsweave(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command line; gives exit code, standard output and standard error."""
    for module in (merge, evaluate_merging):
        monkeypatch.setattr(module, "offline_embedder", lambda _: LetterEmbedder())

    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        else:
            code = 0
        return code, *capsys.readouterr()

    return run


def written(path: Path, rows: Sequence[dict[str, Any]]) -> str:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return str(path)


def test_every_pair_gets_a_decision_with_reasons_in_order(newsweave: Any, tmp_path: Path) -> None:
    source = written(tmp_path / "pairs.jsonl.gz", PAIRS)
    target = tmp_path / "decisions.jsonl"
    assert newsweave("merge", source, "--out", str(target))[0] == 0
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [(row["id"], row["decision"]) for row in rows] == [("p1", "contradict"), (7, "merge"), (3, "different")]
    assert rows[0]["reasons"] == ["figures differ: 140 against 95"]
    assert all(row["reasons"] for row in rows)


def test_pairs_come_through_pipes(newsweave: Any) -> None:
    code, out, _ = newsweave("merge", "-", "--out", "-", stdin=json.dumps(PAIRS[0]))
    assert code == 0
    assert json.loads(out)["decision"] == "contradict"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"a": "The port is closed."}', "no text in b"),
        ('{"a": " ", "b": 4}', "no text in a and b"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(line: str, told: str, newsweave: Any, tmp_path: Path) -> None:
    source = tmp_path / "pairs.jsonl"
    source.write_text(json.dumps(PAIRS[0]) + "\n" + line + "\n")
    target = tmp_path / "decisions.jsonl"
    code, _, errors = newsweave("merge", str(source), "--out", str(target))
    assert code == 1
    assert f"{source}:2: {told}" in errors.replace("\n", "")
    code, _, errors = newsweave("merge", str(source), "--out", str(target), "--skip-bad")
    assert code == 0
    assert "1 rows left out" in errors
    assert len(target.read_text().splitlines()) == 1


def test_labelled_pairs_are_scored_by_set_and_type(newsweave: Any, tmp_path: Path) -> None:
    source = written(tmp_path / "pairs.jsonl", [row | {"set": "written"} for row in PAIRS])
    code, out, _ = newsweave("evaluate", "merging", source, "--json")
    assert code == 0
    scores = json.loads(out)
    assert scores["pairs"] == 3
    assert scores["kept"] == scores["kept_apart"] == scores["balanced_accuracy"] == 1.0
    assert scores["contradictions"] == {"precision": 1.0, "recall": 1.0}
    assert scores["contradictions_merged"] == {"written": 0.0}
    assert {(row["type"], row["label"], row["contradict"]) for row in scores["types"]} == {
        ("figure", "contradict", 1),
        ("passive", "merge", 0),
        ("modal", "different", 0),
    }
    assert set(scores["cosine"]) == {"threshold", "balanced_accuracy", "kept", "contradictions_merged"}
    code, out, _ = newsweave("evaluate", "merging", source)
    assert code == 0
    assert "contradictions reported   precision 1.000 (1 of 1), recall 1.000 (1 of 1)" in out


def test_pairs_may_say_no_more_than_whether_they_are_the_same(newsweave: Any, tmp_path: Path) -> None:
    rows = [{"a": row["a"], "b": row["b"], "same": row["label"] == "merge"} for row in PAIRS]
    code, out, _ = newsweave("evaluate", "merging", written(tmp_path / "pairs.jsonl", rows), "--json")
    assert code == 0
    assert json.loads(out)["balanced_accuracy"] == 1.0


@pytest.mark.parametrize("compared", ["answer", "passage"])
def test_answers_to_a_question_are_compared_with_each_other(compared: str, newsweave: Any, tmp_path: Path) -> None:
    told = [("1", "The ministry closed the port."), ("1", "The ministry closed the port."), ("2", "Forty guards fled.")]
    rows = [
        {
            "qid": "q1",
            "group": group,
            "answer": text,
            "passage": f"{text} Officials said that {text[0].lower()}{text[1:]}",
        }
        for group, text in told
    ]
    source = written(tmp_path / "groups.jsonl", rows)
    code, out, _ = newsweave("evaluate", "merging", source, "--compare", compared, "--json")
    assert code == 0
    assert (json.loads(out)["pairs"], json.loads(out)["balanced_accuracy"]) == (3, 1.0)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"a": "The port is closed.", "b": "The port is open."}], "neither a label"),
        ([{"qid": "q1", "group": "1"}], "no text in one of qid, group and answer"),
        ([], "no rows"),
    ],
)
def test_rows_without_a_label_are_refused(
    rows: list[dict[str, Any]], told: str, newsweave: Any, tmp_path: Path
) -> None:
    code, _, errors = newsweave("evaluate", "merging", written(tmp_path / "pairs.jsonl", rows))
    assert code == 1
    assert told in errors.replace("\n", " ")


def test_standard_input_cannot_be_evaluated(newsweave: Any) -> None:
    assert newsweave("evaluate", "merging", "-")[0] == 1


@pytest.mark.parametrize(
    ("cut", "plain"),
    [
        ("It does n't cost $ 5 , or 10 % .", "It doesn't cost $5, or 10%."),
        ("He said : `` The city 's ferry is n't safe . ''", "He said: \" The city's ferry isn't safe. \""),
        ("Nothing to put right.", "Nothing to put right."),
    ],
)
def test_sentences_cut_into_tokens_are_put_together_again(cut: str, plain: str) -> None:
    assert plain_sentence(cut) == plain
