import pytest

from services.language.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Two hundred and six of 1,500 boats", [206, 1_500]),
        ("one in four homes", [25]),
        ("a handful of people and 3.5 million euros", [5, 3.5e6]),
        ("They lost 1-4 to Varn", [1, 4]),
        ("Nobody came", []),
    ],
)
def test_numbers_are_found_in_digits_words_and_parts(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == values


def test_a_range_is_one_amount_between_its_ends() -> None:
    (amount,) = find_amounts("between 20 and 30 homes burned down")
    assert (amount.low, amount.high) == (20, 30)


def test_a_vague_number_may_be_several_times_its_least() -> None:
    (amount,) = find_amounts("hundreds of people fled")
    assert amount.vague
    assert amount.low < 200 < amount.high


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("FİVE boats", [5]),
        ("ſıx boats", [6]),
        ("½ of it", [0.5]),
        ("row ٣", [3]),
        ("A HANDFUL OF boats", [5]),
        ("three quarters of the boats", [75]),
    ],
)
def test_a_single_amount_is_found_however_it_is_spelled(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == values
