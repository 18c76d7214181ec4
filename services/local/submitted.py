"""What a run of `newsweave submit` has sent, kept in a file: a later run goes on where it stopped."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from services.ingest.files import FileRow
from services.local.errors import UserError


class _File(BaseModel):
    """A file as it was, and the last line, item or page of it that is dealt with."""

    size: int
    modified_ns: int
    line: int


class _State(BaseModel):
    address: str
    files: dict[str, _File] = {}


class Submitted:
    """The state of one run. A file that has changed since counts from its start."""

    def __init__(self, file: Path, address: str, *, is_named: bool = True, restart: bool = False) -> None:
        """Read the file, if there is one and nobody wants to start again.

        Args:
            file: Where the state is kept.
            address: Of the service.
            is_named: Whether somebody asked for the file. A file of our own may be missing or unwritable.
            restart: Begin again.

        Raises:
            UserError: It is no such state, or another service's.
        """
        self._file = file
        self._is_named = is_named
        if restart:
            self.forget()
        try:
            self._state = _State.model_validate_json(file.read_bytes())
        except FileNotFoundError:
            self._state = _State(address=address)
        except (OSError, ValidationError) as error:
            if not is_named:
                self._state = _State(address=address)
                return
            raise UserError(f"{file} is no state of `newsweave submit`: name another file with --state") from error
        if self._state.address != address:
            raise UserError(f"{file} says what went to {self._state.address}, not to {address}: name another file")

    @property
    def rows(self) -> int:
        """How many lines, items and pages are dealt with."""
        return sum(file.line for file in self._state.files.values())

    def after(self, path: Path) -> int:
        """How much of a file is dealt with; 0 for one that is new or has changed."""
        known = self._state.files.get(_name(path))
        return known.line if known is not None and known == _seen(path, known.line) else 0

    def add(self, rows: Sequence[FileRow]) -> None:
        """Rows were accepted, in the order of their files. Kept at once.

        Raises:
            UserError: The file that was asked for cannot be written.
        """
        for path, line in {row.path: row.line for row in rows}.items():
            seen = _seen(Path(path), line)
            if seen is not None:  # standard input has no place to go on from
                self._state.files[_name(Path(path))] = seen
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new = self._file.with_name(f"{self._file.name}.new")
            new.write_text(json.dumps(self._state.model_dump()) + "\n", encoding="utf-8")
            new.replace(self._file)
        except OSError as error:
            if self._is_named:
                raise UserError(f"{self._file}: {error.strerror or error}") from error

    def forget(self) -> None:
        """Remove the file: everything is sent."""
        with suppress(OSError):
            self._file.unlink()


def _name(path: Path) -> str:
    return str(path.resolve())


def _seen(path: Path, line: int) -> _File | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _File(size=found.st_size, modified_ns=found.st_mtime_ns, line=line)
