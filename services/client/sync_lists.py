"""Lists and streams that block, as iterators."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from typing import Generic, Self, TypeVar

from services.client.errors import NewsweaveError
from services.client.exchange import Call, Request
from services.client.following import Following, Frame
from services.client.walk import Walk

T = TypeVar("T")
P = TypeVar("P")
OnBreak = Callable[[str, float], None]
"""Hears why a stream broke, and after how many seconds it goes on."""


class Listing(Iterator[T], Generic[P, T]):
    """All items of a list; parts are asked for as they are needed."""

    def __init__(self, walk: Walk[P, T], ask: Callable[[Call[P]], P]) -> None:
        """`ask` gets the answer to a call."""
        self._walk = walk
        self._ask = ask
        self._items = self._walked()

    @property
    def part(self) -> P | None:
        """The part that the last item came in: it also says what words were corrected to."""
        return self._walk.part

    def __next__(self) -> T:
        """The next item. Raises NewsweaveError as the client's methods do."""
        return next(self._items)

    def _walked(self) -> Iterator[T]:
        while (call := self._walk.next_call()) is not None:
            yield from self._walk.take(self._ask(call))


class Stream(Iterator[T], Generic[T]):
    """Updates as they come, over breaks: none is missed, none comes twice."""

    def __init__(
        self,
        following: Following[T],
        connect: Callable[[Request], AbstractContextManager[Iterator[Frame]]],
        pause: Callable[[float], None],
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
        """Where the reader is: keep it once an update is dealt with, and give it as `after` to go on there."""
        return self._following.position

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing: `since` can lie before all that is held. Known with the first update."""
        return self._following.is_whole

    def __next__(self) -> T:
        """The next update; waits for it.

        Raises:
            GoneError: The reader was away for longer than updates are held.
            NewsweaveError: The service refuses, or did not answer the first time.
        """
        return next(self._updates)

    def __enter__(self) -> Self:
        """The stream itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._updates.close()

    def _followed(self) -> Generator[T]:
        following = self._following
        while not following.is_finished:
            error: NewsweaveError | None = None
            try:
                with self._connect(following.request()) as frames:
                    for frame in frames:
                        update = following.take(frame)
                        if update is not None:
                            yield update
            except NewsweaveError as broken:
                error = broken
            seconds = following.pause_after(error)
            if not following.is_finished:
                if self._on_break is not None:
                    self._on_break(str(error or "the stream ended"), seconds)
                self._pause(seconds)
