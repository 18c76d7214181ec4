"""Feeds out of files, folders and JSON Lines for `newsweave feed`: no stack, no broker."""

import binascii
import sys
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from services.ingest.feeds.decoding import MAX_BYTES
from services.ingest.files import BadFile, open_lines
from services.local.errors import UserError

_STANDARD = "-"
_MARK = b'"content_base64"'
"""In the first line of rows, whatever the file is called."""
_MOST_BYTES = MAX_BYTES + 1
"""Read of a document: what has so many is refused, and never in memory as a whole."""
_LINES_OF_ROWS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True)
class Document:
    """The bytes of something that may be a feed."""

    identity: Any
    content: bytes
    content_type: str | None = None
    url: str | None = None


class BadDocument(Exception):  # noqa: N818 - a fact about the row
    """A row that holds no document. The text says what is wrong with it, `identity` what it is called."""

    def __init__(self, identity: Any, message: str) -> None:
        super().__init__(message)
        self.identity = identity


def read_documents(source: str) -> Iterator[Document | BadDocument]:
    """The documents of a file, of all files below a folder by name, of JSON Lines, or of standard input (`-`).

    A row of JSON Lines is {id, content_base64, content_type, url}; all but the content may be missing. Standard input
    may hold such rows, or one document.

    Raises:
        UserError: the file or folder cannot be read.
    """
    if source == _STANDARD:
        yield from _standard_input()
        return
    path = Path(source)
    try:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            if not files:
                raise UserError(f"{source}: no files in this folder")
            for file in files:
                yield from _file(file, file.relative_to(path).as_posix())
        else:
            yield from _file(path, path.name)
    except BadFile as error:
        raise UserError(str(error)) from error
    except OSError as error:
        raise UserError(f"{source}: {error.strerror or error}") from error


def _file(path: Path, identity: str) -> Iterator[Document | BadDocument]:
    if path.name.lower().endswith(_LINES_OF_ROWS):
        with open_lines(path) as lines:
            yield from _rows(lines, str(path))
        return
    with path.open("rb") as file:
        yield from _of_stream(file, identity, str(path))


def _standard_input() -> Iterator[Document | BadDocument]:
    yield from _of_stream(sys.stdin.buffer, "standard input", "standard input")


def _of_stream(stream: BinaryIO, identity: str, name: str) -> Iterator[Document | BadDocument]:
    """A document, or rows, as the first line says."""
    first = stream.readline(_MOST_BYTES)
    if _MARK in first:
        yield from _rows(chain([first], stream), name)
    else:
        yield Document(identity, first + stream.read(_MOST_BYTES - len(first)))


def _rows(lines: Iterable[bytes], name: str) -> Iterator[Document | BadDocument]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(line, f"{name}:{number}")


def _row(line: bytes, place: str) -> Document | BadDocument:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return BadDocument(place, f"not JSON ({error.msg} at column {error.colno})")
    if not isinstance(row, dict):
        return BadDocument(place, "not a JSON object with content_base64")
    identity = row.get("id", place)
    try:
        content = b64decode(row["content_base64"], validate=True)
    except KeyError:
        return BadDocument(identity, "content_base64 is missing")
    except (TypeError, ValueError, binascii.Error):
        return BadDocument(identity, "content_base64 is not base64")
    return Document(identity, content, _string(row.get("content_type")), _string(row.get("url")))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
