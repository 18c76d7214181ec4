"""Rows out of files: JSON Lines, single JSON objects, plain text and HTML pages. Used by the `newsweave` command."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from services.ingest.errors import InvalidSubmission
from services.ingest.pages.decoding import decode_html
from services.ingest.submission import Submission, parse_submission
from services.ingest.text.cleaning import clean
from services.ingest.text.titles import title_of

PAGE_SUFFIXES = (".html", ".htm")
FOLDER_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".txt", *PAGE_SUFFIXES)
"""What is read of a folder. Not every `.json`: settings, schemas and expected results stand there too. Named, it is."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadFile(Exception):  # noqa: N818 - a fact about the file
    """A file, or a row of it, that cannot be submitted. The text names file, line and field."""


@dataclass(frozen=True)
class FileRow:
    """One article of a file. `data` is the row as it can be posted; `line` counts from 1."""

    path: str
    line: int
    data: dict[str, Any]
    submission: Submission


def find_files(path: Path) -> list[Path]:
    """The file itself, or all files below a folder whose names end in one of `FOLDER_SUFFIXES`, sorted.

    Raises:
        BadFile: there is no such file, or nothing in the folder that can be read.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise BadFile(f"{path}: there is no such file")
    found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(FOLDER_SUFFIXES))
    if not found:
        raise BadFile(f"{path}: no file in it ends in {', '.join(FOLDER_SUFFIXES)}; name .json files one by one")
    return found


def read_file(path: Path) -> Iterator[FileRow]:
    """The rows of one file, by its suffix; other suffixes are read as JSON Lines.

    Raises:
        BadFile: at the first row that is not valid.
    """
    name = path.name.lower()
    with _readable(path):
        if name.endswith(".txt"):
            yield _row(str(path), 1, _text_row(path))
        elif name.endswith(PAGE_SUFFIXES):
            yield _row(str(path), 1, {"html": decode_html(path.read_bytes())})
        elif name.endswith(".json"):
            yield _row(str(path), 1, _decode(str(path), 1, path.read_bytes()))
        else:
            with open_lines(path) as lines:
                yield from read_lines(lines, str(path))


@contextmanager
def open_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file, unpacked if its name ends in `.gz`.

    Raises:
        BadFile: it cannot be read, now or further on.
    """
    packed = path.name.lower().endswith(".gz")
    with _readable(path), gzip.open(path, "rb") if packed else path.open("rb") as lines:
        yield lines


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Failures to read as BadFile."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadFile(f"{path}: not a whole gzip file ({error})") from error
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror or error}") from error


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[FileRow]:
    """The rows of JSON Lines, e.g. of standard input. Blank lines are skipped. Raises as `read_file`."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(name, number, _decode(name, number, line))


def _decode(path: str, line: int, content: bytes) -> object:
    try:
        return orjson.loads(content.removeprefix(_BYTE_ORDER_MARK))
    except orjson.JSONDecodeError as error:
        raise BadFile(f"{path}:{line}: not JSON ({error.msg} at column {error.colno})") from error


def _row(path: str, line: int, data: object) -> FileRow:
    try:
        submission = parse_submission(data)
    except InvalidSubmission as error:
        raise BadFile(f"{path}:{line}: {error}") from error
    assert isinstance(data, dict)  # or it had been refused
    return FileRow(path, line, data, submission)


def _text_row(path: Path) -> dict[str, Any]:
    """A plain text. A line that serves as title also stays in the text: claims may stand in it."""
    try:
        text = path.read_bytes().removeprefix(_BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: not UTF-8 at byte {error.start}; convert it first") from error
    return {"text": text, "title": title_of(clean(text))}
