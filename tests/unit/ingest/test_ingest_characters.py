from datetime import UTC, datetime
from html import escape

import pytest

from services.ingest.build import first_revision
from services.ingest.errors import InvalidSubmission
from services.ingest.submission import parse_submission
from services.ingest.text.characters import is_blank

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)

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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Har\u00adbour\u200b bridge", "Harbour bridge"),
        ("\u202eHarbour\u202c \u2066bridge\u2069", "Harbour bridge"),
        ("Harbour\x00 bridge\x07", "Harbour bridge"),
        ("Harbour &amp;amp; bridge &#8211; open", "Harbour & bridge \u2013 open"),
        ("\x93Open\x94, she said \x96 it\x92s true", "\u201cOpen\u201d, she said \u2013 it\u2019s true"),
        (
            "\xe2\x80\x9cOpen\xe2\x80\x9d, caf\xe9 \xe2\x80\x94 \xc3\x89tienne",
            "\u201cOpen\u201d, caf\xe9 \u2014 \xc9tienne",
        ),
        ("Jose\u0301 Pen\u0303a", "Jos\u00e9 Pe\u00f1a"),
        ("\u304b\u3099\u304d", "\u304c\u304d"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00"),
    ],
)
def test_characters_are_read_as_they_were_meant_in_pushed_fields_and_pages_alike(written: str, read: str) -> None:
    words = "The old harbour bridge reopened on Monday after two years of repairs, the council of the city said."
    given = {"text": f"{words} {written}.", "title": written, "authors": [written], "publisher": {"name": written}}
    pushed = first_revision(parse_submission(given), fetched_at=NOW)
    names = {"og:title": written, "og:site_name": f"{written} Courier"}
    head = "".join(f'<meta property="{name}" content="{escape(content)}">' for name, content in names.items())
    html = f"<html><head>{head}</head><body><article><p>{words} {words}</p><p>{words} {escape(written)}.</p></article>"
    page = first_revision(parse_submission({"html": html}), fetched_at=NOW)
    assert pushed.text == f"{words} {read}."
    assert (pushed.title, pushed.authors, pushed.publisher.name) == (read, (read,), read)
    assert page.text.endswith(f"{read}.")
    assert (page.title, page.publisher.name) == (read, f"{read} Courier")
