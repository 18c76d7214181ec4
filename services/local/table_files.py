"""Tables as files: CSV, JSON Lines, Parquet. Rows are written as they come, so memory does not grow with the table."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from services.local.errors import UserError
from services.local.export_rows import Row

_ROWS_AT_ONCE = 4_096
"""Rows of one group of a Parquet file."""
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell for a formula. Source: https://owasp.org/www-community/attacks/CSV_Injection"""


class TableFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


def format_of(path: str, asked: TableFormat | None) -> TableFormat:
    """The format that is asked for, else that of the file's name, else CSV."""
    if asked is not None:
        return asked
    suffix = Path(path).suffix.removeprefix(".")
    return {"jsonl": TableFormat.NDJSON, "ndjson": TableFormat.NDJSON, "parquet": TableFormat.PARQUET}.get(
        suffix, TableFormat.CSV
    )


@contextmanager
def table_file(path: str, table_format: TableFormat, columns: Mapping[str, type]) -> Iterator[Callable[[Row], None]]:
    """Open a table for writing; gives what writes a row.

    Args:
        path: Of the file; `-`: standard output.
        table_format: How to write it.
        columns: Names and types of its columns, in order.

    Raises:
        UserError: the file cannot be written; Parquet to standard output; pyarrow is missing.
    """
    if table_format is TableFormat.PARQUET:
        with _parquet(path, columns) as write:
            yield write
        return
    with _text(path) as out:
        yield _csv(out, columns) if table_format is TableFormat.CSV else _ndjson(out)


@contextmanager
def _text(path: str) -> Iterator[IO[str]]:
    if path == "-":
        yield sys.stdout
        return
    try:
        out = Path(path).open("w", encoding="utf-8", newline="")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    with out:
        yield out


def _ndjson(out: IO[str]) -> Callable[[Row], None]:
    return lambda row: print(json.dumps(row, ensure_ascii=False), file=out)


def _csv(out: IO[str], columns: Mapping[str, type]) -> Callable[[Row], None]:
    writer = csv.DictWriter(out, list(columns), lineterminator="\n")
    writer.writeheader()

    def write(row: Row) -> None:
        writer.writerow({name: _cell(value) for name, value in row.items()})

    return write


def _cell(value: object) -> object:
    """A text that a spreadsheet would run is set behind an apostrophe: articles are written by others."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_FORMULA) else value


@contextmanager
def _parquet(path: str, columns: Mapping[str, type]) -> Iterator[Callable[[Row], None]]:
    if path == "-":
        raise UserError("a Parquet file is not written to standard output: name it with --out FILE.parquet")
    try:
        import pyarrow as pa  # noqa: PLC0415 - 50 MB that only this needs
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise UserError("Parquet files need the package pyarrow: pip install 'newsweave[parquet]'") from error
    types: dict[type, Any] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    waiting: list[Row] = []
    try:
        writer = parquet.ParquetWriter(path, schema, compression="zstd")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error}") from error

    def flush() -> None:
        writer.write_table(pa.Table.from_pylist(waiting, schema))
        waiting.clear()

    def write(row: Row) -> None:
        waiting.append(row)
        if len(waiting) == _ROWS_AT_ONCE:
            flush()

    with writer:
        yield write
        flush()
