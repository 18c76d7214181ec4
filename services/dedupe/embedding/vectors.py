"""Vectors as they travel: base64 of little-endian float16."""

import base64
import binascii
from collections.abc import Sequence

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
    (vector,) = _scale_to_unit_length(_decode_float16(encoded)[None, :])
    return np.asarray(vector)


def decode_vectors(encoded: Sequence[str], dimensions: int) -> NDArray[np.float32]:
    """Many vectors, one row each. Raises ValueError also where one has other dimensions."""
    halves = [_decode_float16(one) for one in encoded]
    if any(len(one) != dimensions for one in halves):
        raise ValueError(f"a vector has not {dimensions} dimensions")
    return _scale_to_unit_length(np.array(halves, _WIRE).reshape(len(halves), dimensions))


def _decode_float16(encoded: str) -> NDArray[np.float16]:
    try:
        return np.frombuffer(base64.b64decode(encoded, validate=True), _WIRE)
    except binascii.Error as error:
        raise ValueError(f"not base64: {encoded[:20]!r}") from error


def _scale_to_unit_length(float16_vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    """Rows of length 1."""
    wide = float16_vectors.astype(np.float64)
    lengths = np.sqrt(np.sum(wide * wide, axis=1, keepdims=True))
    if not np.all(np.isfinite(lengths) & (lengths > 0)):
        raise ValueError("a vector without a direction, or with values that are not finite")
    unit: NDArray[np.float32] = (wide / lengths).astype(np.float32)
    return unit
