"""What the two clients share of httpx: its requests and answers as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx

from services.client.errors import BadAddressError, InvalidRequestError, UnreadableAnswerError
from services.client.exchange import Answer, Request, Unanswered
from services.client.following import SILENCE_SECONDS

MOST_ANSWER_BYTES = 64 * 1024 * 1024
"""Unpacked: an event is 1 MiB at most, a list a hundred rows."""


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


@contextmanager
def usable_proxies() -> Iterator[None]:
    """Around what makes a client of httpx, which reads the environment. The proxy is not shown: it can have a password.

    Raises:
        BadAddressError: The environment names a proxy that cannot be used.
    """
    try:
        yield
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        raise BadAddressError(
            "the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names cannot be used: give an http:// or https:// "
            "address, or name the service in NO_PROXY"
        ) from error


class Body:
    """The body of an answer, chunk by chunk, unpacked."""

    def __init__(self) -> None:
        """Nothing of it is read yet."""
        self._chunks: list[bytes] = []
        self._bytes = 0

    def add(self, chunk: bytes) -> None:
        """What comes next. Raises UnreadableAnswerError where it is more than any answer of ours has."""
        self._bytes += len(chunk)
        if self._bytes > MOST_ANSWER_BYTES:
            raise UnreadableAnswerError("the answer is longer than 64 MiB: is that address Newsweave's?")
        self._chunks.append(chunk)

    def answer(self, response: httpx.Response) -> Answer:
        """The answer with this body."""
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, b"".join(self._chunks))


def unreadable(error: httpx.DecodingError) -> UnreadableAnswerError:
    """That an answer came which cannot be unpacked."""
    return UnreadableAnswerError(f"the answer cannot be unpacked ({error}): is that address Newsweave's?")


def unanswered(error: Exception) -> Unanswered:
    """Why no answer came, without a header: what a library says of one that it cannot send quotes it, key and all."""
    if isinstance(error, httpx.LocalProtocolError):
        return Unanswered("the request breaks a rule of HTTP", was_sent=False)
    return Unanswered(str(error), timed_out=isinstance(error, httpx.TimeoutException))


def stream_timeout(timeout_seconds: float) -> httpx.Timeout:
    """Of a stream, which may be silent between two signs of life."""
    return httpx.Timeout(timeout_seconds, read=max(SILENCE_SECONDS, timeout_seconds))
