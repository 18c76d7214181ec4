"""The header `Newsweave-Position`: from where a stream goes on after an answer, with nothing missing between.

The position is read before the route reads anything. So what an answer lacks stands after it in the log; what it has
already can come once more, and is told by its version.
"""

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.runtime.errors import TransientError

POSITION = "Newsweave-Position"
_PATHS = re.compile(r"/|/v1/events(/[^/]+)?|/events/[^/]+")
"""The list of events and single events, as JSON and as pages."""


class PositionHeader:
    """Middleware that adds it to the list of events and to single events."""

    def __init__(self, app: ASGIApp, position: Callable[[], Awaitable[str]]) -> None:
        """`position`: of the log, up to which all is in the view. May raise TransientError."""
        self._app = app
        self._position = position

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to an answer that succeeds."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _PATHS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            position = await self._position()
        except TransientError:  # the route meets it as well, and says so
            await self._app(scope, receive, send)
            return

        async def positioned(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < HTTPStatus.BAD_REQUEST:
                MutableHeaders(scope=message)[POSITION] = position
            await send(message)

        await self._app(scope, receive, positioned)
