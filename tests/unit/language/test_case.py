import re
import sys

import pytest

from services.language.case import amount_in_sentence, lower_case


def test_letters_that_patterns_take_for_plain_ones_become_plain() -> None:
    assert [lower_case(word) for word in ("Monday", "ſunday", "FRİDAY", "Frıday", "\u212a", "")] == [
        "monday", "sunday", "friday", "friday", "k", "",
    ]  # fmt: skip


def test_every_character_that_a_pattern_takes_for_a_plain_letter_becomes_that_letter() -> None:
    pattern = re.compile("[a-z]", re.IGNORECASE)
    matched = [chr(code) for code in range(sys.maxunicode + 1) if pattern.match(chr(code))]
    assert len(matched) > 2 * 26
    assert all(re.fullmatch(lower_case(letter), letter, re.IGNORECASE) for letter in matched)
    assert all(re.fullmatch("[a-z]", lower_case(letter)) for letter in matched)


@pytest.mark.parametrize(
    ("amount", "inside"),
    [
        ("At least 14", "at least 14"),
        ("About 3,000", "about 3,000"),
        ("Twelve", "twelve"),
        ("Twenty-two", "twenty-two"),
        ("US$5 million", "US$5 million"),
        ("Rs 500", "Rs 500"),
        ("14", "14"),
        ("", ""),
    ],
)
def test_an_amount_begins_small_inside_of_a_sentence_unless_it_begins_with_a_name(amount: str, inside: str) -> None:
    assert amount_in_sentence(amount) == inside
