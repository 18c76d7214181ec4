"""Deliveries whose try could not be noted: they stay due, and each waits for a while before it is sent again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.runtime.clock import Clock

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class _Pause:
    length: timedelta
    until: datetime


class Unnoted:
    """Pauses in memory, since the store takes nothing. Another replica, or this one started anew, knows none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pauses: dict[str, _Pause] = {}

    def add(self, message_id: str) -> None:
        """Let it wait: 5 s, then twice as long each time, up to ten minutes."""
        now = self._clock.now()
        # Of what was deleted meanwhile nobody tells us.
        self._pauses = {name: pause for name, pause in self._pauses.items() if pause.until + LONGEST_PAUSE > now}
        before = self._pauses.get(message_id)
        length = FIRST_PAUSE if before is None else min(2 * before.length, LONGEST_PAUSE)
        self._pauses[message_id] = _Pause(length, now + length)

    def drop(self, message_id: str) -> None:
        """It was noted."""
        self._pauses.pop(message_id, None)

    def waits(self, message_id: str) -> bool:
        """Whether it is not to be sent yet."""
        pause = self._pauses.get(message_id)
        return pause is not None and self._clock.now() < pause.until
