"""The nearest wordings of each wording of an event, by cosine, kept while wordings come and go.

The lists are those that one would find by comparing all with all, whatever came first. Vectors are whole numbers, so
cosines are exact.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.merging.claims.wordings import Wording
from services.dedupe.merging.vector_pool import NO_VECTOR, VectorPool

NEAREST = 16
"""Other wordings that each one is compared with, the nearest by cosine: the work grows with the claims, not squared."""
LOOK_CLOSER = 0.35
"""Pairs below this cosine are not compared word by word."""
KEPT = 32
"""Nearest that are remembered, so that few lists must be looked for again when some of them go."""
AT_ONCE = 256
"""Claims whose cosines with all others are held in memory."""
ROWS_AT_ONCE = 1_024
"""Rows of which vectors, kept in two bytes a number, are widened at a time."""


def _no_numbers() -> "array[int]":
    """An empty list that takes four bytes a number."""
    return array("i")


@dataclass(eq=False, slots=True)
class _NeighbourList:
    """The nearest of one wording, the nearest first; of equally near ones the first published.

    Attributes:
        numbers: Of the near ones, below 2^31.
        cosines: Theirs, in steps and with their signs turned, so ascending; whole numbers.
        is_cut: Whether some that are near enough are left out; they stand behind the last.
    """

    numbers: "array[int]" = field(default_factory=_no_numbers)
    cosines: "array[int]" = field(default_factory=_no_numbers)
    is_cut: bool = False


class Neighbours:
    """Keeps the nearest wordings of each wording."""

    def __init__(self, min_cosine: float = LOOK_CLOSER, vectors: VectorPool | None = None) -> None:
        """Set up, empty.

        Args:
            min_cosine: Cosine from which two are near at all.
            vectors: Of the event; None: wordings have their own.
        """
        self._min_cosine = np.float32(min_cosine * SCALE**2)
        self._pool = VectorPool() if vectors is None else vectors
        self._pool_rows = np.zeros(0, np.int32)
        """By row: where the vector is in the pool."""
        self._entry_cosines = np.zeros(0, np.float32)
        """By row: cosine from which another wording may enter the list."""
        self._free_rows: list[int] = []
        self._rows: dict[int, int] = {}
        self._wordings: list[Wording | None] = []
        self._lists: dict[int, _NeighbourList] = {}
        self._holders: dict[int, array[int]] = {}
        """In whose lists each one is."""

    def release_vectors(self) -> None:
        """Take back what it uses of the pool; it is of no use then."""
        self._pool.release(self._pool_rows[list(self._rows.values())].tolist())

    def list_nearest_wordings(self, wording_number: int) -> list[int]:
        """Return the numbers of the wordings nearest to one, the nearest first."""
        return self._lists[wording_number].numbers[:NEAREST].tolist()

    def list_possible_reverse_neighbours(self, wording_number: int) -> set[int]:
        """Return the numbers of the wordings that may have one among their nearest."""
        return set(self._holders[wording_number])

    def update_wordings(self, removed_wordings: Sequence[Wording], new_wordings: Sequence[Wording]) -> set[int]:
        """Remove and add wordings; return the numbers of those whose list has changed, all new ones included."""
        changed: set[int] = set()
        for wording in removed_wordings:
            changed |= self._remove_wording(wording.number)
        alive = changed & self._rows.keys()
        self._allot_rows(new_wordings)
        for at in range(0, len(new_wordings), AT_ONCE):
            part = new_wordings[at : at + AT_ONCE]
            cosines = self._compute_cosines(part)
            alive |= self._insert_into_lists(part, cosines)
            self._build_lists(part, cosines)
        for wording in new_wordings:  # not before all are in: each is in the lists of the others already
            self._update_admission_threshold(wording.number)
        short = [one for one in sorted(alive) if self._lists[one].is_cut and len(self._lists[one].numbers) < NEAREST]
        for at in range(0, len(short), AT_ONCE):
            self._rebuild_lists(short[at : at + AT_ONCE])
        return alive | {wording.number for wording in new_wordings}

    def _remove_wording(self, wording_number: int) -> set[int]:
        for near in self._lists.pop(wording_number).numbers:
            self._holders[near].remove(wording_number)
        held = set(self._holders.pop(wording_number))
        for holder in held:
            listed = self._lists[holder]
            at = listed.numbers.index(wording_number)
            del listed.numbers[at], listed.cosines[at]
        row = self._rows.pop(wording_number)
        self._pool.release((int(self._pool_rows[row]),))
        self._pool_rows[row] = NO_VECTOR
        self._entry_cosines[row] = inf
        self._wordings[row] = None
        self._free_rows.append(row)
        return held

    def _allot_rows(self, new_wordings: Sequence[Wording]) -> None:
        """Give each new wording a row."""
        if not new_wordings:
            return
        vectors = np.array([one.first.vector for one in new_wordings])
        more = len(new_wordings) - len(self._free_rows)
        if more > 0:
            rows = len(self._pool_rows)
            grown = rows + max(more, rows // 8)
            self._pool_rows = np.concatenate([self._pool_rows, np.full(grown - rows, NO_VECTOR, np.int32)])
            self._entry_cosines = np.concatenate([self._entry_cosines, np.full(grown - rows, inf, np.float32)])
            self._wordings.extend([None] * (grown - rows))
            self._free_rows.extend(range(grown - 1, rows - 1, -1))
        for wording, pool_row in zip(new_wordings, self._pool.add(vectors.astype(np.int16)), strict=True):
            row = self._free_rows.pop()
            self._rows[wording.number] = row
            self._wordings[row] = wording
            self._pool_rows[row] = pool_row
            self._lists[wording.number] = _NeighbourList()
            self._holders[wording.number] = _no_numbers()

    def _compute_cosines(self, wordings: Sequence[Wording]) -> NDArray[np.float32]:
        """With all rows, in float32, in which they are exact: shape (wordings, rows)."""
        own_rows = self._pool_rows[[self._rows[wording.number] for wording in wordings]]
        chosen = self._pool.get_vectors(own_rows).astype(np.float32)
        cosines = np.empty((len(chosen), len(self._pool_rows)), np.float32)
        for at in range(0, len(self._pool_rows), ROWS_AT_ONCE):
            rows = self._pool.get_vectors(self._pool_rows[at : at + ROWS_AT_ONCE]).astype(np.float32)
            np.matmul(chosen, rows.T, out=cosines[:, at : at + ROWS_AT_ONCE])
        return cosines

    def _insert_into_lists(self, new_wordings: Sequence[Wording], cosines: NDArray[np.float32]) -> set[int]:
        """Insert new wordings into existing lists; return the numbers of the wordings whose list has changed."""
        changed: set[int] = set()
        for at, row in np.argwhere(cosines >= self._entry_cosines).tolist():
            holder, wording = self._wordings[row], new_wordings[at]
            if holder is None:
                continue
            listed, cosine = self._lists[holder.number], -int(cosines[at, row])
            place = self._find_insert_position(listed, cosine, wording)
            if listed.is_cut and place == len(listed.numbers):
                continue
            listed.numbers.insert(place, wording.number)
            listed.cosines.insert(place, cosine)
            self._holders[wording.number].append(holder.number)
            self._trim_list(holder.number)
            self._update_admission_threshold(holder.number)
            changed.add(holder.number)
        return changed

    def _build_lists(self, wordings: Sequence[Wording], cosines: NDArray[np.float32]) -> None:
        """Build the lists of wordings from their cosines with all others."""
        for wording, row in zip(wordings, cosines, strict=True):
            own = self._rows[wording.number]
            others = np.flatnonzero(row >= self._min_cosine)
            others = others[others != own]
            listed = self._lists[wording.number]
            listed.is_cut = len(others) > KEPT
            if listed.is_cut:
                kept = np.partition(row[others], len(others) - KEPT)[len(others) - KEPT]
                others = others[row[others] >= kept]
            near = [
                (-int(cosine), other.first.order, other.number)
                for at, cosine in zip(others.tolist(), row[others].tolist(), strict=True)
                if (other := self._wordings[at]) is not None
            ]
            near.sort()
            listed.numbers = array("i", [number for _, _, number in near])
            listed.cosines = array("i", [cosine for cosine, _, _ in near])
            for number in listed.numbers:
                self._holders[number].append(wording.number)
            self._trim_list(wording.number)

    def _rebuild_lists(self, wording_numbers: Sequence[int]) -> None:
        wordings = [
            wording for number in wording_numbers if (wording := self._wordings[self._rows[number]]) is not None
        ]
        for number in wording_numbers:
            for near in self._lists[number].numbers:
                self._holders[near].remove(number)
        self._build_lists(wordings, self._compute_cosines(wordings))
        for number in wording_numbers:
            self._update_admission_threshold(number)

    def _find_insert_position(self, neighbours: _NeighbourList, negative_cosine: int, wording: Wording) -> int:
        """Find the position at which a wording belongs in a list."""
        at = bisect_left(neighbours.cosines, negative_cosine)
        while at < len(neighbours.numbers) and neighbours.cosines[at] == negative_cosine:
            other = self._wordings[self._rows[neighbours.numbers[at]]]
            if other is None or other.first.order > wording.first.order:
                break
            at += 1
        return at

    def _trim_list(self, wording_number: int) -> None:
        listed = self._lists[wording_number]
        for near in listed.numbers[KEPT:]:
            self._holders[near].remove(wording_number)
            listed.is_cut = True
        del listed.numbers[KEPT:], listed.cosines[KEPT:]

    def _update_admission_threshold(self, wording_number: int) -> None:
        """Set the cosine from which another wording enters a list: that of its last one, where some are left out."""
        listed = self._lists[wording_number]
        self._entry_cosines[self._rows[wording_number]] = -listed.cosines[-1] if listed.is_cut else self._min_cosine
