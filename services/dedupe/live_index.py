"""The live articles of a shard as typed arrays: which of them could report the same event as a new one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals import ArticleSignals, Density

_FIRST_CAPACITY = 256
_SLACK = 1e-3
"""How far a matrix product may be off: it rounds a row by where it stands, so it only proposes."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A live article that could report the same event. `cosine` of the lead vectors, exact."""

    article_id: str
    cosine: float


class LiveIndex:
    """Lead vectors and publication days, a block of arrays for each embedding model.

    Answers depend on which articles are live, never on the order in which they came or the slots they got.
    """

    def __init__(self) -> None:
        self._blocks: dict[str, _Block] = {}
        self._model_of: dict[str, str] = {}

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
        block = self._blocks.setdefault(model, _Block(len(signals.lead)))
        block.add(article_id, signals)
        self._model_of[article_id] = model

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        model = self._model_of.pop(article_id, None)
        if model is not None:
            self._blocks[model].remove(article_id)

    def density(self, signals: ArticleSignals, window_days: float) -> Density:
        """How many live articles stand around this one."""
        near = 0
        if signals.day is not None:
            near = sum(block.count_near(signals.day, window_days) for block in self._blocks.values())
        return Density(near=near, live=len(self))

    def neighbours(self, model: str, signals: ArticleSignals, floor: float, reach_days: float) -> list[Neighbour]:
        """Live articles above `floor` and within `reach_days` (or undated), the most similar first, ties by id.

        Only vectors of the same `model` are compared.
        """
        block = self._blocks.get(model)
        return [] if block is None else block.neighbours(signals, floor, reach_days)


class _Block:
    """Arrays by slot; a freed slot is used again. An empty slot has a zero vector and a day that is far away."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._ids: list[str] = []
        self._leads: NDArray[np.float32] = np.zeros((_FIRST_CAPACITY, dimensions), np.float32)
        self._days: NDArray[np.float64] = np.full(_FIRST_CAPACITY, np.inf)

    def add(self, article_id: str, signals: ArticleSignals) -> None:
        if self._free:
            slot = self._free.pop()
            self._ids[slot] = article_id
        else:
            slot = len(self._ids)
            self._ids.append(article_id)
            if slot == len(self._days):
                self._leads = np.concatenate([self._leads, np.zeros_like(self._leads)])
                self._days = np.concatenate([self._days, np.full_like(self._days, np.inf)])
        self._slots[article_id] = slot
        self._leads[slot] = signals.lead
        self._days[slot] = np.nan if signals.day is None else signals.day

    def remove(self, article_id: str) -> None:
        slot = self._slots.pop(article_id)
        self._leads[slot] = 0
        self._days[slot] = np.inf
        self._free.append(slot)

    def count_near(self, day: float, window_days: float) -> int:
        return int(np.sum(np.abs(self._days[: len(self._ids)] - day) <= window_days))

    def neighbours(self, signals: ArticleSignals, floor: float, reach_days: float) -> list[Neighbour]:
        used = len(self._ids)
        rough = self._leads[:used] @ signals.lead
        usable = rough > floor - _SLACK
        if signals.day is not None:
            usable &= ~(np.abs(self._days[:used] - signals.day) > reach_days)
        slots = np.flatnonzero(usable)
        exact = np.sum(self._leads[slots].astype(np.float64) * signals.lead.astype(np.float64), axis=1)
        found = [
            Neighbour(self._ids[slot], float(cosine))
            for slot, cosine in zip(slots.tolist(), exact, strict=True)
            if cosine > floor
        ]
        return sorted(found, key=lambda neighbour: (-neighbour.cosine, neighbour.article_id))
