import re
from datetime import date

import pytest

from services.language.calendar import (
    MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    month_number,
    weekday_number,
)


def test_weekdays_and_months_have_the_numbers_of_the_standard_library() -> None:
    for number in range(7):
        assert weekday_number(f"{date(2026, 3, 2 + number):%A}") == number == date(2026, 3, 2 + number).weekday()
    for number in range(1, 13):
        assert month_number(f"{date(2026, number, 1):%B}") == number


def test_every_abbreviation_has_the_number_of_the_name_that_it_starts() -> None:
    for short in SHORT_WEEKDAYS:
        assert WEEKDAYS[weekday_number(short)].startswith(short)
    for short in SHORT_MONTHS:
        assert MONTHS[month_number(short.upper()) - 1].startswith(short)


def test_what_a_pattern_that_ignores_case_takes_for_a_name_has_a_number() -> None:
    pattern = re.compile("|".join((*WEEKDAYS, *MONTHS)), re.IGNORECASE)
    for written, number in (("ſunday", 6), ("Frıday", 4), ("FRİDAY", 4), ("Wedneſday", 2)):
        assert pattern.fullmatch(written)
        assert weekday_number(written) == number
    assert pattern.fullmatch("ſeptember")
    assert month_number("ſeptember") == 9


@pytest.mark.parametrize("word", ["", "x", "holiday"])
def test_another_word_has_no_number(word: str) -> None:
    with pytest.raises(KeyError):
        weekday_number(word)
    with pytest.raises(KeyError):
        month_number(word)
