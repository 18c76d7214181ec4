"""Texts to token arrays, such that the grid a text stands on depends on that text alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

# Attention pads a text to the next multiple of this. Padding to the longest of a batch would let the neighbours
# choose the matrix shapes and with them the last bits. The dense layers are not padded: they are most of the work, and
# claims of 27 tokens in the mean would grow to 34.
BUCKET = 16
# Texts of one bucket run together up to so many tokens. Measured on two cores, two streams: 512 is as fast as
# 1024 and more.
TOKENS_PER_BATCH = 512
# The dense layers run on a multiple of so many tokens, so that a few kernels serve every batch.
TOKEN_STEP = 32
# One word piece and the two end markers.
MIN_TOKENS = 3
# Tokenising a text of megabytes to keep its first 256 pieces would take seconds. A piece of real text is 4 to 5
# characters long; WordPiece itself gives up on words longer than 100.
CHARACTERS_PER_TOKEN = 100


@dataclass(frozen=True)
class TokenBatch:
    """Some texts of one bucket, ready for the model: their tokens one after another, and where each belongs."""

    rows: tuple[int, ...]
    """Positions of these texts in the list that was asked for."""
    input_ids: NDArray[np.int64]
    """(1, tokens): the texts' tokens, text after text, then zeros up to a whole number of `TOKEN_STEP`s."""
    places: NDArray[np.int64]
    """Same shape: where each token stands on the flattened `grid`; 0 for the zeros at the end, which nothing reads."""
    grid: NDArray[np.int64]
    """(len(rows), bucket): where each text's tokens stand in `input_ids`; -1 after its end."""

    @property
    def model_inputs(self) -> dict[str, NDArray[np.int64]]:
        """As the model takes them."""
        return {"input_ids": self.input_ids, "places": self.places, "grid": self.grid}


def resolve_token_limit(requested: int | None, model_limit: int) -> int:
    """How many tokens of a text to read: `requested`, or all that the model can.

    Raises:
        ValueError: `requested` is below `MIN_TOKENS` or above `model_limit`.
    """
    limit = model_limit if requested is None else requested
    if not MIN_TOKENS <= limit <= model_limit:
        raise ValueError(f"max_tokens must be {MIN_TOKENS} to {model_limit}, not {limit}")
    return limit


def round_up_to_bucket(token_count: int) -> int:
    """`token_count` rounded up to a whole number of `BUCKET`s."""
    return -(-token_count // BUCKET) * BUCKET


def iterate_batches(token_ids: Sequence[Sequence[int]]) -> Iterator[TokenBatch]:
    """Every text exactly once, grouped by bucket, the longest bucket first.

    Longest first so that no thread starts a big batch when the others have run out of work. Within a bucket
    the order given is kept.
    """
    buckets: dict[int, list[int]] = {}
    for row, ids in enumerate(token_ids):
        buckets.setdefault(round_up_to_bucket(len(ids)), []).append(row)
    for length in sorted(buckets, reverse=True):
        start, tokens = 0, 0
        rows = buckets[length]
        for end, row in enumerate(rows):
            if tokens + len(token_ids[row]) > TOKENS_PER_BATCH and end > start:
                yield _build_batch(rows[start:end], length, token_ids)
                start, tokens = end, 0
            tokens += len(token_ids[row])
        yield _build_batch(rows[start:], length, token_ids)


def build_unpadded_batch(token_ids: Sequence[int]) -> TokenBatch:
    """One text on a grid of its own length."""
    places = np.arange(len(token_ids))[None]
    return TokenBatch((0,), np.array([token_ids]), places, places)


def _build_batch(rows: Sequence[int], grid_length: int, token_ids: Sequence[Sequence[int]]) -> TokenBatch:
    lengths = np.array([len(token_ids[row]) for row in rows])
    tokens = int(lengths.sum())
    input_ids = np.zeros(-(-tokens // TOKEN_STEP) * TOKEN_STEP, np.int64)
    input_ids[:tokens] = np.fromiter(chain.from_iterable(token_ids[row] for row in rows), np.int64, tokens)
    taken = np.arange(grid_length) < lengths[:, None]
    grid = np.full(taken.shape, -1, np.int64)
    grid[taken] = np.arange(tokens)
    places = np.zeros_like(input_ids)
    places[:tokens] = np.flatnonzero(taken)
    return TokenBatch(tuple(rows), input_ids[None], places[None], grid)


class WordPieceTokenizer:
    """The model's own tokenizer, without the padding and truncation that its file asks for."""

    def __init__(self, tokenizer_file: Path) -> None:
        """Load a Hugging Face `tokenizer.json`.

        Raises:
            FileNotFoundError: The file is missing.
        """
        if not tokenizer_file.is_file():
            raise FileNotFoundError(tokenizer_file)
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        # The file of this model says 128 tokens, always padded to 128; its sentence-transformers settings say 256.
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encode_texts(self, texts: Sequence[str], max_tokens: int) -> list[list[int]]:
        """Token ids of each text, end markers included, at most `max_tokens` of them, not padded.

        A longer text loses its end, never the end marker.
        """
        heads = [text[: max_tokens * CHARACTERS_PER_TOKEN] for text in texts]
        encoded = (encoding.ids for encoding in self._tokenizer.encode_batch_fast(heads))
        return [ids if len(ids) <= max_tokens else [*ids[: max_tokens - 1], ids[-1]] for ids in encoded]
