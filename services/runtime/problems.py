"""Errors of our HTTP APIs as `application/problem+json`.

Source: RFC 9457 (Problem Details for HTTP APIs), https://www.rfc-editor.org/rfc/rfc9457
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.runtime.request_ids import current_request_id
from services.runtime.validation import field_path, plain_message

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 100
"""Fields that one problem names. Whoever sends more errors has one cause for many of them."""

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong, after RFC 9457.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
        "title": {"type": "string", "description": "What kind of problem it is."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What happened this time, and what to do about it."},
        "request_id": {"type": "string", "description": "Id of the request, as in the service's log."},
        "errors": {
            "type": "array",
            "description": f"One entry for each field that is wrong, {MOST_ERRORS} at most.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "line": {"type": "integer", "minimum": 1, "description": "Line of the request body."},
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


class ProblemResponse(Response):
    """A response whose body is one problem, in UTF-8.

    What UTF-8 cannot carry (a lone surrogate that a client sent and a message repeats) becomes `?`: an error
    must not fail on its way out.
    """

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """JSON bytes of the problem."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def problem_response(
    status: int,
    title: str | None = None,
    detail: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    **extra: Any,
) -> ProblemResponse:
    """Build a problem response.

    Args:
        status: HTTP status, 400-599.
        title: the kind of problem; None for the status's own phrase ("Not Found").
        detail: what happened this time, and what the client can do about it.
        headers: further headers, e.g. `Retry-After`.
        extra: further members of the problem, e.g. `errors`; None values are left out.
    """
    body: dict[str, Any] = {"type": "about:blank", "title": title or _phrase(status), "status": status}
    if detail is not None:
        body["detail"] = detail
    body.update({name: value for name, value in extra.items() if value is not None})
    if (request_id := current_request_id()) is not None:
        body.setdefault("request_id", request_id)
    return ProblemResponse(body, status_code=status, headers=dict(headers) if headers else None)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI `responses` entries for a route that can answer with these statuses as problems.

    Naming 422 here also replaces FastAPI's own schema of validation errors, which our APIs do not send.
    """
    content = {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}
    return {status: {"description": _phrase(status), "content": content} for status in statuses}


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of `app` a problem+json: unknown paths, bad parameters, HTTPException, our bugs."""
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    # Starlette raises the exception again after answering, so that the server still logs the traceback.
    app.add_exception_handler(Exception, _on_bug)


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < HTTPStatus.BAD_REQUEST:  # e.g. 304: not an error, and it must have no body
        return Response(status_code=error.status_code, headers=error.headers)
    phrase = _phrase(error.status_code)
    # Starlette fills `detail` with the status phrase when the raiser gives none: no need to say it twice.
    detail = None if error.detail == phrase else str(error.detail)
    return problem_response(error.status_code, phrase, detail, headers=error.headers)


async def _on_validation_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The request is not valid",
        "Correct the fields named in `errors` and send the request again.",
        errors=field_errors(error.errors()),
    )


async def _on_bug(_request: Request, _error: Exception) -> Response:
    return problem_response(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="An error of ours; the service's log has it. Trying again may help.",
    )


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The first `MOST_ERRORS` of pydantic's errors as `[{"field": "query.limit", "message": ...}]`, without input.

    Input is left out because it can be large, secret or not encodable.
    """
    return [
        {"field": field_path(error["loc"]), "message": plain_message(error)} for error in islice(errors, MOST_ERRORS)
    ]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
