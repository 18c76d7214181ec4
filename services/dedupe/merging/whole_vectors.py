"""Vectors in whole numbers, the one form that merging compares: their dot products do not depend on the machine."""

import numpy as np
from numpy.typing import NDArray

SCALE = 32_767


def whole_numbers(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Convert unit vectors to whole numbers up to `SCALE`: their dot products are exact in float64, in any order."""
    return np.rint(vectors.astype(np.float64) * SCALE)


def cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Cosine of two vectors in whole numbers."""
    return float(one @ other / SCALE**2)
