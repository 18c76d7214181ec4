"""Bounded backoff for transient failures."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina
import structlog

from services.runtime import metrics
from services.runtime.errors import TransientError

T = TypeVar("T")
log = structlog.get_logger()

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 5.0


async def retrying(step: str, action: Callable[[], Awaitable[T]], *, service: str, seconds: float) -> T:
    """Run `action`, again with growing pauses while it raises TransientError, for at most `seconds` (0: only once).

    Raises:
        TransientError: the last one, when the time is up.
    """
    reason: TransientError | None = None
    async for attempt in stamina.retry_context(
        on=TransientError,
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
