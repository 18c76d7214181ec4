"""Who may read, and who may manage saved searches and webhooks. Plain ASGI, around all routes: none can forget it."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from services.api import metrics
from services.api.errors import error_answer
from services.api.pages.rendering import Pages
from services.api.settings import ApiSettings
from services.runtime.api_keys import Scope
from services.runtime.http_access import Access, Admitted, Denied
from services.runtime.http_client_address import client_key

RISK = "Whoever reaches it can read all events and have them sent elsewhere"
OPEN_PATHS = frozenset({"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"})
"""For operators, and what says how to show a key."""
OPEN_BELOW = "/static/"
SEARCHES = "/v1/saved-searches"
WEBHOOKS = "/v1/webhooks"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def needed_scope(method: str, path: str) -> Scope | None:
    """What a request needs; None: nothing. A POST that only asks (match, check) reads."""
    if path in OPEN_PATHS or path.startswith(OPEN_BELOW):
        return None
    if _is_at(path, WEBHOOKS) or (_is_at(path, SEARCHES) and method not in _READING):
        return Scope.SEARCHES_WRITE
    return Scope.EVENTS_READ


def _is_at(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


class AccessControl:
    """Middleware that refuses what may not come in, and notes who sent what may."""

    def __init__(self, app: ASGIApp, *, access: Access, pages: Pages) -> None:
        self._app = app
        self._access = access
        self._pages = pages

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; the answer says what is left of the client's quota."""
        needed = needed_scope(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if needed is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope.get("client")
        try:
            admitted = self._access.admit(
                client_key(client[0]) if client else "", headers.getlist("authorization"), needed
            )
        except Denied as denied:
            metrics.TURNED_AWAY.labels(denied.reason).inc()
            await self._refusal(denied, headers)(scope, receive, send)
            return
        scope.setdefault("state", {})["admitted"] = admitted
        await self._app(scope, receive, _with_headers(send, admitted) if admitted.headers else send)

    def _refusal(self, denied: Denied, headers: Headers) -> Response:
        status = HTTPStatus(denied.status)
        return error_answer(
            self._pages, headers.get("accept"), status, status.phrase, denied.detail, headers=denied.headers
        )


def _with_headers(send: Send, admitted: Admitted) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(admitted.headers)
        await send(message)

    return sending


def open_access(settings: ApiSettings) -> Access:
    """Keys and rates as the settings say. Raises KeysMissing, UnreadableKeys."""
    return Access(settings, risk=RISK, takes_basic=True)
