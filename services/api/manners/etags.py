"""ETags of whatever a GET answers: named by a hash where a route names none, weak where an answer may be compressed."""

import hashlib
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.conditional import etag_matches
from services.api.json_answers import CACHE_CONTROL, ETAG_DIGITS

_OPERATORS = frozenset({"/healthz", "/readyz", "/metrics"})
"""What these answer is of the moment: to be asked for anew each time."""
_CODINGS = ("gzip", "zstd", "*")
"""What a client names that takes an answer compressed as we do."""
_NOT_OF_A_304 = ("content-length", "content-type", "content-encoding")


class HashedEtags:
    """Names each 200 to a GET that comes in one piece and has no ETag yet; answers 304 to who has it.

    Outside of it nothing may change the body. What must not be kept (`Cache-Control: no-store`) gets none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the head of an answer back until its body says how it is named."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] in _OPERATORS:
            await self._app(scope, receive, send)
            return
        head: Message | None = None

        async def naming(message: Message) -> None:
            nonlocal head
            if message["type"] == "http.response.start" and _is_unnamed(message):
                head = message
                return
            if head is None:
                await send(message)
                return
            start, head = head, None
            if not message.get("more_body", False):
                start, message = _named(start, message, Headers(scope=scope).get("if-none-match"))
            await send(start)
            await send(message)

        await self._app(scope, receive, naming)


def _is_unnamed(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == HTTPStatus.OK
        and "etag" not in headers
        and "no-store" not in headers.get("cache-control", "")
        and not headers.get("content-type", "").startswith("text/event-stream")
    )


def _named(start: Message, body: Message, if_none_match: str | None) -> tuple[Message, Message]:
    etag = f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:ETAG_DIGITS]}"'
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["ETag"] = etag
    headers.setdefault("Cache-Control", CACHE_CONTROL)
    if not etag_matches(if_none_match, etag):
        return {**start, "headers": headers.raw}, body
    for name in _NOT_OF_A_304:
        del headers[name]
    return {**start, "status": HTTPStatus.NOT_MODIFIED, "headers": headers.raw}, {**body, "body": b""}


class WeakEtags:
    """Around compression: one ETag must not name two codings of a body as if they were byte for byte the same.

    So a client that takes codings gets weak ETags, compressed or not, and the 304 says the same as the 200 did.
    Source: RFC 9110 §8.8.3.3 (entity tags vary with content codings) and §15.4.5 (headers of a 304).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Weaken."""
        if scope["type"] != "http" or not _takes_codings(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return

        async def weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                etag = headers.get("etag")
                if etag is not None and not etag.startswith("W/"):
                    headers["ETag"] = f"W/{etag}"
                if message["status"] == HTTPStatus.NOT_MODIFIED:
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        await self._app(scope, receive, weakened)


def _takes_codings(headers: Headers) -> bool:
    accepted = headers.get("accept-encoding", "")
    return any(coding in accepted for coding in _CODINGS)
