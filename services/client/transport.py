"""What the two clients share of httpx: its requests and answers as ours."""

from typing import Any

import httpx

from services.client.exchange import Answer, Request, Unanswered
from services.client.following import SILENCE_SECONDS


def arguments(request: Request) -> dict[str, Any]:
    """A request as httpx takes it."""
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
    """Why no answer came."""
    return Unanswered(str(error), timed_out=isinstance(error, httpx.TimeoutException))


def stream_timeout(timeout_seconds: float) -> httpx.Timeout:
    """Of a stream, which may be silent between two signs of life."""
    return httpx.Timeout(timeout_seconds, read=max(SILENCE_SECONDS, timeout_seconds))
