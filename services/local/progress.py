"""Progress of long work on standard error: a bar on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

_PLAIN_EVERY_SECONDS = 5.0


class Bar(Protocol):
    """What long work reports to."""

    def advance(self, steps: int = 1) -> None:
        """So many more are done."""

    def note(self, text: str) -> None:
        """What it is at."""


class _RichBar:
    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def advance(self, steps: int = 1) -> None:
        self._progress.advance(self._task, steps)

    def note(self, text: str) -> None:
        self._progress.update(self._task, note=text)


class _PlainBar:
    def __init__(self, console: Console, title: str, total: int | None) -> None:
        self._console = console
        self._title = title
        self._total = total
        self._done = 0
        self._note = ""
        self._last = time.monotonic()
        self._told = 0

    def advance(self, steps: int = 1) -> None:
        self._done += steps
        self._tell_now_and_then()

    def note(self, text: str) -> None:
        self._note = text
        self._tell_now_and_then()

    def tell(self) -> None:
        """Print where it stands, unless that was the last thing printed, or nothing is done yet."""
        if self._done == self._told:
            return
        self._told = self._done
        of = f" of {self._total:,}" if self._total is not None else ""
        note = f" ({self._note})" if self._note else ""
        self._console.print(f"{self._title}: {self._done:,}{of}{note}", markup=False, highlight=False, soft_wrap=True)

    def _tell_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._last >= _PLAIN_EVERY_SECONDS:
            self._last = now
            self.tell()


@contextmanager
def progress(console: Console, title: str, total: int | None = None) -> Iterator[Bar]:
    """Show progress for as long as the block runs. `total` null: not known."""
    if not console.is_terminal:
        plain = _PlainBar(console, title, total)
        try:
            yield plain
        finally:
            plain.tell()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Progress(*columns, console=console) as bars:
        yield _RichBar(bars, bars.add_task(title, total=total, note=""))
