"""Rows in and out of the offline commands: no broker, no store, one file to another."""

import gzip
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from services.contracts.article import Article
from services.ingest.build import FROM_FILE, first_revision
from services.ingest.errors import InvalidSubmission
from services.ingest.files import BadFile, open_lines
from services.ingest.submission import Submission, parse_submission
from services.local.errors import UserError

_STANDARD = "-"


@dataclass(frozen=True)
class Row:
    """One usable row. `identity` is its `id` as given, else the id that ingest would give the article."""

    line: int
    identity: Any
    submission: Submission
    article: Article


def read_rows(
    source: str, now: datetime, on_bad: Callable[[str], None], wanted: Collection[str] | None = None
) -> Iterator[Row]:
    """The rows of a JSON Lines file (also .gz), or of standard input (`-`). Blank lines are skipped.

    Args:
        source: The file.
        now: When rows that do not say so count as fetched (aware).
        on_bad: Gets what is wrong with a row that cannot be used, with file and line. If it returns, the row is
            left out.
        wanted: Ids of the rows to be read; None for all.

    Raises:
        UserError: The file cannot be read.
    """
    for number, line in read_lines(source):
        row = parse_line(source, number, line, now, on_bad, wanted=wanted)
        if row is not None:
            yield row


def parse_line(
    source: str,
    number: int,
    line: bytes,
    now: datetime,
    on_bad: Callable[[str], None],
    *,
    wanted: Collection[str] | None = None,
) -> Row | None:
    """The row on one line; None, after telling `on_bad`, if it cannot be used. Arguments as `read_rows`."""
    try:
        data = orjson.loads(line)
        if wanted is None or (isinstance(data, dict) and str(data.get("id")) in wanted):
            return _row(number, data, now)
    except orjson.JSONDecodeError as error:
        on_bad(f"{source}:{number}: not JSON ({error.msg} at column {error.colno})")
    except InvalidSubmission as error:
        on_bad(f"{source}:{number}: {error}")
    return None


def read_lines(source: str) -> Iterator[tuple[int, bytes]]:
    """Lines of a file (also .gz), or of standard input (`-`), with their numbers; blank ones left out.

    Raises:
        UserError: The file cannot be read.
    """
    for number, line in enumerate(read_raw_lines(source), start=1):
        if line.strip():
            yield number, line


def read_raw_lines(source: str) -> Iterator[bytes]:
    """Every line of a file (also .gz), or of standard input (`-`). Raises as `read_lines`."""
    with _opened(source) as lines:
        yield from lines


def count_rows(source: str) -> int | None:
    """How many rows there are, for a progress bar. Null for standard input."""
    if source == _STANDARD:
        return None
    with _opened(source) as lines:
        return sum(1 for line in lines if line.strip())


def _row(number: int, data: Any, now: datetime) -> Row:
    submission = parse_submission(data)
    article = first_revision(submission, fetched_at=now, source=FROM_FILE)
    given = data.get("id")
    return Row(number, article.article_id if given is None else given, submission, article)


@contextmanager
def _opened(source: str) -> Iterator[Iterable[bytes]]:
    if source == _STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with open_lines(Path(source)) as lines:
            yield lines
    except BadFile as error:
        raise UserError(str(error)) from error


@contextmanager
def row_writer(target: str, source: str) -> Iterator[Callable[[Any], None]]:
    """Write JSON Lines to a file (also .gz) or to standard output (`-`), each line at once.

    Raises:
        UserError: The file cannot be written, or it is the `source` of the rows.
    """
    if target != _STANDARD and Path(target).resolve() == Path(source).resolve():
        raise UserError(f"{target} is the input: write to another file")
    try:
        stream = _create(target)
    except FileNotFoundError as error:
        raise UserError(f"{target}: there is no folder {Path(target).parent}; make it first") from error
    except OSError as error:
        raise UserError(f"{target}: {error.strerror or error}") from error
    with stream as lines:

        def write(row: Any) -> None:
            lines.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            # Whoever follows the file sees each row; a run that breaks off keeps what it has done.
            lines.flush()

        yield write


def _create(target: str) -> Any:
    if target == _STANDARD:
        return nullcontext(sys.stdout.buffer)
    return gzip.open(target, "wb") if target.endswith(".gz") else Path(target).open("wb")
