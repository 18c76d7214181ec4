import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.quotations import MOST_RUNS, RUN_WORDS, count_shared_runs, hash_quoted_shingles

SAID = "The bow door was closed and locked when she left the harbour"
OTHER = "We will not rest before every family knows what happened that night"
RUNS = len(SAID.split()) - RUN_WORDS + 1


def padded(*others: NDArray[np.uint32]) -> NDArray[np.uint32]:
    rows = np.zeros((len(others), MOST_RUNS), np.uint32)
    for row, other in zip(rows, others, strict=True):
        row[: len(other)] = other
    return rows


def shared(one: str, other: str) -> int:
    return int(count_shared_runs(hash_quoted_shingles(one), padded(hash_quoted_shingles(other)))[0])


def test_the_same_sentence_quoted_by_both_is_shared_whatever_stands_around_it() -> None:
    assert shared(f'"{SAID}," the minister said.', f"Asked about it, she insisted: \u201c{SAID}.\u201d") == RUNS


def test_a_quotation_that_one_of_them_cuts_is_shared_in_part() -> None:
    assert shared(f'"{SAID}," the minister said.', 'The minister: "The bow door was closed and locked".') == 2


def test_different_quotations_share_nothing() -> None:
    assert shared(f'"{SAID}."', f'"{OTHER}."') == 0


def test_words_outside_quotation_marks_are_no_quotation() -> None:
    assert len(hash_quoted_shingles(f"{SAID}.")) == 0
    assert shared(f"{SAID}.", f'"{SAID}."') == 0


def test_what_stands_between_two_quotations_is_no_quotation() -> None:
    text = f'"{SAID}," the minister told reporters in the capital on Friday, adding: "{OTHER}."'
    assert set(hash_quoted_shingles(text)) == set(hash_quoted_shingles(f'"{SAID}"')) | set(
        hash_quoted_shingles(f'"{OTHER}"')
    )


def test_a_quotation_whose_end_is_missing_counts_to_the_end_of_its_paragraph() -> None:
    assert shared(f'"{SAID}.\nThe ferry sank on Friday.', f'"{SAID}," she said.') == RUNS


def test_a_short_quotation_has_no_runs() -> None:
    assert len(hash_quoted_shingles('It is "fake news once again," he said.')) == 0


def test_an_article_that_quotes_much_keeps_a_bounded_sample_that_shared_sentences_survive_in() -> None:
    speech = " ".join(f"word{number}" for number in range(400))
    runs = hash_quoted_shingles(" ".join(f'"{speech[at : at + 700]}"' for at in range(0, len(speech), 700)))
    assert len(runs) == MOST_RUNS
    assert np.array_equal(runs, np.unique(runs))
    assert count_shared_runs(runs, padded(runs))[0] == MOST_RUNS


def test_runs_shared_with_one_do_not_depend_on_the_others() -> None:
    one, other, none = (
        hash_quoted_shingles(f'"{SAID}"'),
        hash_quoted_shingles(f'"{SAID}" "{OTHER}"'),
        hash_quoted_shingles("nothing"),
    )
    assert count_shared_runs(one, padded(none, other, one)).tolist() == [0, RUNS, RUNS]
    assert count_shared_runs(none, padded(one, other)).tolist() == [0, 0]
    assert count_shared_runs(one, padded()).tolist() == []
