"""One id for each HTTP request: in a header of its answer, in every line logged meanwhile, and in problems."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "Newsweave-Request-Id"
"""Header that names the request."""
REQUEST_ID_PATTERN = "^req_[0-9a-f]{20}$"
_ID_BYTES = 10

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def new_request_id() -> str:
    """An id that no other request has."""
    return f"req_{secrets.token_hex(_ID_BYTES)}"


def current_request_id() -> str | None:
    """Id of the request that is being answered; None outside of one."""
    return _current.get()


class RequestIds:
    """Middleware outside everything else. Plain ASGI.

    The server runs each request in a context of its own, so nothing is taken back at the end: a line that the server
    itself logs about the request (a traceback) has the id, too.
    """

    def __init__(self, app: ASGIApp, *, make_id: Callable[[], str] = new_request_id) -> None:
        self._app = app
        self._make_id = make_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request an id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._make_id()
        _current.set(request_id)
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                # An answer that is given once more (Idempotency-Key) names the request that it was made for.
                MutableHeaders(scope=message).setdefault(REQUEST_ID, request_id)
            await send(message)

        await self._app(scope, receive, named)
