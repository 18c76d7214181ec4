import pytest

from services.api.pages.numbers import count, number, short_number


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 outlets"), (1, "1 outlet"), (2, "2 outlets"), (12_000, "12,000 outlets")]
)
def test_a_number_agrees_with_its_noun(value: int, words: str) -> None:
    assert count(value, "outlet") == words


def test_an_irregular_plural_is_given() -> None:
    assert (count(1, "row of figures", "rows of figures"), count(2, "row of figures", "rows of figures")) == (
        "1 row of figures",
        "2 rows of figures",
    )


@pytest.mark.parametrize(
    ("value", "exact", "short"),
    [
        (14.0, "14", "14"),
        (6.8, "6.8", "6.8"),
        (250_000.0, "250,000", "250,000"),
        (1.2e9, "1,200,000,000", "1.2 billion"),
        (-2e6, "-2,000,000", "-2 million"),
    ],
)
def test_numbers_are_grouped_and_long_ones_of_an_axis_named(value: float, exact: str, short: str) -> None:
    assert (number(value), short_number(value)) == (exact, short)
