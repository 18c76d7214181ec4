"""What every request has: HEAD beside GET, a measurement. Plain ASGI: bodies stream through."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api import metrics

HEAD_ONLY = "newsweave.head_only"
"""Set in the scope of a HEAD request: an answer that would not end has to end after its head."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE"})
"""That the metrics tell apart."""


class HttpManners:
    """Middleware for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer HEAD as GET without the body, note how long it took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        status = 500
        began = time.perf_counter()

        async def mannered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET", HEAD_ONLY: True} if method == "HEAD" else scope
        try:
            await self._app(inner, receive, mannered)
        finally:
            route = getattr(inner.get("route"), "path", "other")
            elapsed = time.perf_counter() - began
            known = method if method in _METHODS else "other"  # a client can invent methods without end
            metrics.HTTP_SECONDS.labels(known, route, str(status)).observe(elapsed)
