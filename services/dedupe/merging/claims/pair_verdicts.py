"""Caches the comparison of pairs of wordings: each pair is compared once, however often the event is grouped again.

A pair follows from its two claims, from the claims of their articles, and from whether the event gives them one source
or two sides. So it is kept until one of the two wordings goes, or the last of these changes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from services.dedupe.merging.claims.wordings import Wording

TOGETHER = 0.62
"""Probability from which two groups are one: the mean over the better half of the pairs between them.

Over all pairs, one distant wording in a group of many keeps others out; over the best pair alone, groups chain.
"""


class ClaimComparer(Protocol):
    """Compares two claims."""

    def is_worth_comparing(self, report: Report, other_report: Report) -> bool:
        """Whether so much stands in both, or one so near to the other, that they may be one."""
        ...

    def same_claim_probability(self, report: Report, other_report: Report, ranks: tuple[int, int]) -> float:
        """Probability that they are one. `ranks`: how many claims of the other's article are more similar to each."""
        ...

    def fails_quick_merge_check(self, report: Report, other_report: Report) -> bool:
        """Whether they cannot be one, however alike, by what is known without reading them closely."""
        ...

    def has_merge_veto(self, report: Report, other_report: Report) -> bool:
        """Whether they cannot be one, however alike, by what they say."""
        ...


_EXCLUDED = 2.0
"""Kept in the place of a probability, which is never above 1."""
_FLAG_BITS = 2
"""Of a key, beside the number of a wording."""
_FEWEST_GONE = 64
"""Removed wordings whose pairs are forgotten at once."""


@dataclass(eq=False, slots=True)
class _Pairs:
    """What is known of the pairs of one wording with those of lower numbers.

    Attributes:
        keys: Of the pairs, ascending (`_pair_key`).
        results: Probabilities, or `_EXCLUDED`; with a minus sign once no veto was found.
    """

    keys: "array[int]" = field(default_factory=lambda: array("q"))
    results: "array[float]" = field(default_factory=lambda: array("d"))

    def find_place(self, key: int) -> tuple[int, bool]:
        """Where a pair stands, or belongs, and whether it is there."""
        place = bisect_left(self.keys, key)
        return place, place < len(self.keys) and self.keys[place] == key

    def forget_wordings(self, numbers: Container[int]) -> None:
        """Forget the pairs with some wordings."""
        kept = [place for place, key in enumerate(self.keys) if key >> _FLAG_BITS not in numbers]
        if len(kept) < len(self.keys):
            self.keys = array("q", [self.keys[place] for place in kept])
            self.results = array("d", [self.results[place] for place in kept])


class PairVerdicts:
    """Compares pairs of wordings, and keeps the results."""

    def __init__(self, comparison: ClaimComparer, ranks: SimilarityRanks) -> None:
        self._comparing = comparison
        self._ranks = ranks
        # Arrays of numbers: of a big event there are many, and objects would take six times the room.
        self._pairs: dict[int, _Pairs] = {}
        """By the higher number of each pair."""
        self._gone: set[int] = set()
        """Numbers of wordings that were removed, of which pairs may still be kept."""

    def forget_wordings(self, wordings: Iterable[Wording]) -> None:
        """Forget the pairs of wordings that are removed; many at once, since no other gets their numbers."""
        for wording in wordings:
            self._pairs.pop(wording.number, None)
            self._gone.add(wording.number)
        if len(self._gone) > max(_FEWEST_GONE, len(self._pairs) // 8):
            for pairs in self._pairs.values():
                pairs.forget_wordings(self._gone)
            self._gone.clear()

    def same_claim_probability(self, wording: Wording, other_wording: Wording) -> float | None:
        """Probability that two wordings are one proposition; None: they cannot be, by what is known of them."""
        pairs, key = self._find_pairs(wording, other_wording)
        place, is_known = pairs.find_place(key)
        if not is_known:
            pairs.keys.insert(place, key)
            pairs.results.insert(place, self._compute_probability(wording.first, other_wording.first))
        result = abs(pairs.results[place])
        return None if result == _EXCLUDED else result

    def has_merge_veto(self, wording: Wording, other_wording: Wording) -> bool:
        """See `ClaimComparer`; asked only of those that have a probability, which is above 0.

        One that has a veto has none from then on.
        """
        pairs, key = self._find_pairs(wording, other_wording)
        place, _ = pairs.find_place(key)
        result = pairs.results[place]
        if result < 0:
            return False
        is_vetoed = result == _EXCLUDED or self._comparing.has_merge_veto(wording.first, other_wording.first)
        pairs.results[place] = _EXCLUDED if is_vetoed else -result
        return is_vetoed

    def may_be_joined(self, wording: Wording, other_wording: Wording) -> bool:
        """Whether two wordings would be one claim if there were no others."""
        if not self._comparing.is_worth_comparing(wording.first, other_wording.first):
            return False
        probability = self.same_claim_probability(wording, other_wording)
        # What objects costs more to look for than what is probable, and is asked of few.
        return probability is not None and probability >= TOGETHER and not self.has_merge_veto(wording, other_wording)

    def _find_pairs(self, wording: Wording, other_wording: Wording) -> tuple[_Pairs, int]:
        """The pairs among which that of two wordings is kept, and its key."""
        first, second = wording.first, other_wording.first
        is_one_source = first.source is not None and first.source == second.source
        are_two_sides = first.side is not None and second.side is not None and first.side != second.side
        lower, higher = wording.number, other_wording.number
        if lower > higher:
            lower, higher = higher, lower
        pairs = self._pairs.get(higher)
        if pairs is None:
            pairs = self._pairs[higher] = _Pairs()
        return pairs, _pair_key(lower, is_one_source=is_one_source, are_two_sides=are_two_sides)

    def _compute_probability(self, report: Report, other_report: Report) -> float:
        if self._comparing.fails_quick_merge_check(report, other_report):
            return _EXCLUDED
        return self._comparing.same_claim_probability(
            report, other_report, self._ranks.compute_ranks(report, other_report)
        )


def _pair_key(lower_number: int, *, is_one_source: bool, are_two_sides: bool) -> int:
    """The key of a pair beside its higher number: the lower one, and what the event says of the sources of both."""
    return lower_number << _FLAG_BITS | is_one_source << 1 | are_two_sides
