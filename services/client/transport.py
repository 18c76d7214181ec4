"""What the two clients share of httpx: its requests and answers as ours."""

from http import HTTPStatus
from typing import Any

import httpx

from services.client.errors import InvalidRequestError
from services.client.exchange import Answer, Request, Unanswered
from services.client.following import SILENCE_SECONDS


def arguments(request: Request) -> dict[str, Any]:
    """A request as httpx takes it.

    Raises:
        InvalidRequestError: A header has a line break, or a letter that is not ASCII.
    """
    for name, value in request.headers.items():
        if not (value.isascii() and value.isprintable()):
            raise InvalidRequestError(HTTPStatus.BAD_REQUEST, f"{name}: give printable ASCII characters")
    return {
        "method": request.method,
        "url": request.path,
        "params": list(request.query) or None,
        "content": request.body,
        "headers": dict(request.headers),
    }


def answer_of(response: httpx.Response) -> Answer:
    """An answer whose body was read."""
    return Answer(
        response.status_code, {name.lower(): value for name, value in response.headers.items()}, response.content
    )


def unanswered(error: Exception) -> Unanswered:
    """Why no answer came, without a header: what a library says of one that it cannot send quotes it, key and all."""
    if isinstance(error, httpx.LocalProtocolError):
        return Unanswered("the request breaks a rule of HTTP", was_sent=False)
    return Unanswered(str(error), timed_out=isinstance(error, httpx.TimeoutException))


def stream_timeout(timeout_seconds: float) -> httpx.Timeout:
    """Of a stream, which may be silent between two signs of life."""
    return httpx.Timeout(timeout_seconds, read=max(SILENCE_SECONDS, timeout_seconds))
