"""Articles to submit, from files, folders and standard input."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from services.ingest.files import BadFile, FileRow, Remarks, find_files, is_archive, read_file, read_lines
from services.local.errors import UserError

STANDARD_INPUT = "-"


def read_sources(
    sources: Iterable[str], remarks: Remarks | None = None, *, after: Callable[[Path], int] | None = None
) -> Iterator[FileRow]:
    """The articles of all sources, in order; a folder's files by name.

    Args:
        sources: Files, folders, `-` for standard input.
        remarks: Hears of rows that are passed over. Default: the first fault ends the reading.
        after: How much of a file was read before: lines, items or pages.

    Raises:
        UserError: at the first that is missing or not valid, naming file, line and field.
    """
    try:
        for source in sources:
            if source == STANDARD_INPUT:
                yield from read_lines(sys.stdin.buffer, "standard input", remarks)
            else:
                for file in find_files(Path(source)):
                    yield from read_file(file, remarks, after=after(file) if after else 0)
    except BadFile as error:
        raise UserError(str(error)) from error


def count_articles(
    sources: Iterable[str], remarks: Remarks | None = None, *, after: Callable[[Path], int] | None = None
) -> int | None:
    """Read all sources once and count, so that a fault shows before anything is sent. Arguments as `read_sources`.

    None: with standard input, which can be read once only, or an archive, which takes long.

    Raises:
        UserError: as `read_sources`.
    """
    named = list(sources)
    if STANDARD_INPUT in named or any(is_archive(file) for source in named for file in _files(source)):
        return None
    return sum(1 for _ in read_sources(named, remarks, after=after))


def _files(source: str) -> list[Path]:
    try:
        return find_files(Path(source))
    except BadFile as error:
        raise UserError(str(error)) from error
