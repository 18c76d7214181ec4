"""Request bodies: one JSON object, or JSON Lines. Pure."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import orjson

from services.ingest.errors import FieldError, InvalidSubmission
from services.ingest.submission import Submission, parse_submission

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


class BadBody(Exception):  # noqa: N818 - a fact about the request
    """A body with faults. `malformed`: some of it is not even JSON; `rows`: how many rows were seen."""

    def __init__(self, errors: list[RowError], *, rows: int, malformed: bool) -> None:
        super().__init__(f"{len(errors)} faults")
        self.errors = errors
        self.rows = rows
        self.malformed = malformed


@dataclass(frozen=True)
class Row:
    """A valid submission and the line it stood on."""

    line: int
    submission: Submission


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


def read_body(body: bytes, *, json_lines: bool, max_rows: int, given_up: threading.Event | None = None) -> list[Row]:
    """The rows of a body. Blank lines are skipped. Once `given_up` is set the rest is left unread.

    Raises:
        BadBody: with every fault of every row.
        TooManyRows: more than `max_rows`.
    """
    body = body.removeprefix(_BYTE_ORDER_MARK)
    rows: list[Row] = []
    errors: list[RowError] = []
    seen, malformed = 0, False
    for line, content in _lines(body) if json_lines else iter([(1, body)]):
        if given_up is not None and given_up.is_set():
            break
        seen += 1
        if seen > max_rows:
            raise TooManyRows(f"more than {max_rows:,} articles")
        try:
            if _has_too_many_parts(content):
                message = f"has more than {MAX_PARTS:,} names and values: leave out what is no field of an article"
                raise InvalidSubmission.of("", message)
            rows.append(Row(line, parse_submission(orjson.loads(content))))
        except orjson.JSONDecodeError as error:
            malformed = True
            errors.append(RowError(line + error.lineno - 1, "", f"not JSON: {error.msg} at column {error.colno}"))
        except InvalidSubmission as error:
            errors.extend(_on_line(line, fault) for fault in error.errors)
    if not seen:
        errors.append(RowError(1, "", "the body is empty"))
    if errors:
        raise BadBody(errors, rows=seen, malformed=malformed or not seen)
    return rows


def _has_too_many_parts(content: bytes) -> bool:
    if content.count(b",") + content.count(b"[") + content.count(b"{") < MAX_PARTS // 3:
        return False  # each comes with two strings at most, its name and its value
    return next(islice(_PART.finditer(content), MAX_PARTS, None), None) is not None


def _lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers. Millions of blank ones cost next to nothing."""
    number, counted = 1, 0
    for found in _CONTENT.finditer(body):
        number += body.count(b"\n", counted, found.start())
        start = max(counted, body.rfind(b"\n", counted, found.start()) + 1)
        counted = found.end()
        yield number, body[start:counted]


def _on_line(line: int, fault: FieldError) -> RowError:
    return RowError(line, fault.field, fault.message)
