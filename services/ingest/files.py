"""Rows out of files: JSON, plain text, pages, items of wires, archives. Used by the `newsweave` command."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import orjson

from services.ingest.archives.packed import PACKED, BrokenFile, bare_name, lines, opened, whole
from services.ingest.archives.warc import read_warc
from services.ingest.errors import InvalidSubmission, LeftOut
from services.ingest.pages.decoding import decode_html
from services.ingest.submission import MAX_HTML_BYTES, Submission, parse_submission, plain_row
from services.ingest.wires.documents import OtherXml, read_wire
from services.ingest.wires.ninjs import is_ninjs
from services.ingest.wires.xml import MAX_BYTES, BadXml

PAGE_SUFFIXES = (".html", ".htm")
XML_SUFFIXES = (".xml", ".nitf", ".newsml")
WIRE_SUFFIXES = (*XML_SUFFIXES, ".ninjs")
LINE_SUFFIXES = (".jsonl", ".ndjson")
ARCHIVE_SUFFIX = ".warc"
_BARE_SUFFIXES = (*LINE_SUFFIXES, ".txt", *PAGE_SUFFIXES, *WIRE_SUFFIXES, ARCHIVE_SUFFIX)
FOLDER_SUFFIXES = (*_BARE_SUFFIXES, *(suffix + packed for suffix in _BARE_SUFFIXES for packed in PACKED))
"""What is read of a folder. Of its `.json` only items of ninjs: settings and expected results stand there too."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadFile(Exception):  # noqa: N818 - a fact about the file
    """A file, or a row of it, that cannot be submitted. The text names file, line and field."""


class Remarks(Protocol):
    """Hears of rows that are not read."""

    def add(self, message: str) -> None:
        """Of one with a fault. Raises to end the reading; if it returns, the row is passed over."""

    def leave_out(self, message: str) -> None:
        """Of one that is rightly no article: withheld, embargoed, a picture, a front page."""


class Strict:
    """Stops at the first fault."""

    def add(self, message: str) -> None:
        """Raises BadFile."""
        raise BadFile(message)

    def leave_out(self, message: str) -> None:
        """Nothing: no fault."""


@dataclass(frozen=True)
class FileRow:
    """One article of a file. `data` is the row as it can be posted; `line` counts from 1: lines, items, pages."""

    path: str
    line: int
    data: dict[str, Any]
    submission: Submission
    is_found: bool = False
    """Whether it was found in an archive: that ingest sees no article in it is then no fault of the file."""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of the web: its articles are not counted before they are read."""
    return bare_name(path).endswith(ARCHIVE_SUFFIX)


def find_files(path: Path) -> list[Path]:
    """The file itself, or all files below a folder whose names end in one of `FOLDER_SUFFIXES`, sorted.

    Raises:
        BadFile: there is no such file, or nothing in the folder that can be read.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise BadFile(f"{path}: there is no such file")
    files = sorted(file for file in path.rglob("*") if file.is_file() and _is_read_of_a_folder(file))
    if not files:
        raise BadFile(f"{path}: no file in it ends in {', '.join(FOLDER_SUFFIXES)}; name .json files one by one")
    return files


def read_file(path: Path, remarks: Remarks | None = None, *, after: int = 0) -> Iterator[FileRow]:
    """The rows of one file, by its suffix; other suffixes are read as JSON Lines.

    Args:
        path: the file.
        remarks: hears of rows that are passed over. Default: the first fault ends the reading.
        after: of lines, items or pages up to this number nothing is read.

    Raises:
        BadFile: at the first row that is not valid, unless `remarks` passes it over.
    """
    remarks = remarks or Strict()
    name = bare_name(path)
    try:
        if name.endswith(ARCHIVE_SUFFIX):
            yield from _archive(path, remarks, after)
        elif name.endswith((".txt", *PAGE_SUFFIXES, ".json", *WIRE_SUFFIXES)):
            yield from (row for row in _document(path, name, remarks) if row.line > after)
        else:
            with opened(path) as stream:
                yield from _rows(lines(stream, str(path)), str(path), remarks, after)
    except (BrokenFile, BadFile) as error:
        remarks.add(str(error))


@contextmanager
def open_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file, unpacked if its name ends in `.gz` or `.zst`.

    Raises:
        BadFile: it cannot be read, now or further on.
    """
    try:
        with opened(path) as stream:
            yield lines(stream, str(path))
    except BrokenFile as error:
        raise BadFile(str(error)) from error


def read_lines(given: Iterable[bytes], name: str, remarks: Remarks | None = None) -> Iterator[FileRow]:
    """The rows of JSON Lines, e.g. of standard input. Blank lines are skipped. Raises as `read_file`."""
    yield from _rows(given, name, remarks or Strict())


def _is_read_of_a_folder(file: Path) -> bool:
    if file.name.lower().endswith(FOLDER_SUFFIXES):
        return True
    if not bare_name(file).endswith(".json"):
        return False
    try:
        with opened(file) as stream:
            return is_ninjs(orjson.loads(whole(stream, file, MAX_BYTES)))
    except (BrokenFile, orjson.JSONDecodeError):
        return False


def _rows(given: Iterable[bytes], name: str, remarks: Remarks, after: int = 0) -> Iterator[FileRow]:
    for number, line in enumerate(given, start=1):
        if number > after and line.strip():
            try:
                yield from _row(name, number, _decode(name, number, line), remarks)
            except BadFile as error:
                remarks.add(str(error))


def _archive(path: Path, remarks: Remarks, after: int) -> Iterator[FileRow]:
    for page in read_warc(path):
        if page.number <= after:
            continue
        place = f"{path}:{page.number}: {page.url}"
        if page.html is None:
            remarks.leave_out(f"{place}: {page.reason}")
            continue
        fetched = page.fetched_at.isoformat() if page.fetched_at else None
        data = {"url": page.url, "html": page.html, "fetched_at": fetched}
        try:
            submission = parse_submission(data)
        except InvalidSubmission as error:
            remarks.leave_out(f"{place}: {error}")
        else:
            yield FileRow(str(path), page.number, data, submission, is_found=True)


def _document(path: Path, name: str, remarks: Remarks) -> Iterator[FileRow]:
    """The one text, page or object of a file, or the items of a wire."""
    with opened(path) as stream:
        content = whole(stream, path, MAX_BYTES if name.endswith((".json", *WIRE_SUFFIXES)) else 2 * MAX_HTML_BYTES)
    if name.endswith(".txt"):
        yield from _row(str(path), 1, {"text": _text(path, content), "pasted": True}, remarks)
    elif name.endswith(PAGE_SUFFIXES):
        yield from _row(str(path), 1, {"html": decode_html(content)}, remarks)
    elif name.endswith(XML_SUFFIXES):
        yield from _wire(path, content, remarks)
    else:
        yield from _row(str(path), 1, _decode(str(path), 1, content), remarks)


def _wire(path: Path, content: bytes, remarks: Remarks) -> Iterator[FileRow]:
    try:
        for item in read_wire(content):
            if item.row is None:
                remarks.leave_out(f"{path}:{item.number}: {item.reason}")
            else:
                yield from _row(str(path), item.number, item.row, remarks)
    except OtherXml as error:
        remarks.leave_out(f"{path}: {error}")
    except BadXml as error:
        raise BadFile(f"{path}: {error}") from error


def _decode(path: str, line: int, content: bytes) -> object:
    try:
        return orjson.loads(content.removeprefix(_BYTE_ORDER_MARK))
    except orjson.JSONDecodeError as error:
        raise BadFile(f"{path}:{line}: not JSON ({error.msg} at column {error.colno})") from error


def _row(path: str, line: int, data: object, remarks: Remarks) -> Iterator[FileRow]:
    """The row, if it is one."""
    try:
        row = plain_row(data) if isinstance(data, dict) else data
        submission = parse_submission(row)
    except LeftOut as error:
        remarks.leave_out(f"{path}:{line}: {error}")
    except InvalidSubmission as error:
        remarks.add(f"{path}:{line}: {error}")
    else:
        assert isinstance(row, dict)  # or it had been refused
        yield FileRow(path, line, row, submission)


def _text(path: Path, content: bytes) -> str:
    """A plain text, as pasted. A line that serves as title also stays in the text: claims may stand in it."""
    try:
        return content.removeprefix(_BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: not UTF-8 at byte {error.start}; convert it first") from error
