"""Follows the update log for all readers of the stream in this process, and reads back what they have missed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import structlog

from services.api.updates.broadcaster import Broadcaster, Reader
from services.api.updates.frame_making import Frame, FrameMaker
from services.api.updates.positions import order_of
from services.api.updates.stream_filter import StreamFilter
from services.api.updates.update_log import Update, UpdateLog
from services.runtime.errors import TransientError
from services.runtime.stopping import raise_if_cancelled

UPDATES_AT_A_TIME = 100
BLOCK_MS = 2_000
"""Longest wait for updates in one read; less than for any answer of the store."""
INDEX_SECONDS = 2.0
"""Longest wait for the index."""
PAUSE_SECONDS = 0.5
"""After a failure of the store."""
REPLAYS_AT_A_TIME = 4
"""Readers for which older updates are made into frames side by side: they must not keep the live ones waiting."""
log = structlog.get_logger()


class NotFollowing(Exception):  # noqa: N818 - a fact about the hub
    """The log is not followed: the service starts or stops."""


class Index(Protocol):
    """What is searched, which is kept up to date from the same log."""

    @property
    def is_ready(self) -> bool:
        """Whether it is built."""
        ...

    async def reach(self, position: str, seconds: float) -> bool:
        """Wait until it is as far as a position, but no longer than so. May raise TransientError."""
        ...


class StreamHub:
    """One for each process that serves streams."""

    def __init__(self, updates: UpdateLog, frames: FrameMaker, index: Index | None = None) -> None:
        """`index`: what a reader can ask when it has a frame; so no frame comes before the index knows of it."""
        self.updates = updates
        self._index = index
        self._frames = frames
        self._broadcaster: Broadcaster | None = None
        self._replays = asyncio.Semaphore(REPLAYS_AT_A_TIME)

    @property
    def position(self) -> str | None:
        """How far the log was followed: all updates up to here are in the view. None: it is not followed."""
        return None if self._broadcaster is None else self._broadcaster.position

    async def current_position(self) -> str:
        """A position up to which all updates are in the view: the latest that is known. Raises TransientError."""
        return self.position or await self.updates.head()

    @property
    def readers(self) -> int:
        """How many there are."""
        return 0 if self._broadcaster is None else len(self._broadcaster)

    async def run(self, stopping: asyncio.Event) -> None:
        """Follow the log until the service stops, then send all readers away."""
        broadcaster = await self._begin(stopping)
        if broadcaster is None:
            return
        self._broadcaster = broadcaster
        following = asyncio.create_task(self._follow(broadcaster))
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({following, stop}, return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                await following  # it ends by a failure of ours alone
        finally:
            self._broadcaster = None
            broadcaster.send_away()
            following.cancel()
            stop.cancel()

    async def _begin(self, stopping: asyncio.Event) -> Broadcaster | None:
        while not stopping.is_set():
            try:
                return Broadcaster(await self.updates.head())
            except TransientError:
                await _pause(stopping)
        return None

    async def _follow(self, broadcaster: Broadcaster) -> None:
        while True:
            raise_if_cancelled()
            try:
                updates = await self.updates.read(broadcaster.position, UPDATES_AT_A_TIME, BLOCK_MS)
                if updates:
                    await self._publish(broadcaster, updates)
            except TransientError as error:
                log.warning("the update log cannot be read, trying again", reason=repr(error))
                await asyncio.sleep(PAUSE_SECONDS)

    async def _publish(self, broadcaster: Broadcaster, updates: Sequence[Update]) -> None:
        position = updates[-1].position
        frames = await self._frames.make(updates)
        if self._index is not None and self._index.is_ready:
            await self._index.reach(position, INDEX_SECONDS)
        await broadcaster.publish(frames, position)

    async def catch_up(
        self, stream_filter: StreamFilter, after: str, until: str
    ) -> AsyncIterator[tuple[str, list[Frame]]]:
        """What the log has after one position up to another: again and again how far it is read, and what is wanted.

        Raises:
            TransientError: the store does not answer.
        """
        last = order_of(until)
        while order_of(after) < last:
            async with self._replays:
                updates = await self.updates.read(after, UPDATES_AT_A_TIME)
                updates = [update for update in updates if order_of(update.position) <= last]
                frames = await self._frames.make(updates, wait_seconds=0)
            after = updates[-1].position if updates else until
            yield after, [frame for frame in frames if stream_filter.wants(frame.facts, frame.kinds)]

    def join(self, stream_filter: StreamFilter, after: str) -> Reader | None:
        """As `Broadcaster.join`. Raises NotFollowing."""
        return self._followed().join(stream_filter, after)

    def leave(self, stream_filter: StreamFilter, reader: Reader) -> None:
        """Forget a reader."""
        if self._broadcaster is not None:
            self._broadcaster.leave(stream_filter, reader)

    async def has_reached(self, position: str, seconds: float) -> None:
        """As `Broadcaster.has_reached`. Raises NotFollowing."""
        await self._followed().has_reached(position, seconds)

    def _followed(self) -> Broadcaster:
        if self._broadcaster is None:
            raise NotFollowing
        return self._broadcaster


async def _pause(stopping: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(PAUSE_SECONDS):
            await stopping.wait()
    except TimeoutError:
        return
