"""Fixed cells of the vector space: in a big collection only the cells around a query are searched.

An inverted file (Jégou, Douze and Schmid 2011, doi:10.1109/TPAMI.2010.57) whose centroids never change. A graph
index such as HNSW is as fast, but what it finds depends on the order in which vectors came; here the cells that are
searched depend on the query and on the live vectors alone.
"""

import zlib
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import round_to_whole_numbers

_SORTED_FIRST = 128
"""Cells that are sorted before the others; more are seldom searched."""


class VectorCells:
    """A partition of the unit sphere by nearest centroid."""

    def __init__(self, centroids: NDArray[np.float32]) -> None:
        """`centroids`: unit vectors, (cells, dimensions)."""
        self._centroids = round_to_whole_numbers(centroids)
        self.mark: int = zlib.crc32(self._centroids.tobytes())
        """A checksum of the centroids: numbers of cells mean something only under the same one."""

    @classmethod
    def load_bundled(cls) -> Self:
        """The cells that come with the service, fitted to vectors of the default model."""
        with as_file(files("services.dedupe") / "data" / "cells.npz") as path:
            return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file that `lab.events.cells` writes."""
        with np.load(path) as stored:
            rough = stored["centroids"].astype(np.float32)
        return cls(rough / np.sqrt(np.sum(rough * rough, axis=1, keepdims=True)))

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""
        return int(self._centroids.shape[1])

    def find_nearest_cells(self, vectors: NDArray[np.float32]) -> NDArray[np.intp]:
        """The cell of each vector, in whole numbers, (n, dimensions)."""
        return np.asarray(np.argmax(vectors @ self._centroids.T, axis=1), np.intp)

    def iterate_cells_nearest_first(self, vector: NDArray[np.float32]) -> Iterator[int]:
        """All cells, the nearest to a vector in whole numbers first; ties by number."""
        similarity = self._centroids @ vector
        rank = len(similarity) - 1 - min(_SORTED_FIRST, len(similarity) - 1)
        # Sorting all of them would take as long as searching the few that are wanted.
        lowest = np.partition(similarity, rank)[rank]
        for cells in (np.flatnonzero(similarity >= lowest), np.flatnonzero(similarity < lowest)):
            yield from cells[np.argsort(-similarity[cells], kind="stable")].tolist()
