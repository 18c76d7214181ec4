"""The exception by which a fetch ends early."""

from services.ingest.fetching.fetched import Outcome
from services.runtime.outbound.refused import one_line


class FetchEnded(Exception):  # noqa: N818 - most ends are the web's doing, and none is an error of ours
    """The fetch is over: with this outcome, for this reason. It never leaves the fetcher."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        self.outcome = outcome
        self.reason = one_line(reason)
        super().__init__(self.reason)
