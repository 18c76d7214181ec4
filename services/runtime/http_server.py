"""The HTTP server inside a service's process."""

import asyncio
import contextlib
import math
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from services.runtime.settings import RuntimeSettings


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the service stops it."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def] # noqa: ANN202
        yield


@asynccontextmanager
async def serving(app: ASGIApp, settings: RuntimeSettings, stopping: asyncio.Event) -> AsyncIterator[str]:
    """Serve `app` for as long as the block runs; the address, as host:port.

    Once `stopping` is set no connection is taken any more, and requests in hand have `drain_seconds` to finish. The
    block ends when they are through.

    Raises:
        OSError: the address cannot be listened on.
    """
    listening = _listen(settings.http_host, settings.http_port)
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", timeout_graceful_shutdown=math.ceil(settings.drain_seconds)
    )
    server = _Server(config)

    async def stop() -> None:
        await stopping.wait()
        server.should_exit = True

    with listening:
        tasks = [asyncio.create_task(server.serve(sockets=[listening])), asyncio.create_task(stop())]
        try:
            yield f"{settings.http_host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            tasks[1].cancel()
            await tasks[0]


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. Not left to uvicorn, which ends the process where it cannot bind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise OSError(
            error.errno, f"cannot listen on {host}:{port} ({error.strerror}): set NEWSWEAVE_HTTP_PORT to a free port"
        ) from error
