"""Bounded backoff for transient failures; patience for a store that is full."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import stamina
import structlog

from services.runtime import metrics
from services.runtime.errors import StoreFull, TransientError

T = TypeVar("T")
log = structlog.get_logger()

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 5.0
FULL_WAIT_SECONDS = 1.0
"""Pause between two attempts on a full store."""
FULL_LOG_SECONDS = 60.0
"""Pause between two log lines about one full store."""


async def retrying(
    step: str,
    action: Callable[[], Awaitable[T]],
    *,
    service: str,
    seconds: float,
    stopping: asyncio.Event | None = None,
) -> T:
    """Run `action`, again with growing pauses while it raises TransientError, for at most `seconds` (0: only once).

    While it raises StoreFull the time does not count: it is tried again, at an even pace, until there is room.

    Args:
        step: What the log and the metrics call it.
        action: What to do.
        service: Whose metrics they are.
        seconds: See above.
        stopping: Once this is set, a full store is not waited for any longer.

    Raises:
        StoreFull: `stopping` was set.
        TransientError: the last one, when the time is up.
    """
    stopping = stopping or asyncio.Event()
    logged: float | None = None
    while True:
        try:
            return await _bounded(step, action, service=service, seconds=seconds)
        except StoreFull as error:
            if stopping.is_set():
                raise
            now = time.monotonic()
            if logged is None or now - logged >= FULL_LOG_SECONDS:
                logged = now
                log.warning("waiting for a full store", step=step, reason=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), FULL_WAIT_SECONDS)
            metrics.STORE_FULL_SECONDS.labels(service, step).inc(time.monotonic() - now)
            metrics.RETRIES.labels(service, step).inc()


def _may_pass(error: Exception) -> bool:
    return isinstance(error, TransientError) and not isinstance(error, StoreFull)


async def _bounded(step: str, action: Callable[[], Awaitable[T]], *, service: str, seconds: float) -> T:
    reason: TransientError | None = None
    async for attempt in stamina.retry_context(
        on=_may_pass,
        attempts=None if seconds else 1,
        timeout=seconds or None,
        wait_initial=FIRST_WAIT_SECONDS,
        wait_max=LONGEST_WAIT_SECONDS,
    ):
        with attempt:
            if reason is not None:
                metrics.RETRIES.labels(service, step).inc()
                log.warning("trying again", step=step, attempt=attempt.num, reason=str(reason))
            try:
                return await action()
            except TransientError as error:
                reason = error
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")
