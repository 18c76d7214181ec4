"""Drafts from files: a text, or rows of them."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from services.api.draft_models import Draft
from services.local.errors import UserError
from services.local.offline import read_lines

ROWS = (".jsonl", ".jsonl.gz", ".ndjson")
STANDARD = "-"
_LONGEST_HEADLINE = 200
_FIELDS = tuple(Draft.model_fields)


def read_draft(source: str, title: str | None, published_at: str | None) -> dict[str, Any]:
    """A file (or `-`, standard input) as one draft, as it is sent. Raises UserError."""
    try:
        content = sys.stdin.buffer.read() if source == STANDARD else Path(source).read_bytes()
    except OSError as error:
        raise UserError(f"cannot read {source}: {error.strerror}") from error
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        raise UserError(f"{source} has no text")
    if title is None:
        title, text = _headed(text)
    given = {"title": title, "text": text, "published_at": published_at}
    return {name: value for name, value in given.items() if value is not None}


def _headed(text: str) -> tuple[str | None, str]:
    """A first line alone, without an end of a sentence, is the headline; the rest is the text."""
    first, blank, rest = text.strip().partition("\n\n")
    is_headline = bool(blank) and "\n" not in first and len(first) <= _LONGEST_HEADLINE and first[-1] not in '.!?"”'
    return (first, rest.strip()) if is_headline else (None, text)


def has_rows(source: str) -> bool:
    """Whether a file holds a draft a line."""
    return source.endswith(ROWS)


def read_drafts(source: str, at_a_time: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file as drafts, some at a time; what is no field of a draft is left out. Raises UserError."""
    rows = (_draft(source, number, line) for number, line in read_lines(source))
    while batch := list(islice(rows, at_a_time)):
        yield batch


def _draft(source: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UserError(f"{source}:{number}: not JSON ({error.msg})") from error
    if not isinstance(row, dict) or not row.get("text"):
        raise UserError(f"{source}:{number}: a row needs a text")
    return {name: row[name] for name in _FIELDS if row.get(name) is not None}
