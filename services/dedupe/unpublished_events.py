"""Events that changed and whose last version is not published yet, and when each may be built.

A quiet event is built at once when it changes, a busy one at most once in an interval. A build reads a whole event, so
a big one would leave no time for others: it waits after each build in proportion to what that took. Only *when* a
version is published hangs on the clock, never what it says.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

FREE_SECONDS = 0.1
"""Processor time of a build below which its event does not count as big."""
LONGEST_PAUSE = 60.0
"""Seconds that an event waits at most: the last version is published then, whether anything comes in or not."""

EventKey = tuple[int, str]
"""Partition and id of an event."""


@dataclass(slots=True)
class UnpublishedEvents:
    """What waits to be built.

    Attributes:
        pause_factor: Pause after a build that was not free, in times of the processor time that it took; 0: none.
        interval_seconds: Pause after any other build.
        now: Seconds on a clock that only goes forward.
        free_seconds: Processor time of a build from which it is not free.
    """

    pause_factor: float = 0.0
    interval_seconds: float = 0.0
    now: Callable[[], float] = time.monotonic
    free_seconds: float = FREE_SECONDS
    _traces: dict[EventKey, str | None] = field(default_factory=dict)
    """What waits, the longest first."""
    _not_before: dict[EventKey, float] = field(default_factory=dict)
    _big: set[EventKey] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self._traces)

    def __iter__(self) -> Iterator[EventKey]:
        return iter(self._traces)

    def clear(self) -> None:
        """Forget all: another state is loaded."""
        self._traces.clear()
        self._not_before.clear()
        self._big.clear()

    def add(self, changed_events: Mapping[EventKey, str | None]) -> None:
        """Note events that changed, with the trace of the article that changed each last."""
        self._traces |= changed_events

    def list_due(self, has_ended: Callable[[EventKey], bool]) -> list[EventKey]:
        """What may be built now: first what is not big, then the big ones; of each, what has waited longest first.

        Args:
            has_ended: Whether an event has ended: nothing more will come of it, so that it need not wait.
        """
        now = self.now()
        for key in [key for key, at in self._not_before.items() if at <= now]:
            del self._not_before[key]
        found = [key for key in self._traces if key not in self._not_before or has_ended(key)]
        return sorted(found, key=lambda key: key in self._big and not has_ended(key))

    def is_big(self, event_key: EventKey) -> bool:
        """Whether its last build was not free."""
        return event_key in self._big

    def finish_build(self, event_key: EventKey, seconds: float) -> str | None:
        """Note what a build took; the trace of the article that changed the event last."""
        pause = self.interval_seconds
        self._big.discard(event_key)
        if self.pause_factor and seconds >= self.free_seconds:
            self._big.add(event_key)
            pause = max(pause, min(self.pause_factor * seconds, LONGEST_PAUSE))
        if pause:
            self._not_before[event_key] = self.now() + pause
        return self._traces.pop(event_key)

    def remove(self, event_keys: Iterable[EventKey]) -> None:
        """Forget events that are not there any more."""
        for key in event_keys:
            self._traces.pop(key, None)
            self._not_before.pop(key, None)
            self._big.discard(key)

    def waiting_events_of_partition(self, partition: int) -> dict[str, str | None]:
        """What waits in a partition, for the store: ids of events, with their traces."""
        return {event_id: trace for (number, event_id), trace in sorted(self._traces.items()) if number == partition}
