"""Articles to submit, from files, folders and standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from services.ingest.files import BadFile, FileRow, find_files, read_file, read_lines
from services.local.errors import UserError

STANDARD_INPUT = "-"


def read_sources(sources: Iterable[str]) -> Iterator[FileRow]:
    """The articles of all sources, in order; a folder's files by name.

    Raises:
        UserError: at the first that is missing or not valid, naming file, line and field.
    """
    try:
        for source in sources:
            if source == STANDARD_INPUT:
                yield from read_lines(sys.stdin.buffer, "standard input")
            else:
                for file in find_files(Path(source)):
                    yield from read_file(file)
    except BadFile as error:
        raise UserError(str(error)) from error


def count_articles(sources: Iterable[str]) -> int | None:
    """Read all sources once and count, so that a fault shows before anything is sent. Null: standard input.

    Raises:
        UserError: as `read_sources`.
    """
    told = list(sources)
    return None if STANDARD_INPUT in told else sum(1 for _ in read_sources(told))
