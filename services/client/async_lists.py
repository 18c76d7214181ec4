"""Lists and streams that do not block, as asynchronous iterators. `sync_lists` has those that do."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Generic, Self, TypeVar

from services.client.errors import NewsweaveError
from services.client.exchange import Call, Request
from services.client.following import Following, Frame
from services.client.sync_lists import OnBreak
from services.client.walk import Walk

T = TypeVar("T")
P = TypeVar("P")


class AsyncListing(AsyncIterator[T], Generic[P, T]):
    """As `Listing`."""

    def __init__(self, walk: Walk[P, T], ask: Callable[[Call[P]], Awaitable[P]]) -> None:
        """`ask` gets the answer to a call."""
        self._walk = walk
        self._ask = ask
        self._items = self._walked()

    @property
    def part(self) -> P | None:
        """As `Listing.part`."""
        return self._walk.part

    async def __anext__(self) -> T:
        """As `Listing.__next__`."""
        return await anext(self._items)

    async def _walked(self) -> AsyncGenerator[T]:
        while (call := self._walk.next_call()) is not None:
            for item in self._walk.take(await self._ask(call)):
                yield item


class AsyncStream(AsyncIterator[T], Generic[T]):
    """As `Stream`."""

    def __init__(
        self,
        following: Following[T],
        connect: Callable[[Request], AbstractAsyncContextManager[AsyncIterator[Frame]]],
        pause: Callable[[float], Awaitable[None]],
        on_break: OnBreak | None,
    ) -> None:
        """`connect` opens one connection, `pause` waits some seconds."""
        self._following = following
        self._connect = connect
        self._pause = pause
        self._on_break = on_break
        self._updates = self._followed()

    @property
    def position(self) -> str | None:
        """As `Stream.position`."""
        return self._following.position

    @property
    def is_whole(self) -> bool:
        """As `Stream.is_whole`."""
        return self._following.is_whole

    async def __anext__(self) -> T:
        """As `Stream.__next__`."""
        return await anext(self._updates)

    async def __aenter__(self) -> Self:
        """The stream itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        await self._updates.aclose()

    async def _followed(self) -> AsyncGenerator[T]:
        following = self._following
        while not following.is_finished:
            error: NewsweaveError | None = None
            try:
                async with self._connect(following.request()) as frames:
                    async for frame in frames:
                        update = following.take(frame)
                        if update is not None:
                            yield update
            except NewsweaveError as broken:
                error = broken
            seconds = following.pause_after(error)
            if not following.is_finished:
                if self._on_break is not None:
                    self._on_break(str(error or "the stream ended"), seconds)
                await self._pause(seconds)
