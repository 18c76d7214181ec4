import pytest

from services.language.negation import count_negations, is_negated


@pytest.mark.parametrize(
    "text",
    [
        "the dam will not hold",
        "nobody was hurt",
        "The pumps didn't start.",
        "The pumps didn’t start.",
        "NO talks are planned",
        "she cannot confirm the order",
        "neither bridge was open",
    ],
)
def test_a_main_clause_with_a_negation_is_negated(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "the dam holds",
        "he says that the dam will not hold",
        "the dam held, although nobody had checked it",
        "the crew left without a word",
        "the notes are known",
        "",
    ],
)
def test_a_negation_of_a_phrase_or_subordinate_clause_leaves_the_main_clause_as_it_is(text: str) -> None:
    assert not is_negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "not only the bridge was shut",
        "the storm isn't just a nuisance",
        "no fewer than 12 boats sank",
        "it will open no later than May",
        "no doubt the dam held",
        "the No. 2 of the ministry was charged",
        "No 10 was searched",
        "he saw nothing but smoke",
    ],
)
def test_words_that_add_or_bound_or_number_negate_nothing(text: str) -> None:
    assert not is_negated(text)


@pytest.mark.parametrize("text", ["nothing moved", "no more boats sail", "no boats sail", "it is not a just law"])
def test_their_like_negate_elsewhere(text: str) -> None:
    assert is_negated(text)


def test_negations_are_counted_word_by_word() -> None:
    assert count_negations(["they", "didn't", "say", "no"]) == 2
    assert count_negations(["did", "n't", "go", "without"]) == 2
    assert count_negations(["nothing's", "note"]) == 0
    assert count_negations([]) == 0
