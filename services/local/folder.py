"""The data folder of a stack, and how other commands find the stack that runs."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ValidationError

from services.local.errors import UserError

if sys.platform != "win32":
    import fcntl


_OWNER_ONLY = 0o700


class RunningStack(BaseModel):
    """What `stack.json` says. It is there while the stack runs."""

    data: Path
    pid: int
    """Process id of `newsweave up` itself."""
    ports: dict[str, int]
    pids: dict[str, int]
    urls: dict[str, str]
    """`page` (the api service, with the web page), the other services, `kafka`, and `redis` with its password."""


class DataFolder:
    """Paths in a data folder, its lock and its notes."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is touched until `lock`."""
        self.path = path.expanduser().resolve()
        self.logs = self.path / "logs"
        self._stack = self.path / "stack.json"
        self._ports = self.path / "ports.json"
        self._lock: IO[str] | None = None

    def log(self, name: str) -> Path:
        """Log file of one process."""
        return self.logs / f"{name}.log"

    @property
    def keys_file(self) -> Path:
        """API keys of the stack's ingest, if it asks for any."""
        return self.path / "keys.json"

    def make(self) -> None:
        """Make the folder before any stack has run on it.

        Raises:
            OSError: It cannot be written.
            UserError: It is somebody's folder with other things in it.
        """
        self._make_private()
        (self.path / "lock").touch()

    def lock(self) -> int:
        """Take the folder for this process. The file descriptor that holds it.

        Servers that write to the folder get a copy of the descriptor: were one to survive us, the folder would
        stay locked, and no second Redis could write to the same append-only file.

        Raises:
            UserError: Another stack has it, or it cannot be written or locked.
        """
        if sys.platform == "win32":
            raise UserError("the embedded stack needs Linux or macOS; on Windows use docker compose")
        try:
            self._make_private()
            file = (self.path / "lock").open("a+", encoding="utf-8")
        except OSError as error:
            raise UserError(f"cannot write to the data folder {self.path}: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise UserError(self._taken()) from error
        except OSError as error:  # some network file systems have no locks
            file.close()
            raise UserError(
                f"cannot lock the data folder {self.path}: {error.strerror}. Choose one on a local disk with --data"
            ) from error
        self._lock = file
        return file.fileno()

    def _make_private(self) -> None:
        """Make the folder, or take an older one's permissions from everybody else.

        Raises:
            UserError: It is somebody's folder with other things in it: its permissions are not ours to change.
        """
        self.path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        if any(self.path.iterdir()) and not (self.path / "lock").exists():
            raise UserError(f"{self.path} has other things in it: choose an empty or a new folder with --data")
        self.path.chmod(_OWNER_ONLY)

    def unlock(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def ports_of_last_time(self) -> dict[str, int]:
        """Ports that the stack had when it ran last: the same addresses again are a convenience, no promise."""
        try:
            return _Ports.model_validate_json(self._ports.read_bytes()).ports
        except (OSError, ValidationError):
            return {}

    def write_running(self, running: RunningStack) -> None:
        """Say that the stack runs, and where."""
        _replace(self._stack, running.model_dump_json(indent=2) + "\n")
        _replace(self._ports, _Ports(ports=running.ports).model_dump_json() + "\n")

    def read_running(self) -> RunningStack | None:
        """The stack that runs on this folder; null if none does, as far as the folder says."""
        try:
            return RunningStack.model_validate_json(self._stack.read_bytes())
        except (OSError, ValidationError):
            return None

    def clear_running(self) -> None:
        """Say that no stack runs."""
        self._stack.unlink(missing_ok=True)

    def _taken(self) -> str:
        running = self.read_running()
        told = f" (process {running.pid}, {running.urls.get('page')})" if running else ""
        return f"a stack runs on {self.path} already{told}. Stop it first, or choose another folder with --data."


def write_private(file: Path, text: str) -> None:
    """Write a file at once, so that only its owner can read it, whatever it was before."""
    _replace(file, text)


def _replace(file: Path, text: str) -> None:
    """Write a file at once: other commands read it while the stack runs."""
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    new.replace(file)


class _Ports(BaseModel):
    ports: dict[str, int]


class Pointer:
    """A file in the user's state folder that names the data folder of the stack started last."""

    def __init__(self, state: Path) -> None:
        """Name the folder; nothing is touched."""
        self._file = state / "running"

    def set(self, data: Path) -> None:
        """Point to `data`. Where the state folder cannot be written, other commands need --url."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(f"{data}\n", encoding="utf-8")

    def get(self) -> Path | None:
        """The data folder; null if none was noted."""
        try:
            noted = self._file.read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return Path(noted) if noted else None

    def clear(self, data: Path) -> None:
        """Forget `data`, unless another stack has started since."""
        if self.get() == data:
            with suppress(OSError):
                self._file.unlink()
