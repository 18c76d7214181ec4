"""A text that comes again is not embedded again, and nobody can tell."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from services.dedupe.embedding.caching_embedder import CachingEmbedder


class Counting:
    """An embedder that notes what it was asked for."""

    model_id = "counting@1"
    dimensions = 2
    max_tokens = 8

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return np.array([[len(text), max_tokens or 0] for text in texts], np.float32).reshape(-1, 2)


def test_a_text_that_comes_again_is_embedded_once() -> None:
    inner = Counting()
    embedder = CachingEmbedder(inner, max_vectors=10)
    first = embedder.embed(["a", "bb", "a"])
    assert first.tolist() == [[1, 0], [2, 0], [1, 0]]
    assert embedder.embed(["ccc", "bb"]).tolist() == [[3, 0], [2, 0]]
    assert inner.asked == [["a", "bb"], ["ccc"]]


def test_how_much_of_a_text_is_read_makes_another_vector() -> None:
    embedder = CachingEmbedder(Counting(), max_vectors=10)
    assert embedder.embed(["a"], 4).tolist() == [[1, 4]]
    assert embedder.embed(["a"], 5).tolist() == [[1, 5]]


def test_the_longest_unused_is_forgotten_first() -> None:
    inner = Counting()
    embedder = CachingEmbedder(inner, max_vectors=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        embedder.embed([text])
    assert inner.asked == [["a"], ["b"], ["c"], ["b"]]


@pytest.mark.parametrize("most", [0, 1])
def test_more_texts_than_are_kept_get_their_vectors_too(most: int) -> None:
    embedder = CachingEmbedder(Counting(), most)
    assert embedder.embed(["a", "bb", "ccc"]).tolist() == [[1, 0], [2, 0], [3, 0]]


def test_a_row_that_the_caller_changes_is_not_changed_in_memory() -> None:
    embedder = CachingEmbedder(Counting(), max_vectors=10)
    embedder.embed(["a"])[0] = 7
    assert embedder.embed(["a"]).tolist() == [[1, 0]]


def test_it_stands_for_the_model_behind_it() -> None:
    embedder = CachingEmbedder(Counting(), max_vectors=10)
    assert (embedder.model_id, embedder.dimensions, embedder.max_tokens) == ("counting@1", 2, 8)
    assert embedder.embed([]).shape == (0, 2)
