"""The vectors of an event's claims, each kept once, whatever has it: articles, their reprints and cuts, wordings."""

from array import array
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_DIGEST_BYTES = 16
"""Enough that no two vectors ever kept have one digest and differ."""
NO_VECTOR = 0
"""The row of a vector of zeros, which is near to nothing."""


class VectorPool:
    """Vectors in whole numbers by rows, with how many use each."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._vectors = np.zeros((0, 0), np.int16)
        self._uses = array("i")
        self._rows: dict[bytes, int] = {}
        self._free_rows: list[int] = []

    def __len__(self) -> int:
        """How many different vectors there are."""
        return len(self._rows)

    def add(self, vectors: NDArray[np.int16]) -> "array[int]":
        """Return the rows of some vectors. Each use has to be released."""
        keys = [_build_key(vector) for vector in vectors]
        new = {key: vector for key, vector in zip(keys, vectors, strict=True) if key not in self._rows}
        if new:
            self._make_room(len(new), vectors.shape[1])
        for key, vector in new.items():
            self._rows[key] = row = self._free_rows.pop()
            self._vectors[row] = vector
        rows = array("i", [self._rows[key] for key in keys])
        for row in rows:
            self._uses[row] += 1
        return rows

    def release(self, rows: Iterable[int]) -> None:
        """Take back a use of each row; what nothing uses is forgotten."""
        for row in rows:
            self._uses[row] -= 1
            if not self._uses[row]:
                del self._rows[_build_key(self._vectors[row])]
                self._free_rows.append(row)

    def get_vectors(self, rows: "array[int] | NDArray[np.int32]") -> NDArray[np.int16]:
        """The vectors of some rows."""
        vectors: NDArray[np.int16] = self._vectors[np.asarray(rows)]
        return vectors

    def get_vector(self, row: int) -> NDArray[np.int16]:
        """The vector of a row."""
        vector: NDArray[np.int16] = self._vectors[row]
        return vector

    def _make_room(self, count: int, width: int) -> None:
        """See that so many rows are free."""
        more = count - len(self._free_rows)
        if more > 0:
            rows = max(len(self._vectors), NO_VECTOR + 1)
            grown = rows + max(more, rows // 8)
            wider = np.zeros((grown, width), np.int16)
            wider[: len(self._vectors)] = self._vectors if len(self._vectors) else 0
            self._vectors = wider
            self._uses.extend([0] * (grown - len(self._uses)))
            self._free_rows.extend(range(grown - 1, rows - 1, -1))


class PooledVectors:
    """Some vectors of a pool, read like an array.

    Attributes:
        rows: Theirs in the pool.
    """

    __slots__ = ("_pool", "rows")

    def __init__(self, pool: VectorPool, vectors: NDArray[np.int16]) -> None:
        """Put vectors into a pool."""
        self._pool = pool
        self.rows = pool.add(vectors)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    def __getitem__(self, place: int) -> NDArray[np.int16]:
        """One of them."""
        return self._pool.get_vector(self.rows[place])

    def copy(self) -> NDArray[np.int16]:
        """All of them, as an array of their own."""
        return self._pool.get_vectors(self.rows)


def _build_key(vector: NDArray[np.int16]) -> bytes:
    return blake2b(vector.tobytes(), digest_size=_DIGEST_BYTES).digest()
