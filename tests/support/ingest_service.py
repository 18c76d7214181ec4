"""A service as its operators have it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.polling import eventually_async

ROOT = Path(__file__).parents[2]


@dataclass
class RunningService:
    """A running service, its log, and a client of it."""

    process: subprocess.Popen[bytes]
    log: Path
    client: httpx.AsyncClient

    def log_lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    async def metric(self, sample: str) -> float:
        """Value of a sample of `/metrics`, 0 when it is not there."""
        for line in (await self.client.get("/metrics")).text.splitlines():
            name, _, value = line.rpartition(" ")
            if name == sample:
                return float(value)
        return 0.0

    def workers(self) -> list[int]:
        """Process ids of its children: of ingest, its page workers (Linux)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


def running_ingest(folder: Path, *, port: int, **settings: object) -> AbstractAsyncContextManager[RunningService]:
    """Ingest; see `running_service`."""
    return running_service("ingest", folder, port=port, **settings)


@asynccontextmanager
async def running_service(name: str, folder: Path, *, port: int, **settings: object) -> AsyncIterator[RunningService]:
    """A service, ready, for as long as the block runs; killed at its end. `settings`: by their names."""
    environment = {f"NEWSWEAVE_{name.upper()}": str(value) for name, value in settings.items()}
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220 - is there at once
            [sys.executable, "-m", f"services.{name}"],
            env=os.environ | environment | {"PYTHONPATH": str(ROOT), "NEWSWEAVE_HTTP_PORT": str(port)},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:

            async def ready() -> bool:
                assert process.poll() is None, log.read_text()
                try:
                    return (await client.get("/readyz")).status_code == 200
                except httpx.HTTPError:
                    return False

            await eventually_async(ready, seconds=60)
            yield RunningService(process, log, client)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
