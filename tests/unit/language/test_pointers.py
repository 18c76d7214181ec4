"""Words that only point at what was said elsewhere."""

import pytest

from services.language.pointers import is_pointer


@pytest.mark.parametrize("text", ["the report", "These allegations", "all of the claims", "it", "“that version,”"])
def test_words_for_what_was_said_only_point(text: str) -> None:
    assert is_pointer(text)


@pytest.mark.parametrize("text", ["the report of the dam", "Keld denies any bias", "reports of a leak", "the dam", ""])
def test_words_that_tell_what_it_is_about_do_not(text: str) -> None:
    assert not is_pointer(text)
