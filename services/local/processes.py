"""Child processes that write to log files, stop when told and never outlive this process."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.local.errors import ProcessError

_TETHER = Path(__file__).with_name("tether.py")
_LAST_LINES = 15
OWNER_ONLY_UMASK = 0o077
"""What we and our children write is for the user who runs us: articles, their state, logs."""


@dataclass(frozen=True)
class Command:
    """What to run. `environment` comes on top of ours; `keep_open`: file descriptors that it inherits."""

    name: str
    argv: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: float = 10.0
    """How long the process may take to end after SIGTERM before it is killed."""
    keep_open: tuple[int, ...] = ()


class Child:
    """A running child process, in a session of its own: a Ctrl-C at the terminal reaches us, and we tell it.

    Start children from the main thread: on Linux they are killed when the thread that started them ends.
    """

    def __init__(self, command: Command) -> None:
        """Start it. Its standard output and errors are appended to the log."""
        self.command = command
        command.log.parent.mkdir(parents=True, exist_ok=True)
        with command.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command lines, no shell
                [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command.argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **command.environment},
                start_new_session=True,
                pass_fds=command.keep_open,
                umask=OWNER_ONLY_UMASK,
            )

    @property
    def pid(self) -> int:
        """Process id of the program itself."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """Null while it runs; negative: the signal that ended it."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Send SIGTERM, if it still runs."""
        if self.exit_code is None:
            self._process.terminate()

    def stop(self) -> None:
        """SIGTERM, wait, SIGKILL when it takes too long. Returns when the process has ended."""
        self.ask_to_stop()
        try:
            self._process.wait(self.command.stop_seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL to it and to whatever it started. Returns when the process has ended."""
        if self.exit_code is None:
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def failure(self, what: str) -> ProcessError:
        """The error that says `what` went wrong with it, where its log is and how that ends."""
        return ProcessError(f"{self.command.name} {what}.\n{log_end(self.command.log)}")


def stop_together(children: Sequence[Child]) -> None:
    """Ask all to stop, the last first, then wait for each: the bounds run side by side."""
    backwards = list(reversed(children))
    for child in backwards:
        child.ask_to_stop()
    for child in backwards:
        child.stop()


def describe_exit(code: int) -> str:
    """What an exit code says, for people."""
    if code >= 0:
        return f"ended with exit code {code}"
    return f"was ended by {signal.Signals(-code).name}"


def log_end(log: Path, lines: int = _LAST_LINES) -> str:
    """Where a log is and its last lines."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return f"It left no log at {log}."
    last = text.splitlines()[-lines:]
    if not last:
        return f"Its log is empty: {log}"
    return "\n".join([f"The end of its log, {log}:", *(f"  {line}" for line in last)])


def put_aside(log: Path) -> None:
    """Keep the log of the run before under `<name>.1`, so that each run starts a fresh one."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
