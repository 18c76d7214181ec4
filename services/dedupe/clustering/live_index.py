"""The live articles of a shard as typed arrays: which of them could report the same event as a new one."""

from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.day_counts import DayCounts
from services.dedupe.embedding.whole_numbers import SCALE, whole_numbers
from services.dedupe.signals.pair_signals import ArticleSignals, Density

SEARCHED_WHOLE = 16_384
"""Collections up to this size are searched whole: .4 ms, as long as the vectors fit the processor's cache."""
SEARCHED_AT_LEAST = 8_192
"""In bigger ones as many articles in the cells around the query: 1.5 ms, however many are live."""
_FIRST_CAPACITY = 256
_Numbers = NDArray[Any]
"""Whole numbers up to `SCALE`, in float32 or int16: both hold them exactly."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A live article that could report the same event. `cosine` of the lead vectors, to three digits."""

    article_id: str
    cosine: float


class LiveIndex:
    """Lead vectors and publication days, a block of arrays for each embedding model.

    Answers depend on which articles are live, never on the order in which they came or the slots they got.
    """

    def __init__(self, cells: Cells | None = None) -> None:
        """`cells`: for collections too big to be searched whole; None: those always are."""
        self._cells = cells
        self._blocks: dict[str, _Block] = {}
        self._model_of: dict[str, str] = {}
        self._days = DayCounts()

    def __len__(self) -> int:
        return len(self._model_of)

    def check(self, model: str, signals: ArticleSignals) -> None:
        """See that an article can be added.

        Raises:
            ValueError: Its vector is not of the length that `model` gives.
        """
        block = self._blocks.get(model)
        if block is not None and block.dimensions != len(signals.lead):
            raise ValueError(f"a vector of {len(signals.lead)} dimensions; those of {model} have {block.dimensions}")

    def add(self, article_id: str, model: str, signals: ArticleSignals) -> None:
        """Add an article that is not in. Raises ValueError as `check` does."""
        self.check(model, signals)
        if model not in self._blocks:
            self._blocks[model] = _Block(len(signals.lead), self._cells)
        self._blocks[model].add(article_id, signals)
        self._model_of[article_id] = model
        if signals.day is not None:
            self._days.add(signals.day)

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        model = self._model_of.pop(article_id, None)
        if model is not None:
            day = self._blocks[model].remove(article_id)
            if day is not None:
                self._days.remove(day)

    def density(self, signals: ArticleSignals, window_days: float) -> Density:
        """How many live articles stand around this one."""
        near = 0 if signals.day is None else self.near(signals.day, window_days)
        return Density(near=near, live=len(self))

    def near(self, day: float, window_days: float) -> int:
        """How many live articles were published in the days up to `day`.

        Not those after it: in publication order they are not there yet, and any order is to give the same.
        """
        return self._days.near(day - window_days / 2, window_days / 2)

    def neighbours(
        self, model: str, signals: ArticleSignals, floor: float, reach_days: float, most: int | None = None
    ) -> list[Neighbour]:
        """Live articles above `floor` and within `reach_days` (or undated), the most similar first, ties by id.

        Only vectors of the same `model` are compared.

        Args:
            model: That gave the vector.
            signals: Of the article in question.
            floor: Cosine that neighbours exceed.
            reach_days: Days between the publications.
            most: How many at most; None: all.
        """
        block = self._blocks.get(model)
        return [] if block is None else block.neighbours(signals, floor, reach_days, most)


class _Block:
    """Arrays by slot; a freed slot is used again. An empty slot has a zero vector and a day that is far away."""

    def __init__(self, dimensions: int, cells: Cells | None) -> None:
        self.dimensions = dimensions
        self._cells = cells if cells is not None and cells.dimensions == dimensions else None
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._ids: list[str] = []
        self._numbers: _Numbers = np.zeros((_FIRST_CAPACITY, dimensions), np.float32)
        self._days: NDArray[np.float64] = np.full(_FIRST_CAPACITY, np.inf)
        self._cell_of: list[int] = []
        self._in_cell: dict[int, array[int]] = {}

    def add(self, article_id: str, signals: ArticleSignals) -> None:
        slot = self._new_slot()
        numbers = whole_numbers(signals.lead)
        self._ids[slot] = article_id
        self._slots[article_id] = slot
        self._numbers[slot] = numbers
        self._days[slot] = np.nan if signals.day is None else signals.day
        if self._in_cell:
            self._put_in_cells(slot, slot + 1)

    def remove(self, article_id: str) -> float | None:
        """Take it out; its day, if it has one."""
        slot = self._slots.pop(article_id)
        day = float(self._days[slot])
        self._numbers[slot] = 0
        self._days[slot] = np.inf
        self._free.append(slot)
        if self._in_cell:
            self._in_cell[self._cell_of[slot]].remove(slot)
        return None if np.isnan(day) else day

    def neighbours(self, signals: ArticleSignals, floor: float, reach_days: float, most: int | None) -> list[Neighbour]:
        query = whole_numbers(signals.lead)
        slots = self._searched(query)
        if slots is None:
            products = self._numbers[: len(self._ids)].astype(np.float32, copy=False) @ query
        else:
            products = self._numbers.take(slots, axis=0).astype(np.float32, copy=False) @ query
        # Whole numbers, so the same wherever a vector stands; an empty slot gives 0.
        near = np.flatnonzero(products > floor * SCALE**2)
        if signals.day is not None:
            days = self._days[near if slots is None else slots[near]]
            near = near[~(np.abs(days - signals.day) > reach_days)]
        if most is not None and len(near) > most:
            bar = np.partition(products[near], len(near) - most)[len(near) - most]
            near = near[products[near] >= bar]
        found = near if slots is None else slots[near]
        cosines = (products[near].astype(np.float64) / SCALE**2).tolist()
        ranked = sorted((-cosine, self._ids[slot]) for slot, cosine in zip(found.tolist(), cosines, strict=True))
        return [Neighbour(article_id, -cosine) for cosine, article_id in ranked[:most]]

    def _searched(self, query: NDArray[np.float32]) -> NDArray[np.int64] | None:
        """The slots to look at, of the cells around `query`; None: all."""
        if self._cells is None or len(self._slots) <= SEARCHED_WHOLE:
            return None
        if not self._in_cell:
            for start in range(0, len(self._ids), _FIRST_CAPACITY):
                self._put_in_cells(start, min(start + _FIRST_CAPACITY, len(self._ids)))
        parts: list[NDArray[np.int64]] = []
        missing = SEARCHED_AT_LEAST
        for cell in self._cells.nearest_first(query):
            held = self._in_cell.get(cell)
            if held:
                # Copied: an array that is looked at through numpy cannot grow.
                parts.append(np.array(held, np.int64))
                missing -= len(held)
                if missing <= 0:
                    break
        return np.concatenate(parts)

    def _put_in_cells(self, start: int, end: int) -> None:
        """For the slots of a range that are used. Not before the cells are needed: small collections never do."""
        assert self._cells is not None
        cells = self._cells.cells_of(self._numbers[start:end].astype(np.float32, copy=False))
        for slot, cell in enumerate(cells.tolist(), start):
            if not np.isposinf(self._days[slot]):
                self._cell_of[slot] = cell
                self._in_cell.setdefault(cell, array("q")).append(slot)

    def _new_slot(self) -> int:
        if self._free:
            return self._free.pop()
        slot = len(self._ids)
        self._ids.append("")
        self._cell_of.append(0)
        if slot == len(self._days):
            self._grow(slot)
            self._days = np.concatenate([self._days, np.full(slot, np.inf)])
        return slot

    def _grow(self, used: int) -> None:
        """Make room for as many again. What is not searched whole is kept in half the room, and copied sooner."""
        kind = np.int16 if self._cells is not None and used >= SEARCHED_WHOLE else np.float32
        # Zeros that are not touched take no memory; so copy, rather than concatenate.
        numbers: _Numbers = np.zeros((2 * used, self.dimensions), kind)
        numbers[:used] = self._numbers
        self._numbers = numbers
