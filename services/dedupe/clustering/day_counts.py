"""How many live articles were published in the days up to a timestamp, without looking at each."""

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

STEPS = 256
"""Of a day: timestamps that lie in one step, 5.6 minutes, count as one."""
_PAGE = 1024
"""Steps in one array. Dates may be wrong by centuries, so there is none for days without articles."""


class DayCounts:
    """For every step of time, how many timestamps lie in the window that ends with it.

    A timestamp is counted into all steps whose windows hold it.

    Counting in takes a fixed time, and so does asking, which happens far more often: for each pair of a repair.
    """

    def __init__(self, window_days: float) -> None:
        """`window_days`: length of the window."""
        self._length = round(window_days * STEPS) + 1
        self._pages: dict[int, NDArray[np.int32]] = {}
        self._taken: dict[int, NDArray[np.int32]] = {}
        """How many timestamps lie in each step itself."""
        self._used: Counter[int] = Counter()
        """How many timestamps reach into each page."""

    def add_timestamp(self, timestamp: float) -> None:
        """Count a timestamp, in days, in."""
        self._add_to_windows(timestamp, 1)

    def remove_timestamp(self, timestamp: float) -> None:
        """Count a timestamp out that was counted in."""
        self._add_to_windows(timestamp, -1)

    def count_in_window_ending_at(self, timestamp: float) -> int:
        """How many timestamps lie in the window that ends at this one."""
        page, at = divmod(math.floor(timestamp * STEPS), _PAGE)
        counts = self._pages.get(page)
        return 0 if counts is None else int(counts[at])

    def changes_any_count_up_to(self, timestamp: float, limit: int) -> bool:
        """Whether one timestamp more would change a count of at most `limit` at any timestamp that is counted in."""
        for page, start, end in self._iterate_window_steps(timestamp):
            counts = self._pages.get(page)
            if counts is not None and np.any((counts[start:end] < limit) & (self._taken[page][start:end] > 0)):
                return True
        return False

    def _iterate_window_steps(self, timestamp: float) -> Iterator[tuple[int, int, int]]:
        """The windows that hold a timestamp: pages, each with its first step and the one behind the last."""
        start = math.floor(timestamp * STEPS)
        end = start + self._length
        while start < end:
            page, at = divmod(start, _PAGE)
            yield page, at, min(_PAGE, at + end - start)
            start = (page + 1) * _PAGE

    def _add_to_windows(self, timestamp: float, increment: int) -> None:
        first = True
        for page, start, end in self._iterate_window_steps(timestamp):
            if page not in self._pages:
                self._pages[page] = np.zeros(_PAGE, np.int32)
                self._taken[page] = np.zeros(_PAGE, np.int32)
            self._pages[page][start:end] += increment
            self._taken[page][start] += increment * first
            first = False
            self._used[page] += increment
            if not self._used[page]:
                del self._pages[page], self._taken[page], self._used[page]
