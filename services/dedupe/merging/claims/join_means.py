"""Keeps how probable it is that two groups of wordings are one, as long as linking an event meets both."""

from collections.abc import Iterable

Numbers = tuple[int, ...]
"""The numbers of the wordings by which a group is compared."""
Mean = float | None
"""Probability that two groups are one; None: too little, or something forbids it."""
UNKNOWN = -1.0


class JoinMeans:
    """The means of one event, by the two groups that they are of."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._of_group: dict[Numbers, dict[Numbers, Mean]] = {}

    def find(self, group: Numbers, other_group: Numbers) -> Mean:
        """The mean of two groups; `UNKNOWN` if it is not."""
        known = self._of_group.get(group)
        return UNKNOWN if known is None else known.get(other_group, UNKNOWN)

    def put(self, group: Numbers, other_group: Numbers, mean: Mean) -> None:
        """Keep the mean of two groups."""
        self._of_group.setdefault(group, {})[other_group] = mean
        self._of_group.setdefault(other_group, {})[group] = mean

    def forget(self, groups: Iterable[Numbers]) -> None:
        """Forget all means of some groups."""
        for group in groups:
            for other in self._of_group.pop(group, ()):
                of_other = self._of_group[other]
                del of_other[group]
                if not of_other:
                    del self._of_group[other]
