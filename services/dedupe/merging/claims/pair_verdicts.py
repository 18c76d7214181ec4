"""What is known of pairs of wordings: each pair is read once, however often the event is grouped again.

A pair follows from its two claims, from the claims of their articles, and from whether the event gives them one source
or two sides. So it is kept until one of the two wordings goes, or the last of these changes.
"""

from collections.abc import Iterable
from typing import Protocol

from services.dedupe.merging.claims.ranks import Ranks
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import Wording

TOGETHER = 0.79
"""Probability from which two groups are one: the mean over the better half of the pairs between them.

Over all pairs, one distant wording in a group of many keeps others out; over the best pair alone, groups chain.
"""


class Comparing(Protocol):
    """Compares two claims."""

    def worth_reading(self, one: Report, other: Report) -> bool:
        """Whether so much stands in both, or one so near to the other, that they may be one."""
        ...

    def probability(self, one: Report, other: Report, ranks: tuple[int, int]) -> float:
        """Probability that they are one. `ranks`: how many claims of the other's article are more similar to each."""
        ...

    def excluded(self, one: Report, other: Report) -> bool:
        """Whether they cannot be one, however alike, by what is known without reading them closely."""
        ...

    def objected(self, one: Report, other: Report) -> bool:
        """Whether they cannot be one, however alike, by what they say."""
        ...


_EXCLUDED = -1.0
"""Kept in the place of a probability."""
_BITS = 32
"""Of a number of a wording."""


class Verdicts:
    """Reads pairs of wordings, and remembers what it read."""

    def __init__(self, comparing: Comparing, ranks: Ranks) -> None:
        self._comparing = comparing
        self._ranks = ranks
        # Plain numbers by numbers: of a big event there are many, and objects would be walked by each collection.
        self._probabilities: dict[int, float] = {}
        self._objected: dict[int, bool] = {}
        self._keys: dict[int, list[int]] = {}

    def forget(self, gone: Iterable[Wording]) -> None:
        """Wordings that are no more."""
        for wording in gone:
            for key in self._keys.pop(wording.number, ()):
                self._probabilities.pop(key, None)
                self._objected.pop(key, None)

    def probability(self, one: Wording, other: Wording) -> float | None:
        """Probability that two wordings are one proposition; None: they cannot be, by what is known of them."""
        key = _key(one, other)
        found = self._probabilities.get(key)
        if found is None:
            found = self._probabilities[key] = self._read(one.first, other.first)
            for wording in (one, other):
                self._keys.setdefault(wording.number, []).append(key)
        return None if found == _EXCLUDED else found

    def objected(self, one: Wording, other: Wording) -> bool:
        """See `Comparing`; asked only of those of which a probability was asked."""
        key = _key(one, other)
        found = self._objected.get(key)
        if found is None:
            found = self._objected[key] = self._comparing.objected(one.first, other.first)
        return found

    def may_join(self, one: Wording, other: Wording) -> bool:
        """Whether two wordings would be one claim if there were no others."""
        if not self._comparing.worth_reading(one.first, other.first):
            return False
        probability = self.probability(one, other)
        # What objects costs more to look for than what is probable, and is asked of few.
        return probability is not None and probability >= TOGETHER and not self.objected(one, other)

    def _read(self, one: Report, other: Report) -> float:
        if self._comparing.excluded(one, other):
            return _EXCLUDED
        return self._comparing.probability(one, other, self._ranks.of(one, other))


def _key(one: Wording, other: Wording) -> int:
    """A pair, and what the event tells of it: whether both are by one source, and whether they speak for two sides."""
    first, second = one.first, other.first
    same = first.source is not None and first.source == second.source
    apart = first.side is not None and second.side is not None and first.side != second.side
    lower, higher = sorted((one.number, other.number))
    return (lower << _BITS | higher) << 2 | same << 1 | apart
