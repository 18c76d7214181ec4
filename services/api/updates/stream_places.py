"""How many streams one process has open."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from services.api.errors import RETRY_AFTER_SECONDS, Refused


class StreamPlaces:
    """Places for streams: each holds one from before its first byte until it ends, whether it catches up or is live."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    @contextmanager
    def hold(self) -> Iterator[None]:
        """A place, for as long as the block runs.

        Raises:
            Refused: all are taken.
        """
        if self._taken >= self._most:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too many streams",
                f"{self._most} streams are open, as many as this service has (NEWSWEAVE_MAX_STREAMS). Try again "
                "later, or ask for /v1/events from time to time.",
                headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
            )
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
