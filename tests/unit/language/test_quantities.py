import math

import pytest

from services.language.quantities import (
    can_be_rounded,
    is_rounded,
    ranges_meet,
    same_value,
    significant_digits,
    strict_range,
)


@pytest.mark.parametrize(("one", "other"), [(1_000, 1_005), (-3, -3), (0, 0), (1.2e6, 1_204_000)])
def test_numbers_that_differ_by_rounding_are_one_value(one: float, other: float) -> None:
    assert same_value(one, other)
    assert same_value(other, one)


@pytest.mark.parametrize(("one", "other"), [(1_000, 1_010), (3, -3), (0, 1), (12, 13), (238, 239), (41_201, 41_202)])
def test_other_numbers_are_two_values(one: float, other: float) -> None:
    assert not same_value(one, other)
    assert not same_value(other, one)


def test_ranges_meet_where_one_value_lies_in_both() -> None:
    assert ranges_meet((1_500, None), (3_000, 3_000))
    assert ranges_meet((1, 2), (2, 3))
    assert ranges_meet((None, None), (None, 5))
    assert not ranges_meet((1_500, None), (None, 1_499))
    assert not ranges_meet((1, 2), (3, None))


def test_a_number_with_fewer_digits_is_the_other_rounded() -> None:
    assert is_rounded(4_200, 4_213)
    assert not is_rounded(4_000, 4_213)
    assert not is_rounded(4_213, 4_200)


@pytest.mark.parametrize(("value", "digits"), [(1_500, 2), (4_213, 4), (0, 1), (-2.5, 2), (1e15, 1)])
def test_only_significant_digits_count(value: float, digits: int) -> None:
    assert significant_digits(value) == digits


@pytest.mark.parametrize(
    ("value", "rounded"), [(30_000, True), (1_500, True), (44, False), (1_501, False), (10, False)]
)
def test_a_count_with_zeros_at_its_end_can_be_rounded(value: float, rounded: bool) -> None:
    assert can_be_rounded(value) is rounded


@pytest.mark.parametrize(
    ("surface", "low", "is_inside"),
    [
        ("more than 44", 44, False),
        ("well over 44", 44, False),
        ("topping 44", 44, False),
        ("at least 44", 44, True),
        ("no fewer than 44", 44, True),
        ("44 or more", 44, True),
        ("44+", 44, True),
    ],
)
def test_more_than_a_number_leaves_the_number_out(surface: str, low: float, is_inside: bool) -> None:
    lowest, highest = strict_range(low, math.inf, surface)
    assert (lowest <= low, highest) == (is_inside, math.inf)


def test_fewer_than_a_number_leaves_the_number_out() -> None:
    assert strict_range(-math.inf, 44, "fewer than 44")[1] < 44
    assert strict_range(-math.inf, 44, "no more than 44") == (-math.inf, 44)
