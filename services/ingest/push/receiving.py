"""Request bodies as they come in: bounded in size, in time and in the memory that all of them take together."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from services.ingest import metrics
from services.ingest.push.shared_limit import SharedLimit
from services.ingest.push.unpacking import (
    PIECE_BYTES,
    BadCoding,
    Coding,
    Gunzip,
    UnknownCoding,
    UnpacksToTooMuch,
    coding_of,
    unpack_zstd,
    zstd_size,
)
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
        """The whole body, unpacked, in memory until the block ends.

        Raises:
            Refusal: it is too large, packed or unpacked, too slow, ended early, is not what it says it is, or there is
                no memory for it now.
        """
        coding = _coding(request)
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._settings.max_body_bytes:
            raise self._too_large()
        held = _Held(self._memory, client_of(request))
        try:
            yield await self._receive(request, coding, held)
        except BadCoding as error:
            raise Refusal(problem_response(HTTPStatus.BAD_REQUEST, "The body is damaged", str(error))) from error
        except UnpacksToTooMuch as error:
            raise self._too_large() from error
        finally:
            held.release()

    async def _receive(self, request: Request, coding: Coding, held: "_Held") -> bytes:
        """The body, all that is held of it counted. Raises as `receive`, and what unpacking raises."""
        gunzip = Gunzip() if coding is Coding.GZIP else None
        pieces: list[bytes] = []
        received, clock = 0, BodyClock(self._settings)
        async with aclosing(request.stream()) as stream:
            while (chunk := await clock.next_chunk(stream)) is not None:
                received += len(chunk)
                if received > self._settings.max_body_bytes:
                    raise self._too_large()
                await self._keep(gunzip.feed(chunk) if gunzip else [chunk], pieces, held)
        if gunzip:
            await self._keep(gunzip.finish(), pieces, held)
        body = b"".join(pieces)
        return await self._unpack_zstd(body, held) if coding is Coding.ZSTD else body

    async def _keep(self, more: Iterable[bytes], pieces: list[bytes], held: "_Held") -> None:
        for piece in more:
            if held.size + len(piece) > self._settings.max_body_bytes:
                raise self._too_large()
            held.take(len(piece))
            pieces.append(piece)
            if len(piece) >= PIECE_BYTES:
                await asyncio.sleep(0)  # others have their turn while a small chunk unpacks to a large body

    async def _unpack_zstd(self, packed: bytes, held: "_Held") -> bytes:
        most = self._settings.max_body_bytes
        size = zstd_size(packed, most)
        held.take(min(size.at_most, most))
        body = await asyncio.to_thread(unpack_zstd, packed, size, most)
        held.give_back(held.size - len(body))
        return body

    def _too_large(self) -> Refusal:
        limit = self._settings.max_body_bytes
        return too_large(f"The body has more than {limit:,} bytes, unpacked. Send fewer articles in one request.")


class _Held:
    """What one request holds of the memory for bodies."""

    def __init__(self, memory: SharedLimit, client: str) -> None:
        self.size = 0
        self._memory = memory
        self._client = client

    def take(self, size: int) -> None:
        """Hold more. Raises Refusal when there is no more."""
        if not self._memory.take(self._client, size):
            metrics.TURNED_AWAY.labels("memory").inc()
            raise unavailable("Too many bodies at a time.", seconds=1)
        self.size += size

    def give_back(self, size: int) -> None:
        """Hold less."""
        self._memory.give_back(self._client, size)
        self.size -= size

    def release(self) -> None:
        """Hold nothing."""
        self.give_back(self.size)


def _coding(request: Request) -> Coding:
    """How the body is compressed. Raises Refusal."""
    try:
        return coding_of(request.headers.getlist("content-encoding"))
    except UnknownCoding as error:
        taken = "gzip, zstd"
        detail = f"Send the body as it is, or with one of these content encodings: {taken}. This one came as {error}."
        answer = problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=detail, headers={"Accept-Encoding": taken})
        raise Refusal(answer) from error


class BodyClock:
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
