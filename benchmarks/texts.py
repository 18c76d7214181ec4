"""Articles to measure with: a file of the user's own, else the samples of the repository."""

import argparse
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

INPUT_VARIABLE = "NEWSWEAVE_BENCH_INPUT"
_SAMPLES = Path(__file__).parents[1] / "samples"


@dataclass(frozen=True)
class Row:
    """An article of a file. `label`: its event, if somebody said so."""

    title: str
    text: str
    published_at: datetime | None
    label: str | None


def add_input(parser: argparse.ArgumentParser, rows: int | None) -> None:
    """The options --input and --rows."""
    parser.add_argument(
        "--input",
        type=Path,
        default=os.environ.get(INPUT_VARIABLE),
        metavar="FILE",
        help=f"articles, JSON Lines, may be gzipped (default: {INPUT_VARIABLE}, else the repository's samples)",
    )
    parser.add_argument("--rows", type=int, default=rows, help="how many of its rows (default: %(default)s)")


def sources(path: Path | None) -> list[Path]:
    """The file, or the samples."""
    return sorted(_SAMPLES.glob("*.jsonl")) if path is None else [path]


def read_rows(path: Path | None, most: int | None) -> list[Row]:
    """The first rows of a file, or of the samples.

    Raises:
        SystemExit: The file cannot be read, or has no article in it; the message says what is wrong.
    """
    try:
        found = list(islice((row for file in sources(path) for row in _read(file)), most))
    except (OSError, ValueError, KeyError) as error:
        raise SystemExit(f"{path}: not JSON Lines with a text in each row ({error!r})") from error
    if not found:
        raise SystemExit(f"{path or _SAMPLES}: no article in it")
    return found


def _read(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        for line in gzip.GzipFile(fileobj=stream) if path.suffix == ".gz" else stream:
            if line.strip():
                row = json.loads(line)
                yield Row(row.get("title") or "", row["text"], _moment(row.get("published_at")), row.get("event"))


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
