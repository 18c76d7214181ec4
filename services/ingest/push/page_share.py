"""How much of the service requests with pages may hold: pages can take long, and text does not wait for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.ingest import metrics
from services.ingest.push.receiving import unavailable
from services.ingest.push.shared_limit import SharedLimit
from services.ingest.settings import IngestSettings

RETRY_AFTER_SECONDS = 5


class PageShare:
    """Places for requests with pages, and half of the memory for bodies. Of both one client leaves some to others."""

    def __init__(self, settings: IngestSettings) -> None:
        places = settings.max_page_requests_in_flight
        self._places = SharedLimit(places, max(1, int(places * settings.client_share)))
        # Memory for one body of the largest size is the least that can work.
        total = max(settings.max_held_body_bytes // 2, settings.max_body_bytes)
        self._memory = SharedLimit(total, max(int(total * settings.client_share), settings.max_body_bytes))

    @contextmanager
    def hold(self, client: str, body_bytes: int) -> Iterator[None]:
        """Have a place and the body's memory for as long as the block runs. Raises Refusal when there is neither."""
        with _units(self._places, client, 1), _units(self._memory, client, body_bytes):
            yield


@contextmanager
def _units(limit: SharedLimit, client: str, units: int) -> Iterator[None]:
    if not limit.take(client, units):
        metrics.TURNED_AWAY.labels("pages").inc()
        detail = "Too many submissions with pages at a time. Send the same request again."
        raise unavailable(detail, RETRY_AFTER_SECONDS)
    try:
        yield
    finally:
        limit.give_back(client, units)
