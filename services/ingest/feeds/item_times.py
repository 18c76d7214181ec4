"""The times of a feed's items, with what was wrong with them. Pure."""

import time
from datetime import datetime

from services.ingest.feeds.feed import Problem
from services.ingest.feeds.times import ImpossibleTime, read_time
from services.ingest.timestamps import Timestamp


class TimeReader:
    """Reads the times of one feed and collects their problems."""

    def __init__(self, at: datetime) -> None:
        self.problems: set[Problem] = set()
        self._at = at

    def read(self, raw: str | None, parsed: time.struct_time | None = None) -> Timestamp | None:
        """The time, or None where there is none to be believed. Arguments as `read_time`."""
        if not raw or not raw.strip():
            return None
        try:
            moment = read_time(raw, self._at, parsed=parsed)
        except ImpossibleTime:
            self.problems.add(Problem.IMPOSSIBLE_TIME)
            return None
        if moment is None:
            self.problems.add(Problem.UNREAD_TIME)
        return moment
