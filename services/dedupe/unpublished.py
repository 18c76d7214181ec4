"""Events that changed and whose last version is not published yet, and when each may be built.

An event is built again as a whole whenever it changes, so a big one would leave no time for others. It waits after each
build, in proportion to what that took. Only *when* a version is published hangs on the clock, never what it says.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

FREE_SECONDS = 0.1
"""Processor time of a build below which its event does not wait."""
LONGEST_PAUSE = 60.0
"""Seconds that an event waits at most: the last version is published then, whether anything comes in or not."""

Key = tuple[str, str]
"""Shard and id of an event."""


@dataclass(slots=True)
class Unpublished:
    """What waits to be built.

    Attributes:
        pause_factor: Pause after a build, in times of the processor time that it took; 0: none.
        now: Seconds on a clock that only goes forward.
        free_seconds: Processor time of a build from which its event waits.
    """

    pause_factor: float = 0.0
    now: Callable[[], float] = time.monotonic
    free_seconds: float = FREE_SECONDS
    _traces: dict[Key, str | None] = field(default_factory=dict)
    _not_before: dict[Key, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._traces)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._traces)

    def clear(self) -> None:
        """Forget all: another state is loaded."""
        self._traces.clear()
        self._not_before.clear()

    def add(self, changed: Mapping[Key, str | None]) -> None:
        """Note events that changed, with the trace of the article that changed each last."""
        self._traces |= changed

    def due(self, is_over: Callable[[Key], bool]) -> list[Key]:
        """What is built now, that of big events last; of these the one that has waited longest first.

        Args:
            is_over: Whether an event has ended: it leaves memory when it is saved, so it cannot wait.
        """
        now = self.now()
        plain = sorted(key for key in self._traces if key not in self._not_before or is_over(key))
        waited = sorted((at, key) for key, at in self._not_before.items() if key in self._traces and at <= now)
        return plain + [key for _, key in waited if key not in set(plain)]

    def is_big(self, key: Key) -> bool:
        """Whether its last build took so long that it waits between builds."""
        return key in self._not_before

    def built(self, key: Key, seconds: float) -> str | None:
        """Note what a build took; the trace of the article that changed the event last."""
        if self.pause_factor and seconds >= self.free_seconds:
            self._not_before[key] = self.now() + min(self.pause_factor * seconds, LONGEST_PAUSE)
        else:
            self._not_before.pop(key, None)
        return self._traces.pop(key)

    def drop(self, keys: Iterable[Key]) -> None:
        """Forget events that are not there any more."""
        for key in keys:
            self._traces.pop(key, None)
            self._not_before.pop(key, None)

    def of_shards(self, shards: Iterable[str]) -> dict[Key, str | None]:
        """What waits in some shards, for the store."""
        wanted = set(shards)
        return {key: trace for key, trace in sorted(self._traces.items()) if key[0] in wanted}
