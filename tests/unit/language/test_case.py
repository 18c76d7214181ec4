import re
import sys

from services.language.case import lower_case


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
