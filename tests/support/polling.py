"""Waiting for something to become true, with a deadline instead of a sleep."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 0.02


async def eventually(check: Callable[[], T], *, seconds: float = 20.0, what: str = "") -> T:
    """The first truthy value of `check`; an AssertionError with the last value when the time is up."""

    async def checked() -> T:
        return check()

    return await eventually_async(checked, seconds=seconds, what=what)


async def eventually_async(check: Callable[[], Awaitable[T]], *, seconds: float = 20.0, what: str = "") -> T:
    """The same for a check that has to be awaited."""
    deadline = time.monotonic() + seconds
    while True:
        value = await check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or check} (last: {value!r})")
        await asyncio.sleep(PAUSE_SECONDS)
