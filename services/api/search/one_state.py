"""Several reads of the index that must fit together."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_state(db: sqlite3.Connection) -> Iterator[None]:
    """What is read in the block is of one state of the index, whatever is written meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")
