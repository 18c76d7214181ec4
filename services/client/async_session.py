"""How the client that does not block moves bytes."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

import httpx
from httpx_sse import SSEError, aconnect_sse

from services.client import calls
from services.client.async_lists import AsyncListing, AsyncStream
from services.client.connecting import connecting
from services.client.conversation import Conversation, Manners, Pause
from services.client.exchange import Answer, Call, Request, Unanswered
from services.client.following import Following, Frame
from services.client.kept_answers import KeptAnswers
from services.client.problems import error_of, no_answer_error, no_stream_error
from services.client.sync_lists import OnBreak
from services.client.sync_session import KEPT_BYTES, PATIENCE_SECONDS, TIMEOUT_SECONDS
from services.client.transport import Body, arguments, stream_timeout, unanswered, unreadable, usable_proxies
from services.client.walk import Walk

T = TypeVar("T")
P = TypeVar("P")


class AsyncSession:
    """As `SyncSession`, without blocking."""

    def __init__(
        self,
        url: str | None = None,
        *,
        ingest_url: str | None = None,
        api_key: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        kept_bytes: int = KEPT_BYTES,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """As `Newsweave`."""
        self._connecting = connecting(url, ingest_url, api_key, os.environ)
        self._manners = Manners(
            self._connecting.addresses, patience_seconds, KeptAnswers(kept_bytes), clock=time.monotonic
        )
        self._pause = pause
        self._stream_timeout = stream_timeout(timeout_seconds)
        with usable_proxies():
            self._http = {
                service: httpx.AsyncClient(
                    base_url=address,
                    timeout=timeout_seconds,
                    headers=self._connecting.headers,
                    trust_env=self._connecting.trusts_environment(service),
                )
                for service, address in self._connecting.addresses.items()
            }

    async def __aenter__(self) -> Self:
        """The client itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close its connections."""
        await self.close()

    async def close(self) -> None:
        """Close its connections."""
        for client in self._http.values():
            await client.aclose()

    async def request(self, request: Request) -> Any:
        """As `Newsweave.request`."""
        return await self.ask(calls.anything(request))

    def walk(self, walk: Walk[P, T]) -> AsyncListing[P, T]:
        """As `Newsweave.walk`."""
        return AsyncListing(walk, self.ask)

    def follow(self, following: Following[T], on_break: OnBreak | None = None) -> AsyncStream[T]:
        """As `Newsweave.follow`."""
        return AsyncStream(following, self._frames, self._pause, on_break)

    async def ask(self, call: Call[T]) -> T:
        """As `Newsweave.ask`."""
        steps: Conversation[T] = self._manners.converse(call)
        outcome: Answer | Unanswered | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(step, Pause):
                await self._pause(step.seconds)
                outcome = None
            else:
                outcome = await self._send(step)

    async def _send(self, request: Request) -> Answer | Unanswered:
        try:
            async with self._http[request.service].stream(**arguments(request)) as response:
                return await _whole(response)
        except httpx.DecodingError as error:
            raise unreadable(error) from error
        except httpx.RequestError as error:
            return unanswered(error)

    @asynccontextmanager
    async def _frames(self, request: Request) -> AsyncIterator[AsyncIterator[Frame]]:
        address = self._connecting.addresses[request.service]
        sent = {**arguments(request), "timeout": self._stream_timeout}
        try:
            async with aconnect_sse(self._http[request.service], **sent) as source:
                if not source.response.is_success:
                    raise error_of(request, await _whole(source.response), address)
                yield source.aiter_sse()
        except SSEError as error:
            raise no_stream_error(address) from error
        except httpx.RequestError as error:
            raise no_answer_error(unanswered(error), address) from error


async def _whole(response: httpx.Response) -> Answer:
    body = Body()
    async for chunk in response.aiter_bytes():
        body.add(chunk)
    return body.answer(response)
