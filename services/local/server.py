"""What the embedded servers share: a port, a start with a deadline, a clean stop."""

from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from services.local.errors import ProcessError
from services.local.ports import free_port
from services.local.processes import Child, Command, describe_exit
from services.local.waiting import StopRequest, wait_until

_ATTEMPTS = 3
"""Another program may take a free port before our server does. Three in a row is no accident."""


class Server(ABC):
    """A server as a child process on loopback. Use it as a context manager, or `start` and `stop` it."""

    name: str
    start_seconds = 30.0

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        preferred_port: int | None = None,
        log: Path | None = None,
    ) -> None:
        """Set up, start nothing.

        Args:
            folder: Where its files live; made if missing.
            port: The port it must have. None: `preferred_port` if that is free, else any.
            preferred_port: See `port`.
            log: Its log file; by default in `folder`.
        """
        self.folder = folder
        self.log = log or folder / f"{self.name}.log"
        self.keep_open: tuple[int, ...] = ()
        """File descriptors that the server is given and keeps open as long as it lives."""
        self.child: Child | None = None
        self._fixed_port = port
        self._preferred_port = preferred_port
        self._port: int | None = port

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        if self._port is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._port

    @abstractmethod
    def _command(self, port: int) -> Command:
        """What to run so that it listens on `port`."""

    @abstractmethod
    def _answers(self, port: int, child: Child) -> bool:
        """Whether `child` serves requests on `port`."""

    def start(self, stop: StopRequest | None = None) -> None:
        """Run it and return when it answers; started again, on the port that it had.

        Raises:
            ProcessError: It ended or did not answer in time.
            NoBuildError: There is nothing to run on this platform.
            Interrupted: `stop` was made meanwhile. Nothing is left running.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        failure: ProcessError | None = None
        preferred = self._preferred_port
        for _ in range(_ATTEMPTS):
            port = self._fixed_port or free_port(preferred)
            preferred = None
            child = Child(self._command(port))
            failure = self._wait_for(child, port, stop)
            if failure is None:
                self.child, self._port, self._fixed_port = child, port, port
                return
            if self._fixed_port is not None:
                break
        assert failure is not None
        raise failure

    def _wait_for(self, child: Child, port: int, stop: StopRequest | None) -> ProcessError | None:
        """Wait until `child` answers. The failure, if it ended instead."""
        try:
            in_time = wait_until(
                lambda: child.exit_code is not None or self._answers(port, child),
                within_seconds=self.start_seconds,
                stop=stop,
            )
        except BaseException:
            child.kill()
            raise
        code = child.exit_code
        if code is not None:
            return child.failure(describe_exit(code))
        if not in_time:
            child.kill()
            raise child.failure(f"did not answer on port {port} within {self.start_seconds:.0f} s")
        return None

    def stop(self) -> None:
        """Stop it, if it runs. Returns when the process has ended."""
        if self.child is not None:
            self.child.stop()
            self.child = None

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()
