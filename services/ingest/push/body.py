"""Request bodies: one JSON object, or JSON Lines. Pure."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TypeVar

import orjson

from services.contracts.article import Rights
from services.ingest.errors import FieldError, InvalidSubmission
from services.ingest.submission import MAX_URL_CHARS, Submission, parse_submission

T = TypeVar("T")
JSON_TYPE = "application/json"
NDJSON_TYPES = ("application/x-ndjson", "application/jsonl")
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})
"""Names of UTF-8, and of its subset."""
MAX_PARTS = 200_000
"""Of one row, ignored fields too: names, values, commas and brackets. A small one takes many times its length in memory
once it is read."""
_PART = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[,\[{]', re.DOTALL)
"""A string, or what begins or separates values."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTENT = re.compile(rb"\S[^\n]*+")
"""Of a line that is not blank: from the first character that is no space to the end."""


class UnsupportedType(Exception):  # noqa: N818 - a fact about the request
    """A content type that we do not read. The text says which we do."""


class TooManyRows(Exception):  # noqa: N818 - a fact about the request
    """More rows than one request may have."""


@dataclass(frozen=True)
class RowError:
    """What is wrong with one field of the row on `line` (from 1)."""

    line: int
    field: str
    message: str


class Fault(IntEnum):
    """What kind of fault a row has, the one that comes first in an answer last."""

    FORBIDDEN = 1
    """The sender may not submit it."""
    INVALID = 2
    """A field is wrong, or the page holds no article."""
    MALFORMED = 3
    """It is not even JSON."""


@dataclass(frozen=True)
class Row:
    """A valid submission and the line it stood on."""

    line: int
    submission: Submission
    rights: Rights | None = None
    """What its site said of its rights when we fetched it."""
    obey_rights: bool = False
    """Whether it is refused where it turns out that its rights are reserved."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that becomes no article, with everything that is wrong with it."""

    line: int
    errors: tuple[RowError, ...]
    fault: Fault = Fault.INVALID
    url: str | None = None
    """The address that the row gives, as it stands there, if it gives any."""

    @classmethod
    def of(cls, row: Row, faults: Sequence[FieldError], fault: Fault = Fault.INVALID) -> "RefusedRow":
        """A row that reads well and is refused all the same."""
        errors = tuple(_on_line(row.line, fault_of_field) for fault_of_field in faults)
        return cls(row.line, errors, fault, row.submission.url)


class BadBody(Exception):  # noqa: N818 - a fact about the request
    """A body that is refused as a whole. `rows`: how many rows were seen; `refused`: those with faults."""

    def __init__(self, refused: Sequence[RefusedRow], *, rows: int) -> None:
        self.refused = tuple(refused)
        self.errors = [error for row in self.refused for error in row.errors]
        self.rows = rows
        self.fault = max(row.fault for row in self.refused)
        super().__init__(f"{len(self.errors)} faults")


def is_json_lines(content_types: Sequence[str]) -> bool:
    """Whether a body of this type is JSON Lines (True) or one JSON object (False).

    Args:
        content_types: the values of all `Content-Type` headers.

    Raises:
        UnsupportedType: there is not exactly one, it is neither, or a charset that it names is not UTF-8.
    """
    media_type, _, parameters = (content_types[0] if len(content_types) == 1 else "").partition(";")
    media_type = media_type.strip().lower()
    charsets = {
        value.strip().strip('"').lower()
        for name, _, value in (parameter.partition("=") for parameter in parameters.split(";"))
        if name.strip().lower() == "charset"
    }
    if media_type not in {JSON_TYPE, *NDJSON_TYPES} or not charsets <= CHARSETS:
        raise UnsupportedType(
            f"Send one article as {JSON_TYPE}, or one a line as {NDJSON_TYPES[0]}, in UTF-8; "
            f"this body came as {', '.join(content_types) or 'no content type'}."
        )
    return media_type != JSON_TYPE


def read_rows(
    body: bytes, *, json_lines: bool, max_rows: int, given_up: threading.Event | None = None
) -> list[Row | RefusedRow]:
    """The rows of a body, those with faults among them. Blank lines are skipped.

    Once `given_up` is set the rest is left unread.

    Raises:
        BadBody: there is no row.
        TooManyRows: more than `max_rows`.
    """
    body = body.removeprefix(_BYTE_ORDER_MARK)
    rows: list[Row | RefusedRow] = []
    for line, content in _lines(body) if json_lines else iter([(1, body)]):
        if given_up is not None and given_up.is_set():
            break
        if len(rows) >= max_rows:
            raise TooManyRows(f"more than {max_rows:,} articles")
        rows.append(_read_row(line, content))
    if not rows:
        raise BadBody([RefusedRow(1, (RowError(1, "", "the body is empty"),), Fault.MALFORMED)], rows=0)
    return rows


def all_valid(rows: Sequence[T | RefusedRow]) -> list[T]:
    """The rows, if each of them is well.

    Raises:
        BadBody: with every fault of every row.
    """
    refused = [row for row in rows if isinstance(row, RefusedRow)]
    if refused:
        raise BadBody(refused, rows=len(rows))
    return [row for row in rows if not isinstance(row, RefusedRow)]


def _read_row(line: int, content: bytes) -> Row | RefusedRow:
    row: object = None
    try:
        if _has_too_many_parts(content):
            message = f"has more than {MAX_PARTS:,} names and values: leave out what is no field of an article"
            raise InvalidSubmission.of("", message)
        row = orjson.loads(content)
        return Row(line, parse_submission(row))
    except orjson.JSONDecodeError as error:
        fault = RowError(line + error.lineno - 1, "", f"not JSON: {error.msg} at column {error.colno}")
        return RefusedRow(line, (fault,), Fault.MALFORMED)
    except InvalidSubmission as error:
        return RefusedRow(line, tuple(_on_line(line, fault) for fault in error.errors), url=_address(row))


def _address(row: object) -> str | None:
    url = row.get("url") if isinstance(row, dict) else None
    return url if isinstance(url, str) and len(url) <= MAX_URL_CHARS else None


def _has_too_many_parts(content: bytes) -> bool:
    if content.count(b",") + content.count(b"[") + content.count(b"{") < MAX_PARTS // 3:
        return False  # each comes with two strings at most, its name and its value
    return next(islice(_PART.finditer(content), MAX_PARTS, None), None) is not None


def _lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers. Millions of blank ones cost next to nothing."""
    number, counted = 1, 0
    for match in _CONTENT.finditer(body):
        number += body.count(b"\n", counted, match.start())
        start = max(counted, body.rfind(b"\n", counted, match.start()) + 1)
        counted = match.end()
        yield number, body[start:counted]


def _on_line(line: int, fault: FieldError) -> RowError:
    return RowError(line, fault.field, fault.message)
