"""JSON answers that a client need not fetch twice."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.responses import Response

from services.api.conditional import etag_matches

CACHE_CONTROL = "no-cache"
"""Keep it, but ask whether it changed: an event can change at any second."""

ETAG_DIGITS = 16
"""Hex digits of a body's hash: enough to tell the versions of one address apart."""

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "It has not changed since the version that `If-None-Match` names."}
}


def unchanged(request: Request, etag: str, headers: Mapping[str, str] | None = None) -> Response | None:
    """A 304 if the client has the representation that `etag` (quoted) names."""
    if not etag_matches(request.headers.get("if-none-match"), etag):
        return None
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_headers(etag, headers))


def hashed_answer(request: Request, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
    """A body that is JSON already, named by its hash; a 304 if the client has it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:ETAG_DIGITS]}"'
    return unchanged(request, etag, headers) or json_answer(body, etag, headers)


def json_answer(body: bytes, etag: str, headers: Mapping[str, str] | None = None) -> Response:
    """A body that is JSON already."""
    return Response(body, media_type="application/json", headers=_headers(etag, headers))


def _headers(etag: str, more: Mapping[str, str] | None) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": CACHE_CONTROL, **(more or {})}
