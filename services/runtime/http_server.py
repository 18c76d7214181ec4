"""The HTTP server inside a service's process."""

import asyncio
import contextlib
import math
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from services.runtime.http_protocol import ConnectionLimits, LimitedConfig, LimitedProtocol
from services.runtime.problems import problem_response
from services.runtime.request_ids import RequestIds
from services.runtime.settings import RuntimeSettings

HTTP_VERSIONS = {"1.0", "1.1"}


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the service stops it."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def] # noqa: ANN202
        yield


class _OnlyHttp1:
    """Answers requests of other HTTP versions with 505. Plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and scope["http_version"] not in HTTP_VERSIONS:
            app = problem_response(
                HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, detail="Send HTTP/1.1.", headers={"Connection": "close"}
            )
        await app(scope, receive, send)


@asynccontextmanager
async def serving(app: ASGIApp, settings: RuntimeSettings, stopping: asyncio.Event) -> AsyncIterator[str]:
    """Serve `app` for as long as the block runs; the address, as host:port.

    Once `stopping` is set no connection is taken any more, and requests in hand have `drain_seconds` to finish. The
    block ends when they are through. Connections are bounded in number, and each in time until a request's head is
    complete.

    Raises:
        OSError: the address cannot be listened on.
    """
    listening = _listen(settings.http_host, settings.http_port)
    server = _Server(_config(app, settings))

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


def _config(app: ASGIApp, settings: RuntimeSettings) -> LimitedConfig:
    config = LimitedConfig(
        RequestIds(_OnlyHttp1(app)),
        # Not "auto": whatever else is installed, the server behaves the same.
        http=LimitedProtocol,
        ws="none",
        log_config=None,
        lifespan="off",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=math.ceil(settings.drain_seconds),
    )
    config.limits = ConnectionLimits.of(settings)
    return config


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. Not left to uvicorn, which ends the process where it cannot bind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise OSError(
            error.errno, f"cannot listen on {host}:{port} ({error.strerror}): set NEWSWEAVE_HTTP_PORT to a free port"
        ) from error
    # Accepted connections take it over. asyncio sets it only where a socket names its protocol, which accepted ones do
    # not: then a body waits for the client's acknowledgement of the head, 40 ms by a common timer (Nagle's algorithm).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
