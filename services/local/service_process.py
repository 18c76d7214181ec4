"""One of our services as a child process."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

import services
from services.local.ports import LOOPBACK
from services.local.processes import Child, Command

_ANSWER_SECONDS = 1.0


class ServiceProcess:
    """`python -m services.<name>` on a port of loopback."""

    def __init__(self, name: str, *, port: int, log: Path, environment: Mapping[str, str], stop_seconds: float) -> None:
        """Set up, start nothing. `environment`: its settings, without those of its HTTP server."""
        self.name = name
        self.port = port
        self.child: Child | None = None
        # -P and the path: a folder `services` where the user happens to stand must not be taken for ours.
        root = str(Path(next(iter(services.__path__))).parent)
        search = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._command = Command(
            name=name,
            argv=[sys.executable, "-P", "-m", f"services.{name}"],
            log=log,
            environment={
                **environment,
                "NEWSWEAVE_HTTP_HOST": LOOPBACK,
                "NEWSWEAVE_HTTP_PORT": str(port),
                "PYTHONPATH": search,
                "PYTHONUNBUFFERED": "1",
            },
            stop_seconds=stop_seconds,
        )

    @property
    def url(self) -> str:
        """Base address of its HTTP server."""
        return f"http://{LOOPBACK}:{self.port}"

    def launch(self) -> None:
        """Run it; `is_ready` says when it does its work."""
        self.child = Child(self._command)

    def is_ready(self) -> bool:
        """Whether it says that it does its work."""
        try:
            answer = httpx.get(f"{self.url}/readyz", timeout=_ANSWER_SECONDS, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK
