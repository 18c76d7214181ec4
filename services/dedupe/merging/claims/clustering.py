"""Groups of claims by linkage over the better half of pairs, complete link on what forbids; bounded in large events."""

import heapq
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.merging.claims.report import Report, cosine

TOGETHER = 0.8
"""Probability from which two groups are one: the mean over the better half of the pairs between them.

Over all pairs, one distant wording in a group of many keeps others out; over the best pair alone, groups chain.
"""
FOREIGN = 0.1
"""Probability of a pair below which no group holds both: else a long quotation joins what is said before and after."""
NEAREST = 16
"""Other wordings that each one is compared with, the nearest by cosine: the work grows with the claims, not squared."""
MOST_WORDINGS = 8
"""Wordings by which a group is compared, those first reported."""
MOST_NEAR = 128
"""Other groups that a group of several is compared with, the nearest by cosine of any two wordings."""
LOOK_CLOSER = 0.35
"""Pairs below this cosine are not compared word by word."""

AT_ONCE = 512
"""Claims whose cosines with all others are held in memory."""


class Comparing(Protocol):
    """Compares two claims."""

    def probability(self, one: Report, other: Report, ranks: tuple[int, int]) -> float:
        """Probability that they are one. `ranks`: how many claims of the other's article are more similar to each."""
        ...

    def excluded(self, one: Report, other: Report) -> bool:
        """Whether they cannot be one, however alike, by what is known without reading them closely."""
        ...

    def objected(self, one: Report, other: Report) -> bool:
        """Whether they cannot be one, however alike, by what they say."""
        ...


def link(units: Sequence[Sequence[Report]], comparing: Comparing) -> list[list[Report]]:
    """Join units of reports that state the same.

    The most alike first; nothing between two groups that are joined is forbidden.

    Args:
        units: Reports that belong together already, each and all in publication order.
        comparing: Compares two claims; asked for symmetric answers.
    """
    if len({report.article.article_id for unit in units for report in unit}) <= 1:  # see `_Linking`: nothing to join
        return [list(unit) for unit in units]
    return _Linking(units, comparing).groups()


class _Linking:
    def __init__(self, units: Sequence[Sequence[Report]], comparing: Comparing) -> None:
        self._comparing = comparing
        self._reports = dict(enumerate(map(list, units)))
        self._wordings = {at: _wordings(unit) for at, unit in enumerate(units)}
        spoken = [report for at in self._wordings for report in self._wordings[at]]
        self._number = {report.key: at for at, report in enumerate(spoken)}
        self._ranks = Ranks(spoken)
        self._probabilities: dict[tuple[int, int], float] = {}
        self._vetoes: dict[tuple[int, int], bool] = {}
        self._near: dict[int, dict[int, float]] = {at: {} for at in self._wordings}
        unit_of = [at for at in self._wordings for _ in self._wordings[at]]
        for one, other in nearest(spoken, LOOK_CLOSER):
            first, second = unit_of[one], unit_of[other]
            if first != second:
                near = max(self._near[first].get(second, 0.0), cosine(spoken[one], spoken[other]))
                self._near[first][second] = self._near[second][first] = near

    def groups(self) -> list[list[Report]]:
        """Join until nothing is probable enough."""
        heap = [
            (-mean, one, other)
            for one in self._near
            for other in self._near[one]
            if one < other and (mean := self._mean(one, other)) is not None
        ]
        heapq.heapify(heap)
        while heap:
            _, one, other = heapq.heappop(heap)
            # A pair of which one side has been joined to something has been put in anew.
            if one in self._reports and other in self._reports:
                for entry in self._join(one, other):
                    heapq.heappush(heap, entry)
        return [sorted(group, key=lambda report: report.order) for group in self._reports.values()]

    def _join(self, one: int, other: int) -> Iterator[tuple[float, int, int]]:
        joined = max(self._near) + 1
        self._near[joined] = {}
        self._reports[joined] = self._reports.pop(one) + self._reports.pop(other)
        self._wordings[joined] = _wordings(self._wordings.pop(one) + self._wordings.pop(other))
        for third, near in self._nearest_to(one, other):
            self._near[third][joined] = near
            self._near[joined][third] = near
        for third in sorted(self._near[joined]):
            mean = self._mean(third, joined)
            if mean is not None:
                yield -mean, third, joined

    def _nearest_to(self, one: int, other: int) -> list[tuple[int, float]]:
        """What the group of two is compared with: all that either was near to, the nearest where that is much."""
        found: dict[int, float] = {}
        for each in (one, other):
            for third, near in self._near.pop(each).items():
                if third not in (one, other):
                    del self._near[third][each]
                    found[third] = max(found.get(third, 0.0), near)
        return sorted(found.items(), key=lambda group: (-group[1], group[0]))[:MOST_NEAR]

    def _mean(self, one: int, other: int) -> float | None:
        """Probability that two groups are one; None: too little, or something forbids it."""
        pairs = [(first, second) for first in self._wordings[one] for second in self._wordings[other]]
        if any(self._comparing.excluded(*pair) for pair in pairs):
            return None
        ranked = sorted((self._probability(*pair) for pair in pairs), reverse=True)
        better = ranked[: (len(pairs) + 1) // 2]
        mean = sum(better) / len(better)
        if ranked[-1] < FOREIGN:
            return None
        # What objects costs more to look for than what is probable, and is asked of few.
        if mean < TOGETHER or any(self._objected(*pair) for pair in pairs):
            return None
        return mean

    def _probability(self, one: Report, other: Report) -> float:
        pair = self._pair(one, other)
        if pair not in self._probabilities:
            ranks = self._ranks.of(*pair)
            self._probabilities[pair] = self._comparing.probability(one, other, ranks)
        return self._probabilities[pair]

    def _objected(self, one: Report, other: Report) -> bool:
        pair = self._pair(one, other)
        if pair not in self._vetoes:
            self._vetoes[pair] = self._comparing.objected(one, other)
        return self._vetoes[pair]

    def _pair(self, one: Report, other: Report) -> tuple[int, int]:
        first, second = self._number[one.key], self._number[other.key]
        return (first, second) if first < second else (second, first)


class Ranks:
    """How many claims of the other's article are more similar to a claim than another is, by cosine."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._vectors = [report.vector for report in reports]
        self._articles = [report.article.article_id for report in reports]
        members: dict[str, list[int]] = {}
        for at, article in enumerate(self._articles):
            members.setdefault(article, []).append(at)
        self._members = {article: np.array(listed) for article, listed in members.items()}
        self._matrices = {
            article: np.array([self._vectors[at] for at in listed]) for article, listed in self._members.items()
        }

    def of(self, one: int, other: int) -> tuple[int, int]:
        """Of the other as the one sees it, and the other way round; positions in the reports."""
        return self._seen(one, other), self._seen(other, one)

    def _seen(self, one: int, other: int) -> int:
        article = self._articles[other]
        cosines = self._matrices[article] @ self._vectors[one]
        bar = self._vectors[other] @ self._vectors[one]
        return int(np.count_nonzero(cosines[self._members[article] != one] > bar))


def _wordings(unit: Sequence[Report]) -> list[Report]:
    """One report for each wording, the first of them: reprints say nothing new, and many wordings hardly more."""
    distinct: dict[object, Report] = {}
    for one in sorted(unit, key=lambda report: report.order):
        distinct.setdefault((one.tokens, one.source, one.side, one.claim.commitment), one)
    return list(distinct.values())[:MOST_WORDINGS]


def nearest(reports: Sequence[Report], least: float) -> Iterator[tuple[int, int]]:
    """Pairs of positions: the second is among the `NEAREST` of the first, with at least that cosine; ties by position.

    Some rows at a time: all cosines of a big event at once would take hundreds of megabytes.
    """
    if not reports:
        return
    vectors = np.array([report.vector for report in reports])
    for start in range(0, len(vectors), AT_ONCE):
        cosines = vectors[start : start + AT_ONCE] @ vectors.T / SCALE**2
        close = cosines >= least
        close[np.arange(len(close)), np.arange(start, start + len(close))] = False
        for at in np.flatnonzero(close.any(axis=1)).tolist():
            others, row = np.flatnonzero(close[at]), cosines[at]
            ranked = others[np.lexsort((others, -row[others]))][:NEAREST]
            yield from ((start + at, other) for other in ranked.tolist())
