"""What the dedupe service asks of whatever turns texts into vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their cosine similarity."""

    @property
    def model_id(self) -> str:
        """Name, "@" and the first 12 hex digits of the SHA-256 of the model's files.

        It travels with every vector: vectors of different models are never compared.
        """
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Most word pieces of one text that the model reads, both end markers included; the rest is cut off."""
        ...

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        """Vectors of `texts`, one row each, in the order given, each of length 1 (L2).

        Deterministic, and a row depends on its own text alone, whatever stands beside it: replaying a log
        must give the same bytes however it is cut into batches.

        Args:
            texts: n texts of any length; an empty text is allowed.
            max_tokens: Reads only so many word pieces of each text; at least 3 (one piece and the two end
                markers) and at most the model's `max_tokens`, which is also the default.

        Returns:
            Array of shape (n, dimensions), float32.

        Raises:
            ValueError: `max_tokens` is outside that range.
        """
        ...
