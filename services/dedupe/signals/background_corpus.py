"""How similar an article is to a fixed background of news: the yardstick for its similarity to other articles.

A report on a crowded subject is similar to many articles, one on an odd subject to none: the same cosine says less
about the first. Each article gets the mean and the spread of its similarity to its nearest background articles.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import SCALE, round_to_whole_numbers

NEAREST = (4, 54)
"""Ranks of the background articles that count, of 2,000. The very first may report the same event."""
_LEAST_SPREAD = 0.01


@dataclass(frozen=True, slots=True)
class BackgroundSimilarity:
    """Mean and standard deviation of an article's cosine to the background articles nearest to it."""

    mean: float
    spread: float


TYPICAL = BackgroundSimilarity(0.4, 0.05)
"""That of a typical article."""


class BackgroundCorpus:
    """Lead vectors of background articles. Never changes while the service runs."""

    def __init__(self, model: str, leads: NDArray[np.float32]) -> None:
        """`model`: name without the hash of its files, since a rebuilt model gives nearly the same vectors."""
        self._model = model
        self._leads = round_to_whole_numbers(leads)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file that `lab.events.background_leads` writes."""
        with np.load(path) as stored:
            rough = stored["leads"].astype(np.float32)
            return cls(str(stored["model"]), rough / np.sqrt(np.sum(rough * rough, axis=1, keepdims=True)))

    @classmethod
    def load_bundled(cls) -> Self:
        """The background that comes with the service."""
        with as_file(files("services.dedupe") / "data" / "background_leads.npz") as path:
            return cls.load(path)

    def compare_with_background(self, embedding_model: str, lead_vector: NDArray[np.float32]) -> BackgroundSimilarity:
        """Compare a unit vector of `embedding_model` with the background; if that is of another model: `TYPICAL`."""
        if len(lead_vector) != self._leads.shape[1] or not embedding_model.startswith(self._model):
            return TYPICAL
        # Whole numbers: exact, so the same on every machine and beside whatever else is computed.
        cosines = self._leads @ round_to_whole_numbers(lead_vector)
        first, last = NEAREST
        nearest = -np.sort(-np.partition(cosines, len(cosines) - last)[len(cosines) - last :])[first:]
        values = nearest.astype(np.float64) / SCALE**2
        return BackgroundSimilarity(float(np.mean(values)), max(float(np.std(values)), _LEAST_SPREAD))
