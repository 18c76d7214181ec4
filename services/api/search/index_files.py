"""Where indexes are: a folder for each process, locked while it runs. What a killed process left is removed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "newsweave-index-"
_LOCK = "lock"


@contextmanager
def index_folder(parent: Path | None) -> Iterator[Path]:
    """A new folder in `parent` (None: where temporary files are), removed at the end.

    Raises:
        OSError: there can be no folder.
    """
    where = Path(tempfile.gettempdir()) if parent is None else parent
    where.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(where)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=where))
    lock = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """A file descriptor that holds the folder until it is closed; None: another process holds it."""
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _remove_left_behind(where: Path) -> None:
    for folder in where.glob(f"{PREFIX}*"):
        try:
            lock = _locked(folder)
        except OSError:  # another user's, or removed meanwhile
            continue
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)
