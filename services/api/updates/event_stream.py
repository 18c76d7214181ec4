"""One stream of updates as an HTTP answer: what was missed, then what comes, until either side leaves."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from services.api import metrics
from services.api.middleware import HEAD_ONLY
from services.api.updates.broadcaster import Reader
from services.api.updates.frame_making import Frame
from services.api.updates.frames import (
    MEDIA_TYPE,
    goodbye_frame,
    heartbeat_frame,
    joined,
    position_frame,
    too_slow_frame,
)
from services.api.updates.positions import order_of
from services.api.updates.stream_filter import StreamFilter
from services.api.updates.stream_hub import NotFollowing, StreamHub
from services.api.updates.stream_places import StreamPlaces
from services.api.updates.update_log import LogBounds
from services.runtime.errors import TransientError
from services.runtime.http_protocol import ABORT

HEARTBEAT_SECONDS = 15.0
SEND_SECONDS = 60.0
"""Longest that a reader may take nothing at all."""
REACH_SECONDS = 5.0
"""Longest wait for the index to be as far as the log when a stream of what was missed begins."""
HEADERS = {
    "Cache-Control": "no-store",
    # nginx and others keep answers back to send them in large pieces, unless they are told not to.
    "X-Accel-Buffering": "no",
}


@dataclass(frozen=True)
class StreamRequest:
    """What a reader asks for."""

    stream_filter: StreamFilter
    after: str
    """Position to go on after."""
    bounds: LogBounds
    """Of the log, at that moment."""
    whole: bool
    """Whether nothing is missing since what the reader asked for."""
    follow: bool
    """Whether the stream goes on when the reader has all up to the head."""


class EventStream(Response):
    """The answer. It is sent as frames come, and ends by itself only where that is asked for."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        hub: StreamHub,
        request: StreamRequest,
        places: StreamPlaces,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._hub = hub
        self._request = request
        self._places = places
        self._heartbeat_seconds = heartbeat_seconds
        self._last = request.after
        """How far the reader is: it has, or is being sent, all that it wants up to here."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream; of a request for its head alone only that.

        Raises:
            Refused: too many are open. Nothing is sent then.
        """
        with self._places.hold():
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if not scope.get(HEAD_ONLY, False):
            metrics.STREAMS.inc()
            ending = "failed"
            try:
                ending = await self._send(receive, send)
            except TimeoutError:
                ending = "stuck"
                scope.get("extensions", {}).get(ABORT, lambda: None)()
                return
            finally:
                metrics.STREAMS.dec()
                metrics.STREAMS_ENDED.labels(ending).inc()
        await send({"type": "http.response.body", "body": b""})

    async def _send(self, receive: Receive, send: Send) -> str:
        """Until the stream ends; how it ended. Raises TimeoutError where the reader takes nothing any more."""
        client = _Client(send)
        watching = asyncio.create_task(client.watch(receive))
        try:
            request = self._request
            await client.send(position_frame(request.after, request.bounds, whole=request.whole))
            if not request.follow:
                await self._catch_up(client, request.bounds.head)
                return "complete"
            return await self._follow(client)
        except NotFollowing:
            await client.send(goodbye_frame(self._last, 0))
            return "stopped"
        except TransientError:
            return "store"  # the reader comes back where it was, and is told then if the store is still away
        finally:
            watching.cancel()

    async def _follow(self, client: "_Client") -> str:
        stream_filter = self._request.stream_filter
        while (reader := self._hub.join(stream_filter, self._last)) is None:
            await self._catch_up(client, self._hub.position or self._last)
            if client.gone:
                return "left"
        client.reader = reader
        try:
            return await self._send_live(client, reader)
        finally:
            self._hub.leave(stream_filter, reader)

    async def _catch_up(self, client: "_Client", until: str) -> None:
        """Send what the log has up to a position."""
        await self._hub.has_reached(until, REACH_SECONDS)
        async for position, frames in self._hub.catch_up(self._request.stream_filter, self._last, until):
            if client.gone:
                return
            await self._give(client, frames)
            await client.send(heartbeat_frame(position))
            self._last = position

    async def _send_live(self, client: "_Client", reader: Reader) -> str:
        while True:
            frames = await reader.take(self._heartbeat_seconds)
            if client.gone:
                return "left"
            await self._give(client, frames)
            if reader.too_slow:
                await client.send(too_slow_frame(self._last))
                return "too_slow"
            if reader.leaving:
                await client.send(goodbye_frame(self._last, reader.number))
                return "stopped"
            if not frames and reader.is_idle:
                self._last = max(self._last, self._hub.position or self._last, key=order_of)
                await client.send(heartbeat_frame(self._last))

    async def _give(self, client: "_Client", frames: Sequence[Frame]) -> None:
        if frames:
            self._last = frames[-1].position
            await client.send(joined([frame.encoded for frame in frames]))


class _Client:
    """Who is at the other end."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.gone = False
        self.reader: Reader | None = None

    async def watch(self, receive: Receive) -> None:
        """Wait until the client leaves."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self.reader is not None:
            self.reader.wake()

    async def send(self, body: bytes) -> None:
        """Hand bytes over. Raises TimeoutError where the client takes none any more."""
        async with asyncio.timeout(SEND_SECONDS) as limit:
            if self.reader is not None:
                self.reader.sending = limit
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
        if self.reader is not None:
            self.reader.sending = None
