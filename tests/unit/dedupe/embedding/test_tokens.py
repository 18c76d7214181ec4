"""What a text is padded to, and with whom it runs."""

from pathlib import Path

import pytest

from services.dedupe.embedding.model_files import default_source_dir
from services.dedupe.embedding.tokens import (
    BUCKET,
    TOKEN_STEP,
    TOKENS_PER_BATCH,
    WordPieceTokenizer,
    build_unpadded_batch,
    iterate_batches,
    resolve_token_limit,
    round_up_to_bucket,
)

CLS, SEP = 101, 102


@pytest.fixture(scope="module")
def pieces() -> WordPieceTokenizer:
    return WordPieceTokenizer(default_source_dir() / "tokenizer.json")


@pytest.mark.parametrize(("tokens", "bucket"), [(1, 16), (16, 16), (17, 32), (256, 256)])
def test_a_text_is_padded_to_the_next_multiple_of_sixteen(tokens: int, bucket: int) -> None:
    assert round_up_to_bucket(tokens) == bucket


def test_the_grid_a_text_stands_on_does_not_depend_on_its_neighbours() -> None:
    text = [CLS, 7, 8, SEP]
    alone = next(iterate_batches([text]))
    among_longer = [batch for batch in iterate_batches([[5] * 200, text, [6] * 90]) if 1 in batch.rows]
    assert [batch.grid.shape[1] for batch in [alone, *among_longer]] == [BUCKET, BUCKET]


def test_every_text_is_in_exactly_one_batch() -> None:
    texts = [[CLS, *range(length), SEP] for length in (3, 250, 3, 40, 0, 14, 15, 3) * 20]
    rows = [row for batch in iterate_batches(texts) for row in batch.rows]
    assert sorted(rows) == list(range(len(texts)))


def test_a_batch_lists_the_tokens_of_its_texts_and_says_where_each_stands() -> None:
    batch = next(iterate_batches([[CLS, 7, SEP], [CLS, 8, 9, SEP]]))
    assert batch.rows == (0, 1)
    assert batch.input_ids.tolist() == [[CLS, 7, SEP, CLS, 8, 9, SEP] + [0] * (TOKEN_STEP - 7)]
    assert batch.grid[:, :5].tolist() == [[0, 1, 2, -1, -1], [3, 4, 5, 6, -1]]
    assert (batch.grid[:, 5:] == -1).all()
    assert batch.places[0, :7].tolist() == [0, 1, 2, BUCKET, BUCKET + 1, BUCKET + 2, BUCKET + 3]


def test_a_text_without_padding_stands_on_a_grid_of_its_own_length() -> None:
    batch = build_unpadded_batch([CLS, 7, SEP])
    assert (batch.input_ids.tolist(), batch.places.tolist(), batch.grid.tolist()) == (
        [[CLS, 7, SEP]],
        [[0, 1, 2]],
        [[0, 1, 2]],
    )


def test_a_batch_stays_within_the_token_budget_and_longest_texts_come_first() -> None:
    found = list(iterate_batches([[CLS] * length for length in (10, 100, 256) * 30]))
    assert all(batch.input_ids.size <= TOKENS_PER_BATCH for batch in found)
    assert all(batch.input_ids.size % TOKEN_STEP == 0 for batch in found)
    lengths = [batch.grid.shape[1] for batch in found]
    assert lengths == sorted(lengths, reverse=True)


def test_no_texts_make_no_batches() -> None:
    assert list(iterate_batches([])) == []


def test_a_long_text_loses_its_end_but_not_the_end_marker(pieces: WordPieceTokenizer) -> None:
    words = "one two three four five six seven eight"
    [whole] = pieces.encode_texts([words], 256)
    [cut] = pieces.encode_texts([words], 5)
    assert len(whole) == 10
    assert cut == [*whole[:4], SEP]


def test_an_empty_text_is_its_two_end_markers(pieces: WordPieceTokenizer) -> None:
    assert pieces.encode_texts([""], 256) == [[CLS, SEP]]


def test_a_huge_text_reads_as_its_beginning(pieces: WordPieceTokenizer) -> None:
    assert pieces.encode_texts(["The ferry sank off Eldrin. " * 100_000], 256) == pieces.encode_texts(
        ["The ferry sank off Eldrin. " * 100], 256
    )


def test_a_missing_tokenizer_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        WordPieceTokenizer(tmp_path / "nowhere.json")


@pytest.mark.parametrize("wanted", [2, 0, -1, 257])
def test_a_token_limit_that_the_model_cannot_keep_is_refused(wanted: int) -> None:
    with pytest.raises(ValueError, match="max_tokens must be 3 to 256"):
        resolve_token_limit(wanted, 256)


def test_the_token_limit_is_the_models_own_unless_asked_otherwise() -> None:
    assert (resolve_token_limit(None, 256), resolve_token_limit(64, 256)) == (256, 64)
