"""Groups of claims by linkage over the better half of pairs, complete link on what forbids; bounded in large events."""

import heapq
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.reports import Report, similarities

ALIKE = 0.62
"""Likeness from which two groups are one: the mean over the better half of the pairs between them.

Over all pairs, one distant wording in a group of many keeps others out; over the best pair alone, groups chain.
"""
NEAREST = 32
"""Other wordings that each one is compared with, the nearest by cosine: the work grows with the claims, not squared."""
LOOK_CLOSER = 0.45
"""Pairs below this cosine are not compared word by word."""


class Comparing(Protocol):
    """Compares two claims."""

    def alike(self, one: Report, other: Report, cosine: float) -> float:
        """How alike they are, 0 and more."""
        ...

    def forbidden(self, one: Report, other: Report) -> bool:
        """Whether they cannot be one, however alike."""
        ...


def link(units: Sequence[Sequence[Report]], comparing: Comparing) -> list[list[Report]]:
    """Join units of reports that state the same.

    The most alike first; nothing between two groups that are joined is forbidden.

    Args:
        units: Reports that belong together already, each and all in publication order.
        comparing: Compares two claims; asked for symmetric answers.
    """
    return _Linking(units, comparing).groups()


class _Linking:
    def __init__(self, units: Sequence[Sequence[Report]], comparing: Comparing) -> None:
        self._comparing = comparing
        self._reports = dict(enumerate(map(list, units)))
        self._wordings = {at: _wordings(unit) for at, unit in enumerate(units)}
        spoken = [report for at in self._wordings for report in self._wordings[at]]
        self._number = {id(report): at for at, report in enumerate(spoken)}
        self._cosines = similarities(spoken) if spoken else np.empty((0, 0))
        self._known: dict[tuple[int, int], float | None] = {}
        self._near: dict[int, set[int]] = {at: set() for at in self._wordings}
        unit_of = [at for at in self._wordings for _ in self._wordings[at]]
        for one, other in nearest(self._cosines, LOOK_CLOSER):
            first, second = unit_of[one], unit_of[other]
            if first != second:
                self._near[first].add(second)
                self._near[second].add(first)

    def groups(self) -> list[list[Report]]:
        """Join until nothing is alike enough."""
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
        self._reports[joined] = self._reports.pop(one) + self._reports.pop(other)
        self._wordings[joined] = self._wordings.pop(one) + self._wordings.pop(other)
        near = (self._near.pop(one) | self._near.pop(other)) - {one, other}
        self._near[joined] = near & self._reports.keys()
        for third in sorted(self._near[joined]):
            self._near[third] = (self._near[third] - {one, other}) | {joined}
            mean = self._mean(third, joined)
            if mean is not None:
                yield -mean, third, joined

    def _mean(self, one: int, other: int) -> float | None:
        """Likeness of two groups; None: too little, or something forbids it."""
        found = []
        for first in self._wordings[one]:
            for second in self._wordings[other]:
                likeness = self._pair(first, second)
                if likeness is None:
                    return None
                found.append(likeness)
        better = sorted(found, reverse=True)[: (len(found) + 1) // 2]
        mean = sum(better) / len(better)
        return mean if mean >= ALIKE else None

    def _pair(self, one: Report, other: Report) -> float | None:
        first, second = sorted((self._number[id(one)], self._number[id(other)]))
        if (first, second) not in self._known:
            forbidden = self._comparing.forbidden(one, other)
            cosine = float(self._cosines[first, second])
            self._known[first, second] = None if forbidden else self._comparing.alike(one, other, cosine)
        return self._known[first, second]


def _wordings(unit: Sequence[Report]) -> list[Report]:
    """One report for each wording: reprints say nothing new, however many there are."""
    return list({(one.tokens, one.source, one.side, one.claim.commitment): one for one in reversed(unit)}.values())[
        ::-1
    ]


def nearest(cosines: NDArray[np.float64], least: float) -> Iterator[tuple[int, int]]:
    """Pairs in which the second is among the `NEAREST` of the first, with at least that cosine; ties by position."""
    for at, row in enumerate(cosines):
        close = np.flatnonzero(row >= least)
        close = close[close != at]
        ranked = close[np.lexsort((close, -row[close]))][:NEAREST]
        yield from ((at, int(other)) for other in ranked)
