"""Caches the comparison of pairs of wordings: each pair is compared once, however often the event is grouped again.

A pair follows from its two claims, from the claims of their articles, and from whether the event gives them one source
or two sides. So it is kept until one of the two wordings goes, or the last of these changes.
"""

from collections.abc import Iterable
from typing import Protocol

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.similarity_ranks import SimilarityRanks
from services.dedupe.merging.claims.wordings import Wording

TOGETHER = 0.79
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


_EXCLUDED = -1.0
"""Kept in the place of a probability."""
_BITS = 32
"""Of a number of a wording."""


class PairVerdicts:
    """Compares pairs of wordings, and keeps the results."""

    def __init__(self, comparison: ClaimComparer, ranks: SimilarityRanks) -> None:
        self._comparing = comparison
        self._ranks = ranks
        # Plain numbers by numbers: of a big event there are many, and objects would be walked by each collection.
        self._probabilities: dict[int, float] = {}
        self._vetoed: dict[int, bool] = {}
        self._keys: dict[int, list[int]] = {}

    def forget_wordings(self, wordings: Iterable[Wording]) -> None:
        """Forget the pairs of wordings that are removed."""
        for wording in wordings:
            for key in self._keys.pop(wording.number, ()):
                self._probabilities.pop(key, None)
                self._vetoed.pop(key, None)

    def same_claim_probability(self, wording: Wording, other_wording: Wording) -> float | None:
        """Probability that two wordings are one proposition; None: they cannot be, by what is known of them."""
        key = _pair_key(wording, other_wording)
        found = self._probabilities.get(key)
        if found is None:
            found = self._probabilities[key] = self._compute_probability(wording.first, other_wording.first)
            for each in (wording, other_wording):
                self._keys.setdefault(each.number, []).append(key)
        return None if found == _EXCLUDED else found

    def has_merge_veto(self, wording: Wording, other_wording: Wording) -> bool:
        """See `ClaimComparer`; asked only of those of which a probability was asked."""
        key = _pair_key(wording, other_wording)
        found = self._vetoed.get(key)
        if found is None:
            found = self._vetoed[key] = self._comparing.has_merge_veto(wording.first, other_wording.first)
        return found

    def may_be_joined(self, wording: Wording, other_wording: Wording) -> bool:
        """Whether two wordings would be one claim if there were no others."""
        if not self._comparing.is_worth_comparing(wording.first, other_wording.first):
            return False
        probability = self.same_claim_probability(wording, other_wording)
        # What objects costs more to look for than what is probable, and is asked of few.
        return probability is not None and probability >= TOGETHER and not self.has_merge_veto(wording, other_wording)

    def _compute_probability(self, report: Report, other_report: Report) -> float:
        if self._comparing.fails_quick_merge_check(report, other_report):
            return _EXCLUDED
        return self._comparing.same_claim_probability(
            report, other_report, self._ranks.compute_ranks(report, other_report)
        )


def _pair_key(wording: Wording, other_wording: Wording) -> int:
    """Return the key of a pair: its numbers, whether both have one source, and whether they speak for two sides."""
    first, second = wording.first, other_wording.first
    same = first.source is not None and first.source == second.source
    apart = first.side is not None and second.side is not None and first.side != second.side
    lower, higher = sorted((wording.number, other_wording.number))
    return (lower << _BITS | higher) << 2 | same << 1 | apart
