"""Greedy transition parsing: what spaCy's `parser` component decides, its scores computed with numpy.

spaCy sums the features of each state one vector at a time through BLIS, which locks and unlocks a mutex dozens of times
for every one of them. Here one step of all sentences is a few array operations, in less than half of the time.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Floats = NDArray[np.float32]


class TransitionReader:
    """Predicts and sets dependencies, as the component that it is made of. Not for several threads at once."""

    def __init__(self, component: Any) -> None:
        """`component`: a `DependencyParser` with two linear pieces for each hidden unit and an upper layer."""
        self._component = component
        self._token_vectors, features, upper = component.model.layers
        self._count, width = features.get_dim("nF"), features.get_dim("nI")
        # Rows of all first pieces, then of all second ones, so that the greater is taken of whole halves.
        self._feature_weights: Floats = np.ascontiguousarray(
            features.get_param("W").transpose(0, 2, 1, 3).reshape(-1, width).T
        )
        self._feature_bias: Floats = features.get_param("b").T.reshape(-1)
        self._missing: Floats = features.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._weights: Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._bias: Floats = upper.get_param("b")
        self._steps: Any = None
        """spaCy's model of a step; of it serves only what says which tokens a state looks at."""

    def predict(self, docs: Sequence[Doc]) -> list[Any]:
        """The final state of each document, none of them empty."""
        if self._steps is None:
            self._steps = self._component.model.predict(docs[:1])
        rows = self._weighted(self._token_vectors.predict(docs))
        positions = np.arange(self._count, 2 * self._count)
        batch: list[Any] = self._component.moves.init_batch(docs)
        states = [state for state in batch if not state.is_final()]
        while states:
            chosen = self._steps.get_token_ids(states) * self._count + positions
            # Feature by feature: sums of whole arrays take half the time of sums inside of each row.
            states = self._component.transition_states(states, self._scores(rows.take(chosen.T, axis=0)))
        return batch

    def _weighted(self, vectors: Floats) -> Floats:
        """One row for each token and feature; those of a missing token come first, and its number is -1."""
        weighted = np.empty((len(vectors) + 1, len(self._missing)), np.float32)
        weighted[0] = self._missing
        np.dot(vectors, self._feature_weights, out=weighted[1:])
        return weighted.reshape(len(weighted) * self._count, -1)

    def set_annotations(self, docs: Sequence[Doc], states: Sequence[Any]) -> None:
        """Write the dependencies of `states` to `docs`."""
        self._component.set_annotations(docs, states)

    def _scores(self, features: Floats) -> Floats:
        """Scores of all transitions (states, transitions) from (features, states, 2 × hidden units)."""
        sums: Floats = np.add.reduce(features, axis=0)
        sums += self._feature_bias
        half = sums.shape[1] // 2
        scores: Floats = np.maximum(sums[:, :half], sums[:, half:]) @ self._weights
        scores += self._bias
        return scores
