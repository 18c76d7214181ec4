import gzip
import io
import json
from pathlib import Path

import pytest

from services.ingest.build import first_revision
from services.ingest.files import BadFile, FileRow, find_files, read_file, read_lines
from tests.unit.ingest.fakes import NOW, TEXT, row


def rows(path: Path) -> list[FileRow]:
    return list(read_file(path))


def title(path: Path) -> str | None:
    return first_revision(rows(path)[0].submission, fetched_at=NOW).title


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines_give_a_row_for_each_line(tmp_path: Path, packed: bool) -> None:
    content = (json.dumps(row(id="a")) + "\n\n" + json.dumps(row(id=2)) + "\r\n").encode()
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(content) if packed else content)
    found = rows(path)
    assert [(entry.line, entry.submission.id) for entry in found] == [(1, "a"), (3, "2")]
    assert found[0].data == row(id="a")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert len(rows(write(tmp_path / "a.jsonl", "\ufeff" + json.dumps(row())))) == 1


def test_a_json_file_holds_one_article_over_many_lines(tmp_path: Path) -> None:
    assert rows(write(tmp_path / "a.json", json.dumps(row(), indent=2)))[0].submission.text == TEXT


def test_standard_input_is_json_lines() -> None:
    assert [entry.path for entry in read_lines(io.BytesIO(json.dumps(row()).encode()), "-")] == ["-"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "a"', "a.jsonl:2: not JSON"),
        ('{"text": "a", "published_at": "soon"}', "a.jsonl:2: published_at: give an ISO 8601 time"),
        ('["text"]', "a.jsonl:2: an article is a JSON object"),
        ('{"text": "\\ud800"}', "a.jsonl:2: not JSON"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps(row()) + "\n" + line + "\n")
    with pytest.raises(BadFile) as caught:
        rows(path)
    assert message in str(caught.value)


def test_a_text_with_a_headline_takes_it_as_title_and_keeps_it_in_the_text(tmp_path: Path) -> None:
    content = f"Skip to content\n\nOld harbour bridge reopens to traffic\n\nBy Ada Lind\n\n{TEXT}\n"
    found = rows(write(tmp_path / "a.txt", content))[0]
    assert found.data == {"pasted": True, "text": content}
    assert first_revision(found.submission, fetched_at=NOW).title == "Old harbour bridge reopens to traffic"


@pytest.mark.parametrize(
    "first",
    [
        "The old harbour bridge reopened on Monday.",
        "Riverton, Northland",
        "HARBOUR CITY, Northland, March 3 (Meridian Press)",
        "Who opened the bridge, and why?",
        "a " * 150,
    ],
)
def test_a_first_line_that_is_no_headline_is_no_title(tmp_path: Path, first: str) -> None:
    assert title(write(tmp_path / "a.txt", f"{first}\n\n{TEXT}")) is None


def test_a_headline_needs_a_longer_paragraph_after_it(tmp_path: Path) -> None:
    assert title(write(tmp_path / "a.txt", "Old harbour bridge reopens to traffic\nShort.")) is None
    assert title(write(tmp_path / "a.txt", "Old harbour bridge reopens to traffic")) is None


def test_a_text_in_another_encoding_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"ma\xf1ana")
    with pytest.raises(BadFile, match=r"a\.txt: not UTF-8 at byte 2"):
        rows(tmp_path / "a.txt")


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"a\.txt:1: text: is empty"):
        rows(write(tmp_path / "a.txt", "\n"))


def test_a_page_is_a_row_of_html(tmp_path: Path) -> None:
    assert rows(write(tmp_path / "a.HTML", "<p>Hello</p>"))[0].data == {"html": "<p>Hello</p>"}


@pytest.mark.parametrize("cut", [b"not gzip at all", gzip.compress(b"x" * 100, mtime=0)[:-9]])
def test_a_broken_gzip_file_is_named(tmp_path: Path, cut: bytes) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(cut)
    with pytest.raises(BadFile, match=r"a\.jsonl\.gz"):
        rows(tmp_path / "a.jsonl.gz")


def test_a_folder_gives_all_its_readable_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    # A .json can be anything, such as settings or a schema: it has to be named.
    for name in ("b.txt", "a.jsonl", "notes.md", "sub/c.html", "d.JSONL.GZ", "expected.json"):
        write(tmp_path / name, "x")
    assert [str(path.relative_to(tmp_path)) for path in find_files(tmp_path)] == [
        "a.jsonl",
        "b.txt",
        "d.JSONL.GZ",
        "sub/c.html",
    ]
    for named in ("notes.md", "expected.json"):
        assert find_files(tmp_path / named) == [tmp_path / named]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        find_files(tmp_path / "none")
    with pytest.raises(BadFile, match=r"no file in it ends in \.jsonl.*name \.json files one by one"):
        find_files(tmp_path)
