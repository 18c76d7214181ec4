"""An embedder with a cache: a text that comes again, in a reprint or a quotation, is embedded once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.port import Embedder


class CachingEmbedder:
    """An `Embedder` in front of another. Exact: a vector depends on its text alone."""

    def __init__(self, embedder: Embedder, max_vectors: int) -> None:
        """`max_vectors`: vectors kept, the latest used; one of 384 dimensions takes 1.6 KB, with its text some more."""
        self._embedder = embedder
        self._most = max_vectors
        self._known: dict[tuple[str, int | None], NDArray[np.float32]] = {}

    @property
    def model_id(self) -> str:
        """See `Embedder.model_id`."""
        return self._embedder.model_id

    @property
    def dimensions(self) -> int:
        """See `Embedder.dimensions`."""
        return self._embedder.dimensions

    @property
    def max_tokens(self) -> int:
        """See `Embedder.max_tokens`."""
        return self._embedder.max_tokens

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        """See `Embedder.embed`. Not to be called by two threads at a time."""
        new = [text for text in dict.fromkeys(texts) if (text, max_tokens) not in self._known]
        if new:
            vectors = self._embedder.embed(new, max_tokens)
            self._known |= {(text, max_tokens): row.copy() for text, row in zip(new, vectors, strict=True)}
        found = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            # Put back at the end: the front is what was not asked for the longest.
            found[row] = self._known[text, max_tokens] = self._known.pop((text, max_tokens))
        for key in list(self._known)[: max(0, len(self._known) - self._most)]:
            del self._known[key]
        return found
