import pytest

from services.ingest.errors import InvalidSubmission
from services.ingest.submission import parse_submission
from services.ingest.text.characters import is_blank

INVISIBLE = [
    "\u200b",  # zero width space
    "\u200b\u200c\u200d\u2060\ufeff" * 3,
    "\u00ad",  # soft hyphen
    "\u202e\u2066\u2069",  # directions
    "\u034f\ufe0f\U000e0100",  # joiner, variation selectors
    "\u115f\u1160\u3164\uffa0\u2800",  # fillers, which are letters and a symbol by their class
    "\U000e0041",  # tag
    " \u200b\n\u200b\t\u00a0",
    "\x00\x07\u200b",
    "",
]


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_text_that_nobody_can_see_is_refused_as_empty(text: str) -> None:
    assert is_blank(text)
    with pytest.raises(InvalidSubmission, match="text: is empty"):
        parse_submission({"text": text})


@pytest.mark.parametrize("text", ["a", "\u200ba\u200b", "7", "\u4e16", "\U0001f600", "e\u0301", "?", "\u0639"])
def test_a_text_with_a_visible_character_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_lines_that_nobody_can_see_count_as_absent() -> None:
    given = {"text": "Some text.", "title": "\u200b", "publisher": "\u200b", "authors": ["\u200b", "Ada Lind"]}
    submission = parse_submission(given | {"id": "\u2060", "url": "\u200b"})
    assert (submission.title, submission.publisher, submission.authors) == (None, None, ("Ada Lind",))
    assert (submission.id, submission.url) == (None, None)
