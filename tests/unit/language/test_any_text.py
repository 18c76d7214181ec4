"""What holds for the whole room: no text is too odd for it."""

from hypothesis import given
from hypothesis import strategies as st

from services.language.agencies import find_agency
from services.language.case import lower_case
from services.language.negation import count_negations, is_negated
from services.language.normalise import normalise
from services.language.openings import opening_end, points_back, refers_back
from services.language.person_names import is_parents, middle_names_agree
from services.language.pointers import is_pointer
from services.language.ranges import Range, trim
from services.language.sentence_ends import has_sentence_end, last_sentence, main_clause, sentence_end, sentence_ranges
from services.language.source_names import (
    are_surely_different_bodies,
    are_surely_different_persons,
    is_of_other_reports,
    read_inner_source,
)
from services.language.spelling import spelling_key
from services.language.stems import base_stem, short_stem, singulars
from services.language.tokens import find_claim_words, find_words, tokenise

TEXTS = st.text(max_size=80) | st.text(alphabet="aIs. ,'’\"”!?\nſıİé1-\u0301\u200b", max_size=80)


@given(TEXTS)
def test_every_text_has_words_at_places_where_it_has_them(text: str) -> None:
    whole = Range(0, len(text))
    assert all(text[token.start : token.end] == token.text for token in tokenise(text, whole))
    for words in (find_words(text), find_claim_words(text)):
        assert all(text[word.start() : word.end()] == word.group() != "" for word in words)


@given(TEXTS)
def test_every_text_has_stems_sentences_and_a_negation_or_none(text: str) -> None:
    assert count_negations(singulars(text)) >= 0
    assert isinstance(spelling_key((text, short_stem(text), base_stem(text))), str)
    assert isinstance(is_negated(text), bool)
    assert text.startswith(main_clause(text))
    assert text.endswith(last_sentence(text))
    assert all(0 <= sentence.start < sentence.end <= len(text) for sentence in sentence_ranges(text))
    assert 0 <= sentence_end(text, len(text) // 2) <= len(text)
    assert has_sentence_end(text, 0, len(text)) in (True, False)
    assert len(normalise(text)) == len(text)
    assert lower_case(lower_case(text)) == lower_case(text)


@given(TEXTS, TEXTS)
def test_every_text_can_be_what_a_source_is_called(name: str, other_name: str) -> None:
    for are_different in (are_surely_different_bodies, are_surely_different_persons):
        assert not are_different(name, name)
        assert are_different(name, other_name) == are_different(other_name, name)
    words, other_words = name.split(" "), other_name.split(" ")
    assert middle_names_agree(words, other_words) == middle_names_agree(other_words, words)
    assert not is_parents(words, len(words))
    assert find_agency(name) is None or find_agency(find_agency(name) or "") == find_agency(name)
    assert is_of_other_reports(name) in (True, False)
    assert read_inner_source(name) != ""


@given(TEXTS)
def test_every_text_can_open_a_paragraph(text: str) -> None:
    assert 0 <= opening_end(text) <= len(text)
    assert {points_back(text), refers_back(text), is_pointer(text)} <= {True, False}


@given(TEXTS, st.integers(0, 100), st.integers(0, 100))
def test_every_range_is_trimmed_to_what_the_text_has_there(text: str, start: int, end: int) -> None:
    trimmed = trim(text, start, end)
    assert ("" if trimmed is None else trimmed.of(text)) == text[start:end].strip()
