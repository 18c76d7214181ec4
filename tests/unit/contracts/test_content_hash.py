"""The hash by which anybody can check an article's title and text."""

import hashlib

from services.contracts.article import content_hash


def test_it_is_sha_256_of_title_separator_and_text_in_utf_8() -> None:
    assert content_hash("Über", "Text.") == hashlib.sha256("Über\x1fText.".encode()).hexdigest()


def test_no_title_is_an_empty_one() -> None:
    assert content_hash(None, "Text.") == content_hash("", "Text.") == hashlib.sha256(b"\x1fText.").hexdigest()


def test_another_title_or_text_has_another_hash() -> None:
    given = [("Title", "Text."), (None, "Text."), ("Title", "Text"), ("TitleText.", "")]
    assert len({content_hash(title, text) for title, text in given}) == len(given)
