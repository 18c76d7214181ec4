"""`newsweave merge` and `newsweave evaluate merging`, with an embedder that knows no meaning."""

import gzip
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from services.local.commands import evaluate_merging, merge
from services.local.main import main
from services.local.offline_merging import Decision, PairRow, decide_pairs
from services.local.sentences import plain_sentence
from tests.support.embedders import LetterEmbedder

PAIRS: list[dict[str, Any]] = [
    {
        "id": "p1",
        "a": "The strike shut 40 mills, the union said.",
        "b": "The strike shut 12 mills, the company said.",
        "type": "figure",
        "label": "contradict",
    },
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


def decision(one: str, other: str) -> Decision:
    ((_, decided),) = decide_pairs(iter([PairRow(1, 1, one, other, {})]), LetterEmbedder())
    return decided.decision


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
    assert rows[0]["reasons"] == ["figure: mills: 12 (the company) against 40 (the union)"]
    assert rows[1]["reasons"] == ["one claim: The port was closed by the ministry on Monday"]
    assert rows[2]["reasons"] == ["no claim in common"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry Solenne left Port Amery with 140 people.", "The ferry Solenne, with 140 people, left Port Amery."),
        ("The port was closed by the ministry on Monday.", "The ministry closed the port on Monday."),
        ("The ministry closed the port on Monday, officials said.", "The ministry closed the port on Monday."),
        ("The ministry closed the port.", "The ministry closed the port. Officials said that the bridge was shut."),
    ],
)
def test_sentences_merge_where_all_that_one_says_stands_in_the_other(one: str, other: str) -> None:
    assert decision(one, other) == decision(other, one) == Decision.MERGE


def test_sentences_that_share_one_claim_of_several_are_different() -> None:
    one = "Officials said that Ada Lind had resigned, and that the port was open."
    other = "Ada Lind resigned, officials said. Officials said that the bridge was shut."
    assert decision(one, other) == Decision.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry confirmed that its guards had fired.", "The ministry denied that its guards had fired."),
        ("The ministry closed the port on Monday.", "The ministry did not close the port on Monday."),
        ("At least 31 people were killed in the fire, police said.", "The mayor said the fire had killed 19 people."),
        ('"We will hold the town to the last house," Isar Khel said.',) * 2,
    ],
)
def test_contradictions_of_two_sentences_are_those_of_their_event(one: str, other: str) -> None:
    assert decision(one, other.replace("Isar Khel", "Rahim Daoud")) == Decision.CONTRADICT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least 1,500 troops are in the valley.", "Around 3,000 troops are in the valley."),
        ("The tunnel was expected to cost $3 billion.", "The tunnel cost $6 billion."),
        ("Between 20 and 90 people are missing in Corran.", "Some 35 people are missing in Corran."),
        ("Guards arrested another 40 men.", "Guards arrested 55 men."),
        ("The guards may have opened fire.", "The guards did not open fire."),
    ],
)
def test_what_can_both_hold_is_neither(one: str, other: str) -> None:
    assert decision(one, other) == Decision.DIFFERENT


def test_a_sentence_that_is_no_claim_in_an_article_is_one_here() -> None:
    assert decision("The priorities are out of whack.", "The priorities are way out of whack.") == Decision.MERGE


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


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"a": "The port is closed.", "b": "The port is open."}], "neither a label"),
        ([{"qid": "q1", "group": "1"}], "no text in a and b"),
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
