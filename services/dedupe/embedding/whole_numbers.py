"""Vectors in whole numbers: dot products that are exact, so the same on every machine and in every order."""

import numpy as np
from numpy.typing import NDArray

SCALE = 4080
"""Unit vectors are rounded to this many steps. Then every partial sum of a dot product is a whole number below 2^24
(by Cauchy-Schwarz, rounding included, up to 3,000 dimensions), which float32 holds exactly: the result is the same
bits in whatever order BLAS adds. A cosine is off by less than .001."""


def round_to_whole_numbers(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors in `SCALE` steps: whole numbers in float32, same shape. A dot product is SCALE² cosines."""
    numbers: NDArray[np.float32] = np.rint(vectors * np.float32(SCALE))
    return numbers
