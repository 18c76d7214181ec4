"""Texts to padded token arrays, such that what a text is padded to depends on that text alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

# A text is padded to the next multiple of this. Padding to the longest of a batch would let the neighbours
# choose the matrix shapes and with them the last bits; 16 costs 8 empty tokens on average.
BUCKET = 16
# Texts of one bucket run together up to so many tokens. Measured on two cores, two streams: 512 is as fast as
# 1024 and more, and keeps the number of different shapes (and the kernels cached for each) near a hundred.
TOKENS_PER_BATCH = 512
# One word piece and the two end markers.
MIN_TOKENS = 3
# Tokenising a text of megabytes to keep its first 256 pieces would take seconds. A piece of real text is 4 to 5
# characters long; WordPiece itself gives up on words longer than 100.
CHARACTERS_PER_TOKEN = 100


@dataclass(frozen=True)
class TokenBatch:
    """Some texts of one bucket, ready for the model."""

    rows: tuple[int, ...]
    """Positions of these texts in the list that was asked for."""
    input_ids: NDArray[np.int64]
    """(len(rows), bucket), zeros after each text's end."""
    attention_mask: NDArray[np.int64]
    """Same shape; 1 for a token, 0 for padding."""


def checked_limit(wanted: int | None, model_limit: int) -> int:
    """How many tokens of a text to read: `wanted`, or all that the model can.

    Raises:
        ValueError: `wanted` is below `MIN_TOKENS` or above `model_limit`.
    """
    limit = model_limit if wanted is None else wanted
    if not MIN_TOKENS <= limit <= model_limit:
        raise ValueError(f"max_tokens must be {MIN_TOKENS} to {model_limit}, not {limit}")
    return limit


def bucket_length(tokens: int) -> int:
    """`tokens` rounded up to a whole number of `BUCKET`s."""
    return -(-tokens // BUCKET) * BUCKET


def batches(token_ids: Sequence[Sequence[int]]) -> Iterator[TokenBatch]:
    """Every text exactly once, grouped by bucket, the longest bucket first.

    Longest first so that no thread starts a big batch when the others have run out of work. Within a bucket
    the order given is kept.
    """
    buckets: dict[int, list[int]] = {}
    for row, ids in enumerate(token_ids):
        buckets.setdefault(bucket_length(len(ids)), []).append(row)
    for length in sorted(buckets, reverse=True):
        rows = buckets[length]
        size = max(1, TOKENS_PER_BATCH // length)
        for start in range(0, len(rows), size):
            yield _pad(tuple(rows[start : start + size]), length, token_ids)


def _pad(rows: tuple[int, ...], length: int, token_ids: Sequence[Sequence[int]]) -> TokenBatch:
    input_ids = np.zeros((len(rows), length), np.int64)
    attention_mask = np.zeros((len(rows), length), np.int64)
    for place, row in enumerate(rows):
        ids = token_ids[row]
        input_ids[place, : len(ids)] = ids
        attention_mask[place, : len(ids)] = 1
    return TokenBatch(rows, input_ids, attention_mask)


class WordPieces:
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

    def encode(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        """Token ids of each text, end markers included, at most `limit` of them, not padded.

        A longer text loses its end, never the end marker.
        """
        heads = [text[: limit * CHARACTERS_PER_TOKEN] for text in texts]
        encoded = (encoding.ids for encoding in self._tokenizer.encode_batch_fast(heads))
        return [ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]] for ids in encoded]
