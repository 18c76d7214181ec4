"""The nearest wordings of each wording of an event, by cosine, kept while wordings come and go.

The lists are those that one would find by comparing all with all, whatever came first. Vectors are whole numbers, so
cosines are exact.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.merging.claims.wordings import Wording

NEAREST = 16
"""Other wordings that each one is compared with, the nearest by cosine: the work grows with the claims, not squared."""
LOOK_CLOSER = 0.35
"""Pairs below this cosine are not compared word by word."""
KEPT = 32
"""Nearest that are remembered, so that few lists must be looked for again when some of them go."""
AT_ONCE = 256
"""Claims whose cosines with all others are held in memory."""


@dataclass(eq=False, slots=True)
class _List:
    """The nearest of one wording, the nearest first; of equally near ones the first published.

    Attributes:
        numbers: Of the near ones.
        cosines: Theirs, in steps and with their signs turned, so ascending.
        is_cut: Whether some that are near enough are left out; they stand behind the last.
    """

    numbers: list[int] = field(default_factory=list)
    cosines: list[float] = field(default_factory=list)
    is_cut: bool = False


class Neighbours:
    """The nearest of each wording."""

    def __init__(self, least: float = LOOK_CLOSER) -> None:
        """`least`: cosine from which two are near at all."""
        self._least = np.float32(least * SCALE**2)
        self._vectors = np.zeros((0, 0), np.float32)
        self._bars = np.zeros(0, np.float32)
        """By row: cosine from which another wording may enter the list."""
        self._free: list[int] = []
        self._rows: dict[int, int] = {}
        self._wordings: list[Wording | None] = []
        self._lists: dict[int, _List] = {}
        self._holders: dict[int, set[int]] = {}
        """In whose lists each one is."""

    def of(self, number: int) -> list[int]:
        """The nearest of a wording, by their numbers, the nearest first."""
        return self._lists[number].numbers[:NEAREST]

    def holders(self, number: int) -> set[int]:
        """Those that may have it among their nearest."""
        return self._holders[number]

    def update(self, gone: Sequence[Wording], new: Sequence[Wording]) -> set[int]:
        """Take wordings out and in. The numbers of those whose list is another, all new ones included."""
        changed: set[int] = set()
        for wording in gone:
            changed |= self._remove(wording.number)
        alive = changed & self._rows.keys()
        self._add(new)
        for at in range(0, len(new), AT_ONCE):
            part = new[at : at + AT_ONCE]
            cosines = self._cosines(part)
            alive |= self._enter(part, cosines)
            self._fill(part, cosines)
        for wording in new:  # not before all are in: each is in the lists of the others already
            self._bar(wording.number)
        short = [one for one in sorted(alive) if self._lists[one].is_cut and len(self._lists[one].numbers) < NEAREST]
        for at in range(0, len(short), AT_ONCE):
            self._refill(short[at : at + AT_ONCE])
        return alive | {wording.number for wording in new}

    def _remove(self, number: int) -> set[int]:
        for near in self._lists.pop(number).numbers:
            self._holders[near].discard(number)
        held = self._holders.pop(number)
        for holder in held:
            listed = self._lists[holder]
            at = listed.numbers.index(number)
            del listed.numbers[at], listed.cosines[at]
        row = self._rows.pop(number)
        self._vectors[row] = 0
        self._bars[row] = inf
        self._wordings[row] = None
        self._free.append(row)
        return held

    def _add(self, new: Sequence[Wording]) -> None:
        """Give rows to new wordings."""
        if not new:
            return
        vectors = np.array([one.first.vector for one in new])
        more = len(new) - len(self._free)
        if more > 0:
            rows = len(self._vectors)
            grown = rows + max(more, rows // 2)
            wider = np.zeros((grown, len(vectors[0])), np.float32)
            if rows:
                wider[:rows] = self._vectors
            self._vectors = wider
            self._bars = np.concatenate([self._bars, np.full(grown - rows, inf, np.float32)])
            self._wordings.extend([None] * (grown - rows))
            self._free.extend(range(grown - 1, rows - 1, -1))
        for wording, vector in zip(new, vectors, strict=True):
            row = self._free.pop()
            self._rows[wording.number] = row
            self._wordings[row] = wording
            self._vectors[row] = vector
            self._lists[wording.number] = _List()
            self._holders[wording.number] = set()

    def _cosines(self, wordings: Sequence[Wording]) -> NDArray[np.float32]:
        cosines: NDArray[np.float32] = (
            self._vectors[[self._rows[wording.number] for wording in wordings]] @ self._vectors.T
        )
        return cosines

    def _enter(self, new: Sequence[Wording], cosines: NDArray[np.float32]) -> set[int]:
        """Put new wordings into the lists of those that have one already; those whose list is another now."""
        changed: set[int] = set()
        for at, row in np.argwhere(cosines >= self._bars).tolist():
            holder, wording = self._wordings[row], new[at]
            if holder is None:
                continue
            listed, cosine = self._lists[holder.number], -float(cosines[at, row])
            place = self._place(listed, cosine, wording)
            if listed.is_cut and place == len(listed.numbers):
                continue
            listed.numbers.insert(place, wording.number)
            listed.cosines.insert(place, cosine)
            self._holders[wording.number].add(holder.number)
            self._trim(holder.number)
            self._bar(holder.number)
            changed.add(holder.number)
        return changed

    def _fill(self, wordings: Sequence[Wording], cosines: NDArray[np.float32]) -> None:
        """Find the lists of wordings among all others."""
        for wording, row in zip(wordings, cosines, strict=True):
            own = self._rows[wording.number]
            others = np.flatnonzero(row >= self._least)
            others = others[others != own]
            listed = self._lists[wording.number]
            listed.is_cut = len(others) > KEPT
            if listed.is_cut:
                kept = np.partition(row[others], len(others) - KEPT)[len(others) - KEPT]
                others = others[row[others] >= kept]
            near = [
                (-cosine, other.first.order, other.number)
                for at, cosine in zip(others.tolist(), row[others].tolist(), strict=True)
                if (other := self._wordings[at]) is not None
            ]
            near.sort()
            listed.numbers = [number for _, _, number in near]
            listed.cosines = [cosine for cosine, _, _ in near]
            for number in listed.numbers:
                self._holders[number].add(wording.number)
            self._trim(wording.number)

    def _refill(self, numbers: Sequence[int]) -> None:
        wordings = [wording for number in numbers if (wording := self._wordings[self._rows[number]]) is not None]
        for number in numbers:
            for near in self._lists[number].numbers:
                self._holders[near].discard(number)
        self._fill(wordings, self._cosines(wordings))
        for number in numbers:
            self._bar(number)

    def _place(self, listed: _List, cosine: float, wording: Wording) -> int:
        """Where a wording belongs in a list."""
        at = bisect_left(listed.cosines, cosine)
        while at < len(listed.numbers) and listed.cosines[at] == cosine:
            other = self._wordings[self._rows[listed.numbers[at]]]
            if other is None or other.first.order > wording.first.order:
                break
            at += 1
        return at

    def _trim(self, number: int) -> None:
        listed = self._lists[number]
        for near in listed.numbers[KEPT:]:
            self._holders[near].discard(number)
            listed.is_cut = True
        del listed.numbers[KEPT:], listed.cosines[KEPT:]

    def _bar(self, number: int) -> None:
        """What a list leaves out stands behind its last, also where some have gone since."""
        listed = self._lists[number]
        self._bars[self._rows[number]] = -listed.cosines[-1] if listed.is_cut else self._least
