"""Ending in time: once a service is asked to stop, what it has in hand gets a bounded while to finish."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def cut_short(stopping: asyncio.Event, *, grace_seconds: float) -> AsyncIterator[asyncio.Timeout]:
    """Run the block to its end; after `stopping` is set it has `grace_seconds` left, then it is cancelled.

    Nothing is raised for that: the yielded object's `expired()` says whether it came to it.
    """
    limit = asyncio.timeout(None)

    async def watch() -> None:
        await stopping.wait()
        limit.reschedule(asyncio.get_running_loop().time() + grace_seconds)

    try:
        async with limit:
            watcher = asyncio.create_task(watch())
            try:
                yield limit
            finally:
                watcher.cancel()
    except TimeoutError:
        if not limit.expired():  # somebody else's
            raise


def raise_if_cancelled() -> None:
    """Raise CancelledError if the running task was cancelled and went on all the same.

    Python 3.11's `asyncio.wait_for`, which Kafka's client waits with, loses a cancellation that comes together with the
    result (https://github.com/python/cpython/issues/86296). A loop calls this once a round.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
