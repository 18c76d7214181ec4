"""The pairs of tests/data/contradictions.jsonl have the form that their README promises."""

import json
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
FIELDS = {"id", "set", "type", "label", "domain", "half", "a", "b"}
DOMAINS = {
    "disaster",
    "courts",
    "business",
    "sport",
    "politics",
    "science",
    "weather",
    "transport",
    "war",
    "health",
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in (DATA / "contradictions.jsonl").read_text("utf-8").splitlines()]


def test_every_row_has_the_same_fields_and_nothing_empty(rows: list[dict[str, str]]) -> None:
    assert all(set(row) == FIELDS and all(row.values()) for row in rows)
    assert {row["set"] for row in rows} == {"written"}
    assert {row["label"] for row in rows} == {"contradict", "merge", "different"}


def test_ids_are_unique(rows: list[dict[str, str]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)


def test_no_sentence_stands_twice(rows: list[dict[str, str]]) -> None:
    sentences = Counter(row[side] for row in rows for side in "ab")
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_contradictions_are_spread_evenly_over_their_types(rows: list[dict[str, str]]) -> None:
    types = Counter(row["type"] for row in rows if row["label"] == "contradict")
    assert types == {"figure": 20, "polarity": 26, "attribution": 20, "date": 20}


def test_there_are_as_many_look_alikes_as_the_readme_says(rows: list[dict[str, str]]) -> None:
    labels = Counter(row["label"] for row in rows if row["type"] != "paraphrase")
    assert labels == {"contradict": 86, "different": 70, "merge": 39}
    readme = (DATA / "README.md").read_text("utf-8")
    for (kind, label), count in Counter((row["type"], row["label"]) for row in rows).items():
        listed = next(line for line in readme.splitlines() if line.startswith(f"| `{label}`"))
        assert f"`{kind}` {count}" in listed


def test_every_domain_has_contradictions_and_look_alikes(rows: list[dict[str, str]]) -> None:
    assert {row["domain"] for row in rows if row["label"] == "contradict"} == DOMAINS
    assert {row["domain"] for row in rows if row["label"] != "contradict"} == DOMAINS


def test_the_kept_half_is_half_of_every_type(rows: list[dict[str, str]]) -> None:
    halves = Counter((row["type"], row["label"], row["half"]) for row in rows)
    for kind, label in {(row["type"], row["label"]) for row in rows}:
        assert abs(halves[kind, label, "open"] - halves[kind, label, "kept"]) <= 1
