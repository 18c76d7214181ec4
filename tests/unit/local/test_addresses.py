"""`newsweave canonical` and `newsweave evaluate addresses`."""

import json
from pathlib import Path

import pytest

from services.local.errors import UserError
from services.local.main import command_line


def run(*arguments: str) -> None:
    with pytest.raises(SystemExit) as end:
        command_line()(args=list(arguments))
    assert end.value.code == 0


def test_each_line_gets_its_canonical_address_and_a_bad_one_an_empty_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "addresses.txt"
    given.write_bytes(
        b"https://m.coast.example/n/1?utm_source=x\r\nno address\n\nhttps://coast.example/n/\xff\nhttp://a.example/2"
    )
    run("canonical", str(given))
    told = capsys.readouterr()
    assert told.out.split("\n") == [
        "https://coast.example/n/1",
        "",
        "",
        "https://coast.example/n/%EF%BF%BD",
        "https://a.example/2",
        "",
    ]
    assert "addresses.txt:2: not a web address: 'no address'" in told.err
    assert "addresses.txt:3:" in told.err


def test_pairs_are_counted_apart_by_what_they_must_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"a": "https://a.example/1", "b": "https://a.example/1/", "fold": True},
        {
            "a": "https://a.example/1",
            "b": "https://a.example/one",
            "fold": True,
            "held": True,
            "kind": "told otherwise",
        },
        {"a": "https://a.example/1", "b": "https://a.example/2", "fold": False},
    ]
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("\n".join(map(json.dumps, rows)))
    run("evaluate", "addresses", str(pairs), "--json")
    scores = json.loads(capsys.readouterr().out)
    assert scores["all"] == {"fold": 2, "folded": 1, "apart": 1, "kept_apart": 1}
    assert scores["held"] == {"fold": 1, "folded": 0, "apart": 0, "kept_apart": 0}
    run("evaluate", "addresses", str(pairs), "--show")
    assert "must fold: told otherwise: https://a.example/1 https://a.example/one" in capsys.readouterr().out


def test_a_row_that_is_no_pair_is_named(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"a": "https://a.example/1"}\n')
    with pytest.raises(UserError, match=r"pairs\.jsonl:1: not a pair"):
        command_line()(args=["evaluate", "addresses", str(pairs)])
