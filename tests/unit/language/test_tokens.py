from hypothesis import given
from hypothesis import strategies as st

from services.language.ranges import Range
from services.language.tokens import find_claim_words, find_words, list_words, tokenise


def test_tokens_are_words_with_their_inner_marks_and_marks_alone() -> None:
    text = "He’s in the U.S., Mr. Jong-kyu said."
    straight = text.replace("’", "'")
    assert [token.text for token in tokenise(straight, Range(0, len(straight)))] == [
        "He's", "in", "the", "U.S.", ",", "Mr", ".", "Jong-kyu", "said", ".",
    ]  # fmt: skip


def test_tokens_of_an_area_stand_where_the_text_has_them() -> None:
    tokens = tokenise("one two three", Range(4, 7))
    assert [(token.start, token.end, token.lower) for token in tokens] == [(4, 7, "two")]


@given(st.text(alphabet="ab .,'’-_é\u0301\u200b\u2028\nX1", max_size=80), st.integers(0, 20))
def test_tokens_stand_where_their_text_says_and_leave_out_white_space_alone(text: str, start: int) -> None:
    tokens = tokenise(text, Range(min(start, len(text)), len(text)))
    assert all(text[token.start : token.end] == token.text for token in tokens)
    bounds = [min(start, len(text)), *(place for token in tokens for place in (token.start, token.end)), len(text)]
    assert bounds == sorted(bounds)
    assert not "".join(text[end:begin] for end, begin in zip(bounds[::2], bounds[1::2], strict=True)).strip()


def test_words_keep_apostrophes_and_the_marks_inside_numbers() -> None:
    found = [word.group() for word in find_words("She didn’t pay 1,200.50 for a well-known ship.")]
    assert found == ["She", "didn’t", "pay", "1,200.50", "for", "a", "well", "known", "ship"]


def test_words_are_found_between_two_places() -> None:
    assert [word.group() for word in find_words("one two three", 4)] == ["two", "three"]
    assert [word.group() for word in find_words("one two three", 4, 7)] == ["two"]
    assert [word.start() for word in find_words("one two three", 4, 7)] == [4]


def test_claim_words_have_negations_apart_and_abbreviations_whole() -> None:
    found = [word.group() for word in find_claim_words("The U.S didn't sell the mayor’s ship, they’re told")]
    assert found == ["The", "U.S", "did", "n't", "sell", "the", "mayor", "s", "ship", "they’re", "told"]


@given(st.text(alphabet="ab'1.,_ -’é٣ſZ", max_size=40))
def test_words_are_listed_as_they_are_found_whatever_letters_a_text_has(text: str) -> None:
    assert list_words(text) == [word.group() for word in find_words(text)]
