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


def test_negations_are_counted_word_by_word() -> None:
    assert count_negations(["they", "didn't", "say", "no"]) == 2
    assert count_negations(["did", "n't", "go", "without"]) == 2
    assert count_negations(["nothing's", "note"]) == 0
    assert count_negations([]) == 0
