"""Small files that a whole site has one of, remembered for a while."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

MAX_SITES = 20_000
BASE_BYTES = 4_096
"""What a site costs beside the size of its file."""


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """What a site's file says, and how long that holds."""

    value: T
    """What it says."""
    seconds: float
    """How long to remember it."""
    size: int = 0
    """Bytes of the file, in place of the memory that its value takes."""


class SiteFiles(Generic[T]):
    """What the files of sites say. Whoever asks while a file is fetched waits for that fetch."""

    def __init__(
        self,
        load: Callable[[str], Awaitable[Loaded[T]]],
        *,
        max_bytes: int,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """The store.

        Args:
            load: fetches and reads the file of an origin; does not raise.
            max_bytes: bytes of files remembered; those not used for longest go first.
            now: seconds, for how long a file is remembered.
        """
        self._load = load
        self._max_bytes = max_bytes
        self._now = now
        self._kept: OrderedDict[str, tuple[float, Loaded[T]]] = OrderedDict()
        self._loading: dict[str, asyncio.Task[T]] = {}
        self._bytes = 0

    async def get(self, origin: str) -> T:
        """What the file of an origin (`https://desk.example`) says."""
        until, kept = self._kept.get(origin, (0.0, None))
        if kept is not None:
            if until > self._now():
                self._kept.move_to_end(origin)
                return kept.value
            self._forget(origin)
        task = self._loading.get(origin)
        if task is None:
            task = self._loading[origin] = asyncio.create_task(self._keep(origin))
        # One of those who wait may give up; the others still want it.
        return await asyncio.shield(task)

    async def _keep(self, origin: str) -> T:
        try:
            loaded = await self._load(origin)
        finally:
            del self._loading[origin]
        self._kept[origin] = (self._now() + loaded.seconds, loaded)
        self._bytes += loaded.size + BASE_BYTES
        while self._bytes > self._max_bytes or len(self._kept) > MAX_SITES:
            self._forget(next(iter(self._kept)))
        return loaded.value

    def _forget(self, origin: str) -> None:
        _, loaded = self._kept.pop(origin)
        self._bytes -= loaded.size + BASE_BYTES
