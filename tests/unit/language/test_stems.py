import pytest

from services.language.stems import base_stem, short_stem, singulars


def test_words_lose_case_possessives_and_plurals() -> None:
    assert singulars("The Ministry's ferries, 12,000 buses") == ["the", "ministry", "ferry", "12,000", "buse"]


def test_a_straight_and_a_curly_apostrophe_give_the_same_word() -> None:
    assert singulars("Karvelia\u2019s") == singulars("Karvelia's") == ["karvelia"]


def test_words_are_compared_without_their_endings() -> None:
    assert short_stem("conforming") == short_stem("conformed") == short_stem("conform")
    assert short_stem("thing") == "thing"
    assert short_stem("nothing") == "nothing"


@pytest.mark.parametrize(
    "forms",
    [
        ("rose", "rises", "rising", "risen"),
        ("carry", "carries", "carried", "carrying"),
        ("stop", "stopped", "stopping", "STOPS"),
        ("is", "was", "being"),
        ("company’s", "companies"),
        ("pass", "passed", "passes"),
    ],
)
def test_forms_of_one_word_have_one_base_stem(forms: tuple[str, ...]) -> None:
    assert len({base_stem(form) for form in forms}) == 1


def test_short_words_and_words_without_a_vowel_keep_their_endings() -> None:
    assert [base_stem(word) for word in ("red", "bring", "agree", "us", "")] == ["red", "bring", "agree", "us", ""]


def test_every_stem_stands_any_text() -> None:
    for text in ("", "'", "’s", "s", "İng", "n't", "12,000", "ß", "\U0001f600"):
        assert isinstance(short_stem(text), str)
        assert isinstance(base_stem(text), str)
