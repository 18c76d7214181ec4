"""Vectors as they travel: base64 of little-endian float16."""

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

_WIRE = np.dtype("<f2")


def encode_vector(vector: NDArray[np.float32]) -> str:
    """Base64 of `vector`, shape (dimensions,), rounded to float16."""
    return base64.b64encode(np.ascontiguousarray(vector, _WIRE).tobytes()).decode("ascii")


def decode_vector(encoded: str) -> NDArray[np.float32]:
    """The vector, scaled to length 1 again after the rounding to float16; float32, shape (dimensions,).

    Raises:
        ValueError: Not base64 of float16 values, or not a finite vector with a direction.
    """
    try:
        halves = np.frombuffer(base64.b64decode(encoded, validate=True), _WIRE)
    except binascii.Error as error:
        raise ValueError(f"not base64: {encoded[:20]!r}") from error
    wide = halves.astype(np.float64)
    length = float(np.sqrt(np.sum(wide * wide)))
    if not np.isfinite(length) or length == 0.0:
        raise ValueError("a vector without a direction, or with values that are not finite")
    return (wide / length).astype(np.float32)
