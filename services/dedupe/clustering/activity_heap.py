"""When events close, without looking at each of them whenever the clock moves."""

import heapq
from datetime import datetime


class ActivityHeap:
    """Moments at which events were last active, in a heap; an event that was active again is in it twice."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, str]] = []

    def add_activity(self, event_id: str, active_at: datetime) -> None:
        """Note that an event was active."""
        heapq.heappush(self._heap, (active_at, event_id))

    def pop_activities_before(self, moment: datetime) -> list[tuple[datetime, str]]:
        """Take out what was noted before `moment`. Only the latest note of an event says when it was active."""
        found = []
        while self._heap and self._heap[0][0] < moment:
            found.append(heapq.heappop(self._heap))
        return found
