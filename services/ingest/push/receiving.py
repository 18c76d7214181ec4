"""Request bodies as they come in: bounded in size, in time and in the memory that all of them take together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from services.ingest import metrics
from services.ingest.push.body import UnsupportedType
from services.ingest.push.shared_limit import SharedLimit
from services.ingest.settings import IngestSettings
from services.runtime.http_client_address import client_key
from services.runtime.problems import problem_response


class Refusal(Exception):  # noqa: N818 - carries the answer
    """The request is answered with a problem."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class Pace:
    """How long a sender may be silent, so that over any time it sends at a lowest rate. Pure."""

    def __init__(self, bytes_per_second: float, grace_seconds: float) -> None:
        """A sender has `grace_seconds` at first, and never more."""
        self._rate = bytes_per_second
        self._grace = grace_seconds
        self.seconds_left = grace_seconds

    def note(self, size: int, seconds: float) -> None:
        """`size` bytes came after `seconds` of waiting."""
        self.seconds_left = min(self._grace, self.seconds_left - seconds + size / self._rate)


class Receiver:
    """Receives the bodies of requests. It holds at most `max_held_body_bytes` of them at a time."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings
        # Memory for one body of the largest size is the least that can work.
        total = max(settings.max_held_body_bytes, settings.max_body_bytes)
        per_client = max(int(total * settings.client_share), settings.max_body_bytes)
        self._memory = SharedLimit(total, per_client)

    @asynccontextmanager
    async def receive(self, request: Request) -> AsyncIterator[bytes]:
        """The whole body, in memory until the block ends.

        Raises:
            Refusal: it is too large, too slow, ended early, or there is no memory for it now.
            UnsupportedType: it is compressed.
        """
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedType("Send the body without content encoding (compression).")
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._settings.max_body_bytes:
            raise self._too_large()
        client, held = client_of(request), 0
        chunks: list[bytes] = []
        clock = _BodyClock(self._settings)
        try:
            async with aclosing(request.stream()) as stream:
                while (chunk := await clock.next_chunk(stream)) is not None:
                    if held + len(chunk) > self._settings.max_body_bytes:
                        raise self._too_large()
                    if not self._memory.take(client, len(chunk)):
                        metrics.TURNED_AWAY.labels("memory").inc()
                        raise unavailable("Too many bodies at a time.", seconds=1)
                    held += len(chunk)
                    chunks.append(chunk)
            body = b"".join(chunks)
            chunks.clear()
            yield body
        finally:
            self._memory.give_back(client, held)

    def _too_large(self) -> Refusal:
        limit = self._settings.max_body_bytes
        return too_large(f"The body has more than {limit:,} bytes. Send fewer articles in one request.")


class _BodyClock:
    """Waits for the chunks of one body, as long as the settings allow."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings
        self._pace = Pace(settings.body_minimum_bytes_per_second, settings.body_grace_seconds)
        self._loop = asyncio.get_running_loop()
        self._end = self._loop.time() + settings.body_timeout_seconds

    async def next_chunk(self, stream: AsyncIterator[bytes]) -> bytes | None:
        """The next chunk; None at the end. Raises Refusal when it is late, or the client left."""
        began = self._loop.time()
        try:
            async with asyncio.timeout_at(min(self._end, began + self._pace.seconds_left)):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            metrics.TURNED_AWAY.labels("slow").inc()
            raise self._too_slow() from error
        except ClientDisconnect as error:
            raise Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail="The body ended early.")) from error
        if chunk is not None:
            self._pace.note(len(chunk), self._loop.time() - began)
        return chunk

    def _too_slow(self) -> Refusal:
        settings = self._settings
        if self._loop.time() >= self._end:
            detail = f"The body did not arrive within {settings.body_timeout_seconds:g} s."
        else:
            detail = f"The body came at less than {settings.body_minimum_bytes_per_second:,} bytes a second."
        # Who is so slow gets no second request on this connection.
        return Refusal(problem_response(HTTPStatus.REQUEST_TIMEOUT, detail=detail, headers={"Connection": "close"}))


def client_of(request: Request) -> str:
    """Whom a request counts for: the address it comes from; behind a trusted proxy, the one that the proxy names."""
    return client_key(request.client.host) if request.client else ""


def too_large(detail: str) -> Refusal:
    """413."""
    return Refusal(problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=detail))


def unavailable(detail: str, seconds: int) -> Refusal:
    """503, to be tried again after `seconds`."""
    headers = {"Retry-After": str(seconds)}
    return Refusal(problem_response(HTTPStatus.SERVICE_UNAVAILABLE, detail=detail, headers=headers))
