"""A process that reads pages, seen from the service. `worker.py` is what runs in it."""

import asyncio
import contextlib
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import services
from services.ingest.pages.worker import LENGTH_BYTES

_START_SECONDS = 60.0


class WorkerLost(Exception):  # noqa: N818 - a fact about the worker
    """A worker ended, or never got ready."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code


class Worker:
    """A process that reads pages, one at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, program: Sequence[str], arguments: Sequence[str]) -> "Worker":
        """A warm worker.

        Raises:
            OSError: no process could be started.
            WorkerLost: it ended, or was not warm in time.
        """
        # -P and the path: a folder `services` where the service was started must not be taken for ours.
        root = str(Path(next(iter(services.__path__))).parent)
        search = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            *program,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Whoever breaks the parser finds no address or password of broker and store there.
            env={name: value for name, value in os.environ.items() if not name.startswith("NEWSWEAVE_")}
            | {"PYTHONPATH": search},
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START_SECONDS):
                await worker._receive()
        except TimeoutError as error:
            await worker.kill()
            raise WorkerLost(None) from error
        except BaseException:
            await worker.kill()
            raise
        return worker

    async def ask(self, frame: bytes) -> bytes:
        """The answer to a job. Raises WorkerLost when the worker ends over it."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(frame)
            await stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise WorkerLost(await self._process.wait()) from error
        return await self._receive()

    async def _receive(self) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        try:
            (length,) = struct.unpack(">I", await stdout.readexactly(LENGTH_BYTES))
            return await stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionResetError) as error:
            raise WorkerLost(await self._process.wait()) from error

    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.returncode is not None

    async def ended(self) -> None:
        """Wait for the end of the process."""
        await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL, whatever it does. Returns when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
