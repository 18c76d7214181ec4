"""The times of a feed's items, with what was wrong with them. Pure."""

import time
from datetime import datetime

from services.ingest.feeds.feed import Problem
from services.ingest.timestamps import Timestamp
from services.ingest.written_times import ImpossibleTime, read_time

MAX_HARD = 100
"""Different times of one feed that may take long to read; further ones like these stay unread."""


class TimeReader:
    """Reads the times of one feed and collects their problems."""

    def __init__(self, at: datetime) -> None:
        self.problems: set[Problem] = set()
        self._at = at
        self._read: dict[str, Timestamp | None] = {}
        self._hard = 0

    def read(self, raw: str | None, parsed: time.struct_time | None = None) -> Timestamp | None:
        """The time, or None where there is none to be believed. Arguments as `read_time`."""
        if not raw or not raw.strip():
            return None
        try:
            moment = self._known(raw, parsed)
        except ImpossibleTime:
            self.problems.add(Problem.IMPOSSIBLE_TIME)
            return None
        if moment is None:
            self.problems.add(Problem.UNREAD_TIME)
        return moment

    def _known(self, raw: str, parsed: time.struct_time | None) -> Timestamp | None:
        """The time, read once. Raises ImpossibleTime."""
        if raw not in self._read:
            moment = read_time(raw, self._at, try_hard=False)
            if moment is None:
                self._hard += 1
                moment = read_time(raw, self._at, parsed=parsed, try_hard=self._hard <= MAX_HARD)
            self._read[raw] = moment
        return self._read[raw]
