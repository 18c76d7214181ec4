"""Which events are near in meaning to the words of a search."""

import time
from collections.abc import Callable, Sequence

from services.api.draft_services import DraftServiceError, DraftServices
from services.api.match.vector_store import VectorStore
from services.contracts.drafts import TextToEmbed

NEIGHBOURS = 150
"""Articles that are looked at."""
MOST_EVENTS = 100
LEAST_COSINE = 0.3
"""Below it an article has little to do with the words."""
ANSWER_SECONDS = 0.5
"""Longest wait for the vectors of a search: whoever searches waits for it."""
PAUSE_SECONDS = 5.0
"""After a failure nothing is asked for so long, so that not every search waits for what does not answer."""


class MeaningSearch:
    """Asks dedupe for the vector of a search, and the view for the articles near it."""

    def __init__(self, vectors: VectorStore, drafts: DraftServices, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds on a clock that only goes forward."""
        self._vectors = vectors
        self._drafts = drafts
        self._now = now
        self._not_before = float("-inf")

    async def rankings(self, texts: Sequence[str]) -> list[list[str]] | None:
        """For each text ids of events, the nearest first; None: dedupe does not answer.

        Raises:
            TransientError: Redis does not answer.
        """
        if self._now() < self._not_before:
            return None
        try:
            embedded = await self._drafts.embed([TextToEmbed(text=text) for text in texts], ANSWER_SECONDS)
        except DraftServiceError:
            self._not_before = self._now() + PAUSE_SECONDS
            return None
        return [await self._ranking(embedded.model, values) for values in embedded.vectors]

    async def _ranking(self, model: str, values: Sequence[float]) -> list[str]:
        near = await self._vectors.near(model, values, NEIGHBOURS)
        ids = dict.fromkeys(each.event_id for each in near if each.cosine >= LEAST_COSINE)
        return list(ids)[:MOST_EVENTS]
