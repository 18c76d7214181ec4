"""Rows kept in a temporary file, so that an archive need not fit into memory and standard input can be read twice."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import orjson

from services.local.offline import Row, parse_line, read_lines

EVENT = "event"
"""The field with which a row names its event."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stays in memory of a row: where it is, and its event as given."""

    line: int
    start: int
    event: Any


class SpilledRows:
    """The usable rows of a source, in the order given."""

    def __init__(self, spill: IO[bytes], source: str, now: datetime) -> None:
        """Hold none yet. `spill`: an empty file to read and write; `now`: see `read_rows`."""
        self._spill = spill
        self._source = source
        self._now = now
        self.entries: list[Entry] = []

    def take_in(self, on_bad: Callable[[str], None], on_row: Callable[[], None]) -> None:
        """Read the source. Rows without usable text, and rows that name no event where others do, go to `on_bad`."""
        for number, line in read_lines(self._source):
            row = parse_line(self._source, number, line, self._now, on_bad)
            if row is None:
                continue
            on_row()
            event = orjson.loads(line).get(EVENT)
            if row.submission.text is None:
                on_bad(f"{self._source}:{number}: html: give text; offsets into a page would mean nothing")
            elif event is not None and not isinstance(event, str | int):
                on_bad(f"{self._source}:{number}: event: neither a string nor a number")
            elif self.entries and (event is None) != (self.entries[0].event is None):
                on_bad(f"{self._source}:{number}: {self._mixed(event)}: name the event of every row, or of none")
            else:
                self.entries.append(Entry(number, self._spill.tell(), event))
                self._spill.write(line.rstrip(b"\r\n") + b"\n")

    @property
    def name_events(self) -> bool:
        """Whether the rows name their events."""
        return bool(self.entries) and self.entries[0].event is not None

    def read(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """The rows themselves, in the order asked for."""
        for entry in entries:
            self._spill.seek(entry.start)
            row = parse_line(self._source, entry.line, self._spill.readline(), self._now, _must_be_usable)
            assert row is not None
            yield row

    def _mixed(self, event: Any) -> str:
        first = self.entries[0].line
        return f"no event, but line {first} has one" if event is None else f"an event, but line {first} has none"


@contextmanager
def spilled_rows(source: str, now: datetime) -> Iterator[SpilledRows]:
    """Rows of a source, spilled for as long as the block runs."""
    with tempfile.TemporaryFile(prefix="newsweave-") as spill:
        yield SpilledRows(spill, source, now)


def _must_be_usable(message: str) -> None:
    raise AssertionError(f"a row that was usable no longer is: {message}")
