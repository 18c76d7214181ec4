"""The embedded stack as its users have it: `newsweave up` in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.local.folder import DataFolder, RunningStack
from services.local.waiting import wait_until

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 60.0


@dataclass
class Up:
    """A running `newsweave up`."""

    process: subprocess.Popen[bytes]
    home: Path
    output: Path

    @property
    def running(self) -> RunningStack:
        """Where everything is now."""
        found = DataFolder(self.home / "data").read_running()
        assert found is not None, f"no stack runs:\n{self.output.read_text()}"
        return found

    def check(self) -> None:
        """Fail if it has ended: whatever is waited for would never come."""
        assert self.process.poll() is None, f"`newsweave up` has ended:\n{self.output.read_text()}"

    def all_pids(self) -> list[int]:
        """Of the command and all its children."""
        return [self.process.pid, *self.running.pids.values()]

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


def environment(home: Path) -> dict[str, str]:
    """An environment in which `newsweave` finds the stack of `home` and no other."""
    ours = {"NEWSWEAVE_DATA": str(home / "data"), "NEWSWEAVE_STATE": str(home / "state"), "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in os.environ.items() if name != "KAFKA_HOME"} | ours


def newsweave(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "services.local", *arguments],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )


@contextmanager
def newsweave_up(home: Path, **settings: str) -> Iterator[Up]:
    """A stack with its data in `home`, ready, for as long as the block runs. `settings`: environment variables."""
    home.mkdir(parents=True, exist_ok=True)
    output = home / "up.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.local", "up"],
            env=environment(home) | settings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    up = Up(process, home, output)
    folder = DataFolder(home / "data")
    try:
        assert wait_until(
            lambda: process.poll() is not None or _is_up(folder, process.pid), within_seconds=START_SECONDS
        ), f"not up in time:\n{output.read_text()}"
        up.check()
        yield up
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def is_gone(pid: int) -> bool:
    """Whether no such process runs; one that ended and waits to be collected counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def _is_up(folder: DataFolder, pid: int) -> bool:
    # A killed stack leaves its note behind.
    running = folder.read_running()
    return running is not None and running.pid == pid
