"""How long one search may take."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from services.api.errors import Refused

SEARCH_SECONDS = 2.0
"""Longest time that one search has a reader to itself: a few that took longer would hold up all others."""
STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine from one look at the time to the next: a few milliseconds."""


@contextmanager
def time_bounded(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """End the statements of a search that runs for longer.

    Source: https://www.sqlite.org/c3ref/progress_handler.html

    Raises:
        Refused: it has been ended. The connection can be used again.
    """
    ends = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise _took_too_long(seconds) from error
    finally:
        connection.set_progress_handler(None, 0)


def _took_too_long(seconds: float) -> Refused:
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The search took too long",
        f"It was ended after {seconds:g} s. Ask for fewer words or values at a time, or without facets; if a simple "
        "search is ended too, the service has too much to do: try again in a few seconds.",
    )
