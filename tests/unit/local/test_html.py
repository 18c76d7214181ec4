"""`newsweave html`: the articles of pages in files."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.local.test_commands import Newsweave, newsweave

__all__ = ["newsweave"]

WORDS = (
    "The old harbour bridge reopened on Monday after two years of repairs, and hundreds of people walked over it "
    "before the first lorries came, the council of the city said."
)
HEAD = (
    '<meta property="article:published_time" content="2021-03-01T09:30:00+01:00">'
    '<meta name="author" content="By Ada Lind">'
    '<link rel="canonical" href="https://courier.example/2021/bridge">'
)


def page(words: str = WORDS, head: str = HEAD) -> str:
    return (
        f"<html><head><title>Br\u00fccke open</title>{head}</head><body><article><p>{words}</p><p>{words} Again.</p>"
        "<p>Advertisement</p></article></body></html>"
    )


def rows(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_a_page_in_a_file_gives_its_article(newsweave: Newsweave, tmp_path: Path) -> None:
    file = tmp_path / "bridge.html"
    file.write_text(page(), encoding="utf-8")
    told = newsweave("html", str(file), "--out", "-")
    assert told.returncode == 0, told.stderr
    (row,) = rows(told.stdout)
    assert row["id"] == str(file)
    assert row["title"] == "Br\u00fccke open"
    assert row["text"].startswith(WORDS)
    assert row["published_at"] == "2021-03-01T09:30:00+01:00"
    assert (row["authors"], row["language"]) == (["Ada Lind"], "en")
    assert row["canonical_url"] == "https://courier.example/2021/bridge"
    assert (row["status"], row["reason"], row["kind"]) == ("usable", None, None)


def test_rows_give_characters_or_bytes_and_keep_their_order(newsweave: Newsweave, tmp_path: Path) -> None:
    given = [
        {"id": 7, "html": page(), "url": "https://courier.example/a?utm_source=x"},
        {
            "id": "bytes",
            "content_base64": base64.b64encode(page().encode("cp1252")).decode(),
            "content_type": "text/html; charset=ISO-8859-1",
        },
    ]
    file, out = tmp_path / "pages.jsonl.gz", tmp_path / "out.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, given)).encode()))
    told = newsweave("html", str(file), "--out", str(out))
    assert told.returncode == 0, told.stderr
    assert "Reading: 2 of 2" in told.stderr
    one, other = rows(gzip.decompress(out.read_bytes()).decode())
    assert (one["id"], one["canonical_url"]) == (7, "https://courier.example/2021/bridge")
    assert (other["id"], other["title"]) == ("bytes", "Br\u00fccke open")


def test_a_page_without_an_article_has_a_row_that_says_so(newsweave: Newsweave) -> None:
    given = [
        {"id": "empty", "html": "<html><body></body></html>"},
        {"id": "no page", "html": "plain words"},
        {"id": "too much", "html": "<p " + "a " * 300 + ">" + WORDS},
        {"id": "wall", "html": page("Subscribe now to read the rest of this article, for a crown a week.")},
        {"id": "good", "html": page(), "url": "no address"},
    ]
    told = newsweave("html", "-", "--out", "-", stdin="\n".join(map(json.dumps, given)))
    assert told.returncode == 0, told.stderr
    found = {row["id"]: (row["status"], row["text"] is None) for row in rows(told.stdout)}
    assert found == {
        "empty": ("no_article", True),
        "no page": ("refused", True),
        "too much": ("refused", True),
        "wall": ("stub", False),
        "good": ("usable", False),
    }
    assert all(row["reason"] for row in rows(told.stdout) if row["status"] != "usable")


def test_a_folder_is_read_whole(newsweave: Newsweave, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.htm").write_text(page(), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "html": page()}) + "\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Nothing.", encoding="utf-8")
    told = newsweave("html", str(tmp_path), "--out", "-")
    assert [row["id"] for row in rows(told.stdout)] == ["a", str(tmp_path / "deep" / "b.htm")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "a row is a JSON object"),
        ("{}", "give html"),
        ('{"content_base64": "?"}', "content_base64 is not base64"),
    ],
)
def test_a_row_that_cannot_be_used_stops_the_run_or_is_left_out(line: str, fault: str, newsweave: Newsweave) -> None:
    stopped = newsweave("html", "-", "--out", "-", stdin=line)
    assert stopped.returncode == 1
    assert f"-:1: {fault}" in stopped.stderr
    went_on = newsweave("html", "-", "--out", "-", "--skip-bad", stdin=f"{line}\n{json.dumps({'html': page()})}")
    assert went_on.returncode == 0
    assert [row["id"] for row in rows(went_on.stdout)] == [2]


def test_a_missing_file_is_named(newsweave: Newsweave, tmp_path: Path) -> None:
    told = newsweave("html", str(tmp_path / "none.html"), "--out", "-")
    assert told.returncode == 1
    assert "there is no such file" in told.stderr


def test_evaluate_pages_tells_how_well_they_are_read(newsweave: Newsweave, tmp_path: Path) -> None:
    right = {"text": f"{WORDS}\n{WORDS} Again.", "title": "Br\u00fccke open", "authors": ["Ada Lind"]}
    labelled = {"id": "1", "site": "courier", "html": page(), "published": "2021-03-01T08:30:00+00:00"} | right
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps(labelled) + "\n", encoding="utf-8")
    told = newsweave("evaluate", "pages", str(file), "--json", "--show")
    assert told.returncode == 0, told.stderr
    scores = json.loads(told.stdout)
    assert (scores["pages"], scores["f1"], scores["pages_with_boilerplate"]) == (1, 1.0, 0.0)
    assert (scores["title"], scores["minute"], scores["authors"]) == ("1.000 (1 of 1)", "1.000 (1 of 1)", 1.0)
    parts = [newsweave("evaluate", "pages", str(file), "--part", f"{part}/2", "--json").stdout for part in (1, 2)]
    assert sorted(json.loads(part)["pages"] for part in parts) == [0, 1]
    assert "give a part such as 1/2" in newsweave("evaluate", "pages", str(file), "--part", "3/2").stderr


def test_a_page_is_known_by_its_beginning_whatever_its_file_is_called(newsweave: Newsweave, tmp_path: Path) -> None:
    file = tmp_path / "bridge.aspx"
    file.write_text("\n" + page().replace("<p>", "\n\n<p>"), encoding="utf-8")
    of_file = newsweave("html", str(file), "--out", "-")
    of_input = newsweave("html", "-", "--out", "-", stdin=file.read_text("utf-8"))
    assert (of_file.returncode, of_input.returncode) == (0, 0), of_file.stderr + of_input.stderr
    (row,), (same,) = rows(of_file.stdout), rows(of_input.stdout)
    assert row["text"].startswith(WORDS)
    assert row | {"id": "-"} == same


def test_a_damaged_page_in_a_folder_is_left_out_where_that_is_asked_for(newsweave: Newsweave, tmp_path: Path) -> None:
    packed = gzip.compress(page().encode())
    (tmp_path / "a.html.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "b.html.gz").write_bytes(packed)
    stopped = newsweave("html", str(tmp_path), "--out", "-")
    assert (stopped.returncode, rows(stopped.stdout)) == (1, [])
    assert "--skip-bad" in stopped.stderr
    told = newsweave("html", str(tmp_path), "--out", "-", "--skip-bad")
    assert told.returncode == 0, told.stderr
    assert len(rows(told.stdout)) == 1
    assert f"left out: {tmp_path / 'a.html.gz'}: Compressed file ended" in told.stderr


def test_a_missing_folder_for_the_results_is_named(newsweave: Newsweave, tmp_path: Path) -> None:
    (tmp_path / "bridge.html").write_text(page(), encoding="utf-8")
    out = tmp_path / "none" / "rows.jsonl"
    told = newsweave("html", str(tmp_path / "bridge.html"), "--out", str(out))
    assert told.returncode == 1
    assert f"there is no folder {out.parent}; make it first" in told.stderr
