from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.language.sentence_ends import (
    has_sentence_end,
    last_sentence,
    main_clause,
    sentence_end,
    sentence_ranges,
)


def _sentences(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentence_ranges(text)]


def test_sentences_end_at_stops_and_lines() -> None:
    assert _sentences("It rained. It poured!\nNobody came  \n\n") == ["It rained.", "It poured!", "Nobody came"]


def test_closing_marks_belong_to_the_sentence_that_they_close() -> None:
    assert _sentences("“It rained.” (It poured.) Then it stopped.") == [
        "“It rained.”", "(It poured.)", "Then it stopped.",
    ]  # fmt: skip


def test_abbreviations_initials_and_months_end_no_sentence() -> None:
    text = "Mr. Orr met J. Tal on Sept. 5 at 4 p.m. in Oslo."
    assert _sentences(text) == [text]
    several = "It praised Govs. Ada Reyl and Otto Holt, Sens. Orr and Tal, and Rev. Brandt."
    assert _sentences(several) == [several]


def test_sentences_are_exact_spans_and_abbreviations_end_none() -> None:
    text = 'Gov. Lena Voskamp left at 5 p.m. on Friday.  "It sank." Divers came.\nNew line'
    assert _sentences(text) == ["Gov. Lena Voskamp left at 5 p.m. on Friday.", '"It sank."', "Divers came.", "New line"]


def test_an_end_between_two_places_is_seen_only_there() -> None:
    text = '"The gates held," he said. "Nobody was warned."'
    assert has_sentence_end(text, 16, 27)
    assert not has_sentence_end(text, 0, 16)
    assert not has_sentence_end("the gates of St.Orr held", 0, 24)


def test_the_sentence_around_a_place_ends_behind_its_marks() -> None:
    text = "He left. “She stayed.” They met."
    assert sentence_end(text, 0) == len("He left.")
    assert sentence_end(text, 10) == len("He left. “She stayed.”")
    assert sentence_end("no mark at all", 3) == len("no mark at all")
    assert sentence_end("about 5. 6 of them", 0) == len("about 5. 6 of them")


def test_the_last_sentence_is_what_follows_the_last_end() -> None:
    assert last_sentence("He left. She had") == " She had"
    assert last_sentence("she had") == "she had"
    assert last_sentence("She left.") == ""


def test_a_main_clause_goes_up_to_the_first_comma_or_subordinate_clause() -> None:
    assert main_clause("the dam held, he said") == "the dam held"
    assert main_clause("he knew that it held") == "he knew "
    assert main_clause("If it holds we stay") == "If it holds we stay"


@given(st.text(alphabet=st.sampled_from("aA. !?”'\"\n\u2028é)"), max_size=60))
def test_sentences_lie_in_order_without_white_space_at_their_ends(text: str) -> None:
    ranges = list(sentence_ranges(text))
    assert all(one.end <= other.start for one, other in pairwise(ranges))
    assert all(one.of(text) == one.of(text).strip() != "" for one in ranges)
    assert "".join(text.split()) == "".join("".join(one.of(text).split()) for one in ranges)
