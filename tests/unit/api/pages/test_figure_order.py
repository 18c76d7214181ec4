import pytest

from services.api.pages.figure_order import in_digits, lowest_first
from tests.unit.api.pages.plots.test_figure_plot import value


def test_the_lowest_value_comes_first_and_equal_ones_stay_as_given() -> None:
    assert lowest_first([value(14), value(9), value(14), value(20)]) == (1, 0, 2, 3)


@pytest.mark.parametrize(
    ("surface", "amount", "shown"),
    [
        ("nine", 9, "9"),
        ("Nine", 9, "9"),
        ("At least five", 5, "At least 5"),
        ("more than two million", 2_000_000, "more than 2,000,000"),
        ("twenty-five", 25, "25"),
        ("a hundred and ten", 110, "110"),
        ("dozens", 24, "dozens"),
        ("a few hundred", 200, "a few hundred"),
        ("or nine", 9, "or 9"),
        ("nine", 10, "nine"),
        ("", 0, ""),
        ("9", 9, "9"),
    ],
)
def test_number_words_are_digits_where_another_value_has_digits(surface: str, amount: float, shown: str) -> None:
    words, _ = in_digits([value(amount, surface=surface), value(14, surface="14")])
    assert (words.surface, words.value) == (shown, amount)


def test_number_words_stay_where_all_are_words() -> None:
    assert [one.surface for one in in_digits([value(9, surface="nine"), value(5, surface="five")])] == ["nine", "five"]
