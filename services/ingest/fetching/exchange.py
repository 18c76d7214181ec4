"""One request and its answer. Nothing that a server does leads out of here but an answer or `FetchEnded`."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import httpcore
import structlog

from services.ingest import metrics
from services.ingest.fetching.encodings import OFFERED, BadEncoding, unpacker
from services.ingest.fetching.ended import FetchEnded
from services.ingest.fetching.fetched import NO_VALIDATORS, Outcome, Validators
from services.ingest.fetching.heads import Head, usable
from services.runtime.outbound.refused import RefusedAddress
from services.runtime.outbound.web_address import WebAddress

log = structlog.get_logger()

FORM_TYPE = "application/x-www-form-urlencoded"
DISCARD_BYTES = 64 * 1024
DISCARD_SECONDS = 1.0


@dataclass(frozen=True)
class Request:
    """What to ask for, and what to take for an answer."""

    user_agent: str
    """Who we are."""
    connect_timeout_seconds: float
    """Longest time to connect."""
    read_timeout_seconds: float
    """Longest pause in the answer."""
    max_bytes: int
    """Largest body, as sent and as unpacked."""
    validators: Validators = NO_VALIDATORS
    """Sent as If-None-Match and If-Modified-Since."""
    accept: Collection[str] = ()
    """Media types of bodies that are taken; empty: any."""
    truncate: bool = False
    """Whether a larger body is truncated there; otherwise it ends the fetch."""
    form: bytes | None = None
    """Sent by POST, in place of a GET."""

    @property
    def method(self) -> str:
        """GET or POST."""
        return "GET" if self.form is None else "POST"

    def headers(self, address: WebAddress) -> list[tuple[str, str]]:
        """The headers, for this address."""
        validators = usable(self.validators)
        media_types = ", ".join(sorted(self.accept))
        rows = [
            ("Host", address.authority),
            ("User-Agent", self.user_agent),
            ("Accept", f"{media_types}, */*;q=0.1" if media_types else "*/*"),
            ("Accept-Encoding", OFFERED),
        ]
        rows += [("If-None-Match", validators.etag)] if validators.etag else []
        rows += [("If-Modified-Since", validators.last_modified)] if validators.last_modified else []
        if self.form is not None:
            rows += [("Content-Type", FORM_TYPE), ("Content-Length", str(len(self.form)))]
        return rows

    @property
    def timeouts(self) -> dict[str, float]:
        """As httpcore takes them."""
        connect, read = self.connect_timeout_seconds, self.read_timeout_seconds
        return {"connect": connect, "read": read, "write": read, "pool": connect}


async def exchange(
    pool: httpcore.AsyncConnectionPool,
    address: WebAddress,
    request: Request,
    *,
    seconds: float,
    see_head: Callable[[Head], None],
) -> bytes:
    """Ask for an address and read the answer's body, if it is one that is wanted.

    Args:
        pool: gives the connection.
        address: what to ask for.
        request: how to ask.
        seconds: longest time for all of it.
        see_head: gets the head, also where the fetch ends by the body.

    Returns:
        The body, unpacked; empty for redirects, for all else that ends by its status, and after a POST.

    Raises:
        FetchEnded: no whole answer came, or not one that is wanted.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _answer_with_one_retry(pool, address, request, see_head)
    except FetchEnded:
        raise
    except RefusedAddress as error:
        raise FetchEnded(Outcome.REFUSED_ADDRESS, error.reason) from error
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise FetchEnded(Outcome.TIMEOUT, f"no whole answer in time ({type(error).__name__})") from error
    except httpcore.ProtocolError as error:
        raise FetchEnded(Outcome.BAD_RESPONSE, f"what came is not HTTP: {error}") from error
    except BadEncoding as error:
        raise FetchEnded(Outcome.BAD_RESPONSE, str(error)) from error
    except (httpcore.NetworkError, OSError) as error:
        raise FetchEnded(Outcome.UNREACHABLE, f"{type(error).__name__}: {error}") from error
    except Exception as error:
        # The HTTP library has met bytes that it did not expect. Whatever it is, a server has made it.
        log.exception("the HTTP library failed on an answer", url=str(address))
        raise FetchEnded(Outcome.BAD_RESPONSE, f"what came cannot be read: {type(error).__name__}") from error


class _Attempt:
    """Watches one request, to tell a server that does not answer from a kept connection that it had closed."""

    def __init__(self, see_head: Callable[[Head], None]) -> None:
        self._see_head = see_head
        self.is_on_kept_connection = True
        self.has_head = False

    async def trace(self, event: str, _: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            self.is_on_kept_connection = False

    def see_head(self, head: Head) -> None:
        self.has_head = True
        self._see_head(head)


async def _answer_with_one_retry(
    pool: httpcore.AsyncConnectionPool, address: WebAddress, request: Request, see_head: Callable[[Head], None]
) -> bytes:
    """The answer. Once more if the connection was kept from before and had been closed by the server meanwhile."""
    try:
        attempt = _Attempt(see_head)
        return await _answer(pool, address, request, attempt)
    except (httpcore.NetworkError, httpcore.ProtocolError):
        if attempt.has_head or not attempt.is_on_kept_connection:
            raise
    return await _answer(pool, address, request, _Attempt(see_head))


async def _answer(
    pool: httpcore.AsyncConnectionPool, address: WebAddress, request: Request, attempt: _Attempt
) -> bytes:
    url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
    extensions = {"timeout": request.timeouts, "trace": attempt.trace}
    async with pool.stream(
        request.method, url, headers=request.headers(address), content=request.form, extensions=extensions
    ) as response:
        try:
            return await _read_answer(response, request, attempt)
        except BaseException:
            await _close_connection(response)
            raise


async def _read_answer(response: httpcore.Response, request: Request, attempt: _Attempt) -> bytes:
    head = Head.of(response.status, response.headers)
    attempt.see_head(head)
    if request.form is not None or head.location is not None or head.failure is not None:
        await _discard_body(response)
        return b""
    if not head.accepted(request.accept):
        raise FetchEnded(Outcome.WRONG_TYPE, f"content type {head.content_type} was not asked for")
    length = head.content_length
    if length is not None and length > request.max_bytes and not request.truncate:
        raise FetchEnded(Outcome.TOO_LARGE, f"{length:,} bytes are announced, of at most {request.max_bytes:,}")
    return await _body(response, head, request)


async def _body(response: httpcore.Response, head: Head, request: Request) -> bytes:
    unpack = unpacker(head.headers.get("content-encoding", ""))
    received, content = 0, bytearray()
    async with aclosing(response.aiter_stream()) as stream:  # type: ignore[type-var]  # it is a generator
        async for data in stream:
            received += len(data)
            metrics.FETCHED_BYTES.inc(len(data))
            for piece in unpack.pieces(data):
                content += piece
                if len(content) > request.max_bytes:
                    if not request.truncate:
                        raise _too_large(received, len(content), request)
                    await _close_connection(response)
                    return bytes(content[: request.max_bytes])
            if received > request.max_bytes:
                raise _too_large(received, len(content), request)
    unpack.finish()
    return bytes(content)


async def _discard_body(response: httpcore.Response) -> None:
    """Read a body that is not wanted, if it is short and comes at once: the connection can be kept then."""
    received = 0
    try:
        async with asyncio.timeout(DISCARD_SECONDS), aclosing(response.aiter_stream()) as stream:  # type: ignore[type-var]
            async for data in stream:
                received += len(data)
                metrics.FETCHED_BYTES.inc(len(data))
                if received > DISCARD_BYTES:
                    break
            else:
                return
    except (TimeoutError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.NetworkError):
        pass  # the status has said all
    await _close_connection(response)


async def _close_connection(response: httpcore.Response) -> None:
    """Give up a connection in the middle of a body.

    Over HTTP/1.1 the library does by itself. Over HTTP/2 it keeps the connection and does not cancel the stream: up to
    16 MiB of the body would come before the next answer.
    """
    if response.extensions.get("http_version") == b"HTTP/2":
        await response.extensions["network_stream"].aclose()


def _too_large(received: int, unpacked: int, request: Request) -> FetchEnded:
    so_far = f"{received:,} bytes so far, {unpacked:,} unpacked"
    return FetchEnded(Outcome.TOO_LARGE, f"{so_far}, of at most {request.max_bytes:,}")
