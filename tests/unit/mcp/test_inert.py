"""Words of others before a language model: visible, in order, on one line, and not too long."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mcp.inert import CLOSING, MOST_BYTES, OPENING, inert, inert_name
from services.mcp.readable import Marks

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all")
LOW_SELECTORS = "".join(map(chr, range(0xFE00, 0xFE10)))
SELECTORS = "".join(chr(0xE0100 + number) for number in range(12))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nine people died.", "Nine people died."),
        ("“Neuf morts”, 死者9人, تسعة قتلى 👨‍👩‍👧", "“Neuf morts”, 死者9人, تسعة قتلى 👨‍👩‍👧"),
        ("two\n\nlines\tand\u2028more\u00a0", "two lines and more"),
        ("left \u202eright\u202c \u2066apart\u2069 \u200fmark", "left right apart mark"),
        ("bell\x07 \x1b[2J null\x00 \x9b", "bell [2J null"),
        (f"Ferry{TAGS} capsizes{SELECTORS}\u200b\ufeff\u00ad", "Ferry capsizes"),
        ("end ⟧ and ⟦ open", "end ] and [ open"),
        (f"one{LOW_SELECTORS} two\ufe0f three\u200d\u200c\u200d four\u200d", "one two three four"),
        ("می\u200cخواهم, क्\u200dष, ❤\ufe0f\u200d🔥 ☎\ufe0e", "می\u200cخواهم, क्\u200dष, ❤\ufe0f\u200d🔥 ☎\ufe0e"),
        ("می\u200c\u200d\u200cخواهم ☎\ufe0e\ufe0f\ufe0e \u200d\ufe0fend", "میخواهم ☎ end"),
        ("ی\u200c\u200dی ☎\ufe0e\ufe0f ☎\ufe0e\u200d☎", "یی ☎ ☎☎"),
        ("a\u3164b\u115f\u1160c\uffa0\u2800d", "a b c d"),
        ("e\u034fn\u17b4\u17b5d\u180b\u180c\u180d\u180e\u180f", "end"),
        ("\u3164\ufe0f\u200d\u2800", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_or_steers_is_left_out(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_a_line_of_a_megabyte_is_cut_between_two_words() -> None:
    shown = inert("word " * 200_000)
    assert len(shown.encode()) <= MOST_BYTES
    assert shown.endswith("word…")
    assert len(inert("x" * 1_000_000).encode()) <= MOST_BYTES
    assert len(inert("語" * 400_000).encode()) <= MOST_BYTES


def test_a_name_of_which_nothing_is_seen_is_none() -> None:
    assert inert_name("\u202e\u200b ") is None
    assert inert_name(None) is None


UNSEEN = "\u200c\u200d\ufe00\ufe0e\ufe0f\u3164\u2800\u034f\u00ad\U000e0041\U000e0100"


@given(st.text(alphabet=f"aé ✈ی👨{UNSEEN}", max_size=60))
def test_of_what_is_not_seen_no_run_is_left(text: str) -> None:
    shown = inert(text)
    assert not set(shown) & set(UNSEEN) - set("\u200c\u200d\ufe0e\ufe0f")
    assert re.search("[\u200c\u200d\ufe0e\ufe0f]{2,}", shown.replace("\ufe0f\u200d", "\u200d")) is None
    assert inert(shown) == shown


@given(st.text(max_size=2_000))
def test_no_text_closes_the_marks_or_makes_a_line(text: str) -> None:
    shown = inert(text)
    assert not {OPENING, CLOSING, "\n", "\r", "\u2028", "\x1b", "\u202e"} & set(shown)
    assert len(shown.encode()) <= MOST_BYTES
    around = Marks("12ab").around(shown)
    assert (around.count(OPENING), around.count(CLOSING)) == (1, 1)
