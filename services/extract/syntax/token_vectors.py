"""Vectors of tokens: the parser model's convolutional network, computed from its weights for reading alone.

Gives what spaCy's `tok2vec` component gives, up to rounding, in less than half of its time: what a word brings with it
is computed once for each word, and the layers go through few buffers of their own.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import NumpyOps
from thinc.types import Ragged

Floats = NDArray[np.float32]

MAX_KNOWN_WORDS = 32_768
"""Words whose vectors are kept; when there are more, keeping starts anew. Each takes half a kilobyte."""
_BLOCK_ROWS = 256
"""Tokens that go through a layer at once: as many as the processor's cache holds with the weights."""
_EPSILON = np.float32(1e-8)
_IDENTITY: list[int | str] = ["ORTH", "NORM", "SPACY"]
"""What all features of a token follow from: letters, norm (an exception of the tokeniser may set it), blank after."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 1], np.uint64)
"""Makes one number of the three, modulo 2**64: two of them are hashes of strings, as unlikely to meet as those."""


class _Layer:
    """The greatest of several linear pieces, normalised: thinc's `Maxout` with its layer norm."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        # Piece by piece instead of interleaved: the greatest is then taken of whole rows.
        weights = maxout.get_param("W").transpose(1, 0, 2)
        self.pieces, self.width, self.inputs = weights.shape
        self.weights: Floats = np.ascontiguousarray(weights.reshape(self.pieces * self.width, self.inputs))
        self.across: Floats = np.ascontiguousarray(self.weights.T)
        """The same, turned, for products with many rows."""
        self.bias: Floats = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.gain: Floats = norm.get_param("G")
        self.shift: Floats = norm.get_param("b")

    def activate(self, sums: Floats, out: Floats) -> None:
        """From the weighted sums (rows, pieces × width), which are overwritten, to `out` (rows, width)."""
        sums += self.bias
        np.maximum(sums[:, : self.width], sums[:, self.width : 2 * self.width], out=out)
        for piece in range(2, self.pieces):
            np.maximum(out, sums[:, piece * self.width : (piece + 1) * self.width], out=out)
        out -= np.add.reduce(out, axis=1, keepdims=True) / np.float32(self.width)
        variance = np.einsum("ij,ij->i", out, out) / np.float32(self.width) + _EPSILON
        out *= (1 / np.sqrt(variance))[:, np.newaxis]
        out *= self.gain
        out += self.shift


class TokenVectors:
    """What the component `tok2vec` computes. Not for several threads at once."""

    def __init__(self, model: Any) -> None:
        """`model`: of a `tok2vec` component, hash embeddings and residual convolutions with a window of one token."""
        embed, encode = model.layers
        features, _, self._tables, mix, _ = embed.layers
        self._columns = list(features.attrs["columns"])
        self._mix = _Layer(*mix.layers[0].layers[0].layers)
        self._layers = [_Layer(*residual.layers[0].layers[1].layers[0].layers) for residual in encode.layers[0].layers]
        self._pad = int(encode.attrs["pad"])
        self._ops = NumpyOps(use_blis=False)
        self._rows: dict[int, int] = {}
        width = self._mix.width
        self._words: Floats = np.zeros((1024, width), np.float32)
        self._sums: Floats = np.zeros((_BLOCK_ROWS, self._layers[0].pieces * width), np.float32)
        self._out: Floats = np.zeros((_BLOCK_ROWS, width), np.float32)

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """Vectors of each document's tokens (tokens, width). Their rounding depends on `docs` and on nothing else."""
        rows = self._rows_of(docs)
        words = self._words[rows]
        # Between two documents lie as many empty rows as there are layers: none looks into its neighbour.
        total = len(words) + self._pad * (len(docs) + 1)
        before, after = (np.zeros((total + 2, self._mix.width), np.float32) for _ in range(2))
        places = []
        at, taken = self._pad + 1, 0
        for doc in docs:
            before[at : at + len(doc)] = words[taken : taken + len(doc)]
            places.append(slice(at, at + len(doc)))
            at += len(doc) + self._pad
            taken += len(doc)
        for layer in self._layers:
            for first in range(0, total, _BLOCK_ROWS):
                self._convolve(layer, before, after, first, min(_BLOCK_ROWS, total - first))
            before, after = after, before
        return [before[place] for place in places]

    def _convolve(self, layer: _Layer, before: Floats, after: Floats, first: int, count: int) -> None:
        """Rows from `first` + 1 on of `after`: those of `before` and what the layer makes of them with neighbours."""
        out, step = self._out[:count], before.itemsize
        # A row, the one before it and the one after it stand one behind the other in memory as it is.
        windows: Floats = np.ndarray(
            (count, layer.inputs), np.float32, before, first * layer.width * step, (layer.width * step, step)
        )
        layer.activate(np.dot(windows, layer.across, out=self._sums[:count]), out)
        np.add(out, before[first + 1 : first + 1 + count], out=after[first + 1 : first + 1 + count])

    def _rows_of(self, docs: Sequence[Doc]) -> list[int]:
        """Where in `_words` the vectors of all words stand; those of new words are put there."""
        keys = [(doc.to_array(_IDENTITY) @ _MIX).tolist() for doc in docs]
        flat = list(chain.from_iterable(keys))
        try:
            return list(map(self._rows.__getitem__, flat))
        except KeyError:  # some words are new
            if len(self._rows) + len(flat) > MAX_KNOWN_WORDS:
                self._rows.clear()
            self._learn(docs, keys)
        return list(map(self._rows.__getitem__, flat))

    def _learn(self, docs: Sequence[Doc], keys: Sequence[Sequence[int]]) -> None:
        """Put the vectors of new words to `_words`. All at once: of the calls most would be for a word or two."""
        fresh: dict[int, NDArray[np.uint64]] = {}
        for doc, listed in zip(docs, keys, strict=True):
            new = {key: at for at, key in enumerate(listed) if key not in self._rows and key not in fresh}
            if new:
                fresh.update(zip(new, doc.to_array(self._columns)[list(new.values())], strict=True))
        features = self._ops.asarray2i(np.stack(list(fresh.values())), dtype="uint64")
        embedded = self._tables.predict(Ragged(features, self._ops.asarray1i([len(fresh)]))).dataXd
        start = len(self._rows)
        while start + len(fresh) > len(self._words):
            self._words = np.concatenate((self._words, np.zeros_like(self._words)))
        # One by one: the rounding of a product of matrices would depend on which words are new together.
        sums = np.matmul(self._mix.weights, embedded[:, :, np.newaxis])[:, :, 0]
        self._mix.activate(sums, self._words[start : start + len(fresh)])
        self._rows.update((key, start + number) for number, key in enumerate(fresh))
