"""How many live articles were published around a moment, without looking at each."""

import math
from array import array
from bisect import bisect_left, bisect_right, insort


class DayCounts:
    """A multiset of moments in days, kept sorted day by day."""

    def __init__(self) -> None:
        self._moments: dict[int, array[float]] = {}

    def add(self, moment: float) -> None:
        """Count a moment in."""
        insort(self._moments.setdefault(math.floor(moment), array("d")), moment)

    def remove(self, moment: float) -> None:
        """Count a moment out that was counted in."""
        day = math.floor(moment)
        moments = self._moments[day]
        del moments[bisect_left(moments, moment)]
        if not moments:
            del self._moments[day]

    def near(self, moment: float, within: float) -> int:
        """How many moments are at most `within` days away."""
        low, high = moment - within, moment + within
        first, last = math.floor(low), math.floor(high)
        return sum(
            (bisect_right(moments, high) if day == last else len(moments))
            - (bisect_left(moments, low) if day == first else 0)
            for day in range(first, last + 1)
            if (moments := self._moments.get(day)) is not None
        )
