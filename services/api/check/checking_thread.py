"""One thread in which drafts are checked: what they take is no other request's time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TypeVar

from services.api.errors import Refused

R = TypeVar("R")
PLACES = 8
"""Checks in hand at a time, those that wait for the thread among them."""


class CheckingThread:
    """Runs one check at a time. Not thread-safe itself: call it from the event loop."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._taken = 0
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="check")

    async def run(self, work: Callable[[], R]) -> R:
        """What the work gives. Raises Refused where all places are taken."""
        if self._taken >= self._places:
            detail = "As many drafts as are taken at a time are being checked. Try again in a few seconds."
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Too many drafts at a time", detail)
        self._taken += 1
        running = asyncio.get_running_loop().run_in_executor(self._executor, work)
        running.add_done_callback(self._give_back)
        # A thread cannot be stopped: the work of a client that went away keeps its place until it is through.
        return await asyncio.shield(running)

    def _give_back(self, running: "asyncio.Future[R]") -> None:
        self._taken -= 1
        if not running.cancelled():
            running.exception()  # where nobody waits any more, asyncio would log it as never retrieved
