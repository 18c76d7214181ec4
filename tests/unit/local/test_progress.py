"""Progress where no terminal is."""

import io
from contextlib import suppress

from rich.console import Console

from services.local.progress import progress


def test_short_work_says_once_what_was_done() -> None:
    output = io.StringIO()
    with progress(Console(file=output), "Reading", total=1200) as bar:
        for _ in range(1200):
            bar.advance()
    assert output.getvalue() == "Reading: 1,200 of 1,200\n"


def test_work_that_breaks_off_says_how_far_it_came() -> None:
    output = io.StringIO()
    with suppress(ZeroDivisionError), progress(Console(file=output), "Reading") as bar:
        bar.advance(3)
        bar.note("row [4]")
        _ = 1 / 0
    assert output.getvalue() == "Reading: 3 (row [4])\n"
