"""The bound on requests worked on at a time, and what they are worked on with once broker and store are there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.ingest import metrics
from services.ingest.handler import SubmissionService
from services.ingest.push.idempotency import Answers
from services.ingest.push.receiving import unavailable
from services.ingest.push.shared_limit import SharedLimit
from services.ingest.trace import Traces
from services.runtime.clock import Clock


@dataclass(frozen=True)
class Connected:
    """What needs broker and store."""

    submissions: SubmissionService
    answers: Answers
    traces: Traces
    clock: Clock


class ConcurrencyLimit:
    """Bounds the requests worked on. Until the service is connected, it lets nobody in."""

    def __init__(self, places: int, client_share: float = 1.0) -> None:
        self.connected: Connected | None = None
        self._places = SharedLimit(places, max(1, int(places * client_share)))

    def check_started(self) -> Connected:
        """What the service works with. Raises Refusal as long as it is not connected."""
        if self.connected is None:
            raise unavailable("The service is starting.", seconds=1)
        return self.connected

    @asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[Connected]:
        """Take a place, or refuse at once: a queue would only hide the overload from the clients."""
        connected = self.check_started()
        if not self._places.take(client):
            metrics.TURNED_AWAY.labels("places").inc()
            raise unavailable("Too many submissions at a time.", seconds=1)
        try:
            yield connected
        finally:
            self._places.give_back(client)
