"""Hands each frame to the readers that want it: one queue a reader, each distinct filter asked once a frame.

Nothing here waits for a reader. A reader whose queue is full does not keep up: its queue is emptied, it is told where
to go on, and cut. The frames of the last minutes are kept: who comes back with a position among them goes on without a
look into the store, and without a gap between what was and what comes.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count

from services.api.updates.frame_making import Frame
from services.api.updates.positions import order_of
from services.api.updates.stream_filter import StreamFilter

RECENT_FRAMES = 500
"""Frames that are kept for readers that come back. What filters look at in one takes 20 to 80 KB."""
QUEUED_FRAMES = 2 * RECENT_FRAMES
"""Frames that may wait for one reader: all recent ones, and as many on top."""
CUT_SECONDS = 5.0
"""What a reader that does not keep up has to take what is on its way and to be told."""
_READERS_AT_A_TIME = 200
"""Readers that are handed a frame before anything else has its turn."""


class Reader:
    """One reader of the stream: its queue, and whether its stream ends."""

    def __init__(self, number: int, after: tuple[int, int]) -> None:
        self.number = number
        """Tells readers of this process apart."""
        self.too_slow = False
        self.leaving = False
        """Whether the service stops."""
        self.sending: asyncio.Timeout | None = None
        """Limit of the sending in hand."""
        self._after = after
        self._queue: deque[Frame] = deque()
        self._woken = asyncio.Event()

    def offer(self, frame: Frame) -> None:
        """Queue a frame, or note that there are too many."""
        if frame.order <= self._after or self.too_slow:
            return
        if len(self._queue) >= QUEUED_FRAMES:
            self.too_slow = True
            self._queue.clear()
            if self.sending is not None:
                self.sending.reschedule(asyncio.get_running_loop().time() + CUT_SECONDS)
        else:
            self._queue.append(frame)
        self._woken.set()

    def wake(self) -> None:
        """Let the reader look at what it is told."""
        self._woken.set()

    async def take(self, seconds: float) -> list[Frame]:
        """What is queued, as soon as there is something; nothing after a while, or when the stream ends."""
        if not self._woken.is_set():
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                return []
        self._woken.clear()
        frames = list(self._queue)
        self._queue.clear()
        return frames

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued and nothing is to be told: then the reader is as far as the broadcaster."""
        return not (self._queue or self.too_slow or self.leaving)


class Broadcaster:
    """The readers, and the frames of the last minutes."""

    def __init__(self, position: str) -> None:
        """Begin after a position of the log."""
        self.position = position
        """Up to where frames were handed on, or concerned nobody."""
        self._oldest = order_of(position)
        self._recent: deque[Frame] = deque()
        self._readers: dict[StreamFilter, dict[int, Reader]] = {}
        self._numbers = count(1)
        self._moved = asyncio.Condition()

    def __len__(self) -> int:
        return sum(map(len, self._readers.values()))

    def join(self, stream_filter: StreamFilter, after: str) -> Reader | None:
        """A reader that gets every frame after a position, from those kept on; None: it is too long ago for these.

        Nothing can come between what it is given now and what it is handed later: nothing is awaited here.
        """
        order = order_of(after)
        if order < self._oldest:
            return None
        reader = Reader(next(self._numbers), order)
        for frame in self._recent:
            if frame.order > order and stream_filter.wants(frame.facts, frame.kinds):
                reader.offer(frame)
        self._readers.setdefault(stream_filter, {})[reader.number] = reader
        return reader

    def leave(self, stream_filter: StreamFilter, reader: Reader) -> None:
        """Forget a reader."""
        group = self._readers.get(stream_filter, {})
        group.pop(reader.number, None)
        if not group:
            self._readers.pop(stream_filter, None)

    async def publish(self, frames: Iterable[Frame], position: str) -> None:
        """Hand frames on in order; `position`: up to where the log was read for them."""
        for frame in frames:
            self._keep(frame)
            for number, reader in enumerate(self._wanting(frame)):
                reader.offer(frame)
                if number % _READERS_AT_A_TIME == _READERS_AT_A_TIME - 1:
                    await asyncio.sleep(0)
            self.position = frame.position  # not before: an idle reader is told that it is as far
        self.position = position
        async with self._moved:
            self._moved.notify_all()

    async def has_reached(self, position: str, seconds: float) -> None:
        """Wait until frames up to a position were handed on, but no longer than so."""
        order = order_of(position)
        try:
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: order_of(self.position) >= order)
        except TimeoutError:
            return

    def send_away(self) -> None:
        """Let every reader end its stream: the service stops."""
        for reader in self._all():
            reader.leaving = True
            reader.wake()

    def _keep(self, frame: Frame) -> None:
        self._recent.append(frame)
        if len(self._recent) > RECENT_FRAMES:
            self._oldest = self._recent.popleft().order

    def _wanting(self, frame: Frame) -> list[Reader]:
        return [
            reader
            for stream_filter, readers in self._readers.items()
            if stream_filter.wants(frame.facts, frame.kinds)
            for reader in readers.values()
        ]

    def _all(self) -> Iterator[Reader]:
        for readers in self._readers.values():
            yield from readers.values()
