"""How many live articles were published in the days up to a moment, without looking at each."""

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

STEPS = 256
"""Of a day: moments that lie in one step, 5.6 minutes, count as one."""
_PAGE = 1024
"""Steps in one array. Dates may be wrong by centuries, so there is none for days without articles."""


class DayCounts:
    """For every step of time how many moments lie in the window that ends with it; a moment enters as a whole range.

    Counting in takes a fixed time, and so does asking, which happens far more often: for each pair of a repair.
    """

    def __init__(self, window_days: float) -> None:
        """`window_days`: length of the window."""
        self._length = round(window_days * STEPS) + 1
        self._pages: dict[int, NDArray[np.int32]] = {}
        self._used: Counter[int] = Counter()
        """How many moments reach into each page."""

    def add(self, moment: float) -> None:
        """Count a moment, in days, in."""
        self._shift(moment, 1)

    def remove(self, moment: float) -> None:
        """Count a moment out that was counted in."""
        self._shift(moment, -1)

    def until(self, moment: float) -> int:
        """How many moments lie in the window that ends at this one."""
        page, at = divmod(math.floor(moment * STEPS), _PAGE)
        counts = self._pages.get(page)
        return 0 if counts is None else int(counts[at])

    def _shift(self, moment: float, by: int) -> None:
        start = math.floor(moment * STEPS)
        end = start + self._length
        while start < end:
            page, at = divmod(start, _PAGE)
            if page not in self._pages:
                self._pages[page] = np.zeros(_PAGE, np.int32)
            self._pages[page][at : at + end - start] += by
            self._used[page] += by
            if not self._used[page]:
                del self._pages[page], self._used[page]
            start = (page + 1) * _PAGE
