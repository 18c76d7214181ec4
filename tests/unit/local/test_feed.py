"""`newsweave feed`: documents in, rows out."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from services.local.errors import UserError
from services.local.main import main
from services.local.offline_feeds import read_documents
from tests.unit.ingest.feeds.cases import PLAIN, rss


def rows_of(source: Path, out: Path) -> list[dict[str, Any]]:
    with pytest.raises(SystemExit) as end:
        main(["feed", str(source), "--out", str(out)])
    assert end.value.code == 0
    return [json.loads(line) for line in out.read_text().splitlines()]


def packed(identity: object, content: bytes, **more: str) -> str:
    return json.dumps({"id": identity, "content_base64": base64.b64encode(content).decode(), **more})


def test_a_file_gives_a_row_with_its_items(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(PLAIN))
    (row,) = rows_of(file, tmp_path / "out.jsonl")
    assert row["id"] == "feed.xml"
    assert row["items"] == [
        {
            "title": "Old harbour bridge reopens",
            "url": "https://courier.example/2031/03/bridge",
            "published_at": "2031-03-03T09:30:00+02:00",
            "summary": "Traffic returned on Monday.",
            "authors": [],
        }
    ]


def test_a_folder_gives_a_row_for_each_file_with_the_reason_of_what_is_no_feed(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.xml").write_bytes(rss(PLAIN))
    (folder / "sub" / "a.html").write_bytes(b"<html><body>Not found</body></html>")
    rows = rows_of(folder, tmp_path / "out.jsonl")
    assert [(row["id"], row["outcome"], len(row["items"])) for row in rows] == [
        ("b.xml", "read", 1),
        ("sub/a.html", "not_a_feed", 0),
    ]
    assert rows[1]["reason"]


def test_rows_with_base64_give_a_row_each_in_order(tmp_path: Path) -> None:
    source = tmp_path / "feeds.jsonl.gz"
    relative = rss("<title>Bridge</title><link>/b</link>").replace(b"https://courier.example/", b"")
    lines = [packed(1, rss(PLAIN)), packed("x", relative, url="https://press.example/rss"), '{"id": 3}', "{broken"]
    source.write_bytes(gzip.compress("\n".join(lines).encode()))
    rows = rows_of(source, tmp_path / "out.jsonl")
    assert [row["id"] for row in rows[:3]] == [1, "x", 3]
    assert [row["outcome"] for row in rows] == ["read", "read", "bad_row", "bad_row"]
    assert rows[1]["items"][0]["url"] == "https://press.example/b"


def test_rows_are_rows_whatever_their_file_is_called(tmp_path: Path) -> None:
    source = tmp_path / "feeds.json"
    source.write_text(packed(1, rss(PLAIN)))
    assert [row["id"] for row in rows_of(source, tmp_path / "out.jsonl")] == [1]


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        list(read_documents(str(tmp_path / "none.xml")))


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no files in this folder"):
        list(read_documents(str(tmp_path)))


def test_of_a_file_without_an_end_no_more_is_read_than_a_feed_may_have(tmp_path: Path) -> None:
    (row,) = rows_of(Path("/dev/zero"), tmp_path / "out.jsonl")
    assert (row["outcome"], row["items"]) == ("unsafe_feed", [])
