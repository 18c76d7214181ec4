"""Amounts as a text writes them, without what limits them and what they count."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.language.number import Number
from services.language.number_ranges import is_range, share
from services.language.numbers import find_numbers
from services.language.ranges import Range


def numbers(text: str) -> list[Number]:
    area = Range(0, len(text))
    return share(text, list(find_numbers(text, area)), area)


def values(text: str) -> list[float]:
    return [number.value for number in numbers(text)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("45,000", 45_000),
        ("3,45,000", 345_000),
        ("1,20,00,000", 12_000_000),
        ("2.300.000", 2_300_000),
        ("2.300.000,50", 2_300_000.5),
        ("14 500", 14_500),
        ("14\u00a0500", 14_500),
        ("2 300 000", 2_300_000),
        ("4'500'000", 4_500_000),
        ("4½", 4.5),
        ("2 3/4", 2.75),
        ("6 and a half", 6.5),
        ("7.25", 7.25),
    ],
)
def test_digits_have_the_value_that_their_marks_give_them(written: str, value: float) -> None:
    assert values(f"They moved {written.replace(chr(0xA0), ' ')} crates.") == [value]


@pytest.mark.parametrize(
    ("written", "value", "scale"),
    [
        ("7 million", 7e6, "million"),
        ("7bn", 7e9, "bn"),
        ("12 lakh", 1.2e6, "lakh"),
        ("12 lakhs", 1.2e6, "lakh"),
        ("3.5 crore", 3.5e7, "crore"),
        ("2 lakh crore", 2e12, "lakh crore"),
        ("six crore", 6e7, "crore"),
        ("a quarter of a million", 250_000, "million"),
        ("two thirds of a billion", 666_666_666.667, "billion"),
        ("half of a million", 500_000, "million"),
        ("a half-million", 500_000, "million"),
        ("two and a half million", 2.5e6, "million"),
        ("a million and a half", 1.5e6, "million"),
        ("three and a quarter thousand", 3250, "thousand"),
        ("4½ million", 4.5e6, "million"),
    ],
)
def test_a_scale_multiplies_digits_words_and_fractions(written: str, value: float, scale: str) -> None:
    (number,) = numbers(f"They moved {written} crates.")
    assert number.value == pytest.approx(value)
    assert number.scale == scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The quay drew 4.5m visitors.", 4.5e6),
        ("The quay drew 60k visitors.", 60_000),
        ("The quay drew 1.5-2m people.", 2e6),
        ("It paid 7m pounds.", 7e6),
        ("It paid $7m.", 7e6),
        ("It paid £7-9m.", 9e6),
    ],
)
def test_a_letter_behind_digits_multiplies_money_and_what_is_counted(text: str, value: float) -> None:
    assert values(text)[-1] == value


def test_a_letter_behind_digits_is_a_unit_where_a_dimension_follows() -> None:
    (number,) = numbers("The new wall is 7m high.")
    assert (number.value, number.unit) == (7, "m")
    assert values("They built a 7m wall.") == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It was minus 14 degrees.", -14, "degrees"),
        ("It was minus fourteen degrees.", -14, "degrees"),
        ("It was -14C.", -14, "celsius"),
        ("It was −14°F.", -14, "fahrenheit"),
        ("It was 14 degrees below zero.", -14, "degrees"),
        ("The result was -$14m.", -1.4e7, "USD"),
        ("Growth was minus 1.4 percent.", -1.4, "percent"),
    ],
)
def test_a_minus_makes_an_amount_negative(text: str, value: float, unit: str) -> None:
    (number,) = numbers(text)
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize("text", ["Seat F-16 is free.", "The -14 stayed.", "It is 9 minus 4."])
def test_a_hyphen_before_digits_is_no_minus_without_a_unit(text: str) -> None:
    assert all(value > 0 for value in values(text))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It takes 6-8 million litres.", 6e6, 8e6, "litres"),
        ("It takes between 6 and 8 million litres.", 6e6, 8e6, "litres"),
        ("It takes between six and eight million litres.", 6e6, 8e6, "litres"),
        ("It takes six to eight million litres.", 6e6, 8e6, "litres"),
        ("It costs €6-8bn.", 6e9, 8e9, "EUR"),
        ("It costs $6 to 8 billion.", 6e9, 8e9, "USD"),
        ("It costs $6m-$8m.", 6e6, 8e6, "USD"),
        ("It costs Rs 6-8 crore.", 6e7, 8e7, "INR"),
        ("It costs $600,000 to $1 million.", 6e5, 1e6, "USD"),
        ("Some 30-40,000 crates burned.", 30_000, 40_000, None),
        ("It was minus 8 to minus 6 degrees.", -8, -6, "degrees"),
        ("It was -8 to 6 degrees.", -8, 6, "degrees"),
        ("It costs NT$6-8 million, not A$3m.", 6e6, 8e6, "TWD"),
        ("It was minus 6 to minus 8 degrees.", -6, -8, "degrees"),
    ],
)
def test_what_stands_once_holds_for_both_ends_of_a_range(text: str, low: float, high: float, unit: str | None) -> None:
    first, last = numbers(text)[:2]
    assert (first.value, last.value, last.unit) == (low, high, unit)
    assert is_range(text, first, last, Range(0, len(text)))


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("They carried 6 and 8 tonnes of salt.", [6, 8]),
        ("Output rose from 6 to 8 million tonnes.", [6e6, 8e6]),
        ("They carried 6, 7 and 8 tonnes of salt.", [6, 7, 8]),
        ("The motion passed by 60 to 80 votes.", [60, 80]),
    ],
)
def test_two_amounts_are_no_range_only_because_they_stand_side_by_side(text: str, both: list[float]) -> None:
    found = numbers(text)
    assert [number.value for number in found] == both
    assert not is_range(text, found[0], found[1], Range(0, len(text)))
    assert len({number.unit for number in found}) == 1


@pytest.mark.parametrize(
    ("words", "value", "vague", "about"),
    [
        ("several thousand", 2000, True, False),
        ("a few hundred", 200, True, False),
        ("a few dozen", 24, True, False),
        ("a couple of hundred", 200, False, True),
        ("tens of thousands of", 20_000, True, False),
        ("lakhs of", 200_000, True, False),
        ("hundreds more", 200, True, False),
    ],
)
def test_vague_words_give_the_least_or_about_what_they_mean(words: str, value: float, vague: bool, about: bool) -> None:
    (number,) = numbers(f"They moved {words} crates.")
    assert (number.value, number.vague, number.about) == (value, vague, about)


@given(st.text(alphabet="0123456789 ,.-–½$€RsNTm%aone two million half of and of\n'°C", max_size=120))
def test_amounts_lie_in_the_text_in_order_whatever_it_is(text: str) -> None:
    found = numbers(text)
    assert all(0 <= number.range.start < number.range.end <= len(text) for number in found)
    assert all(one.range.end <= other.range.start for one, other in pairwise(found))


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    numbers(text)


def test_a_comma_before_decimals_is_read_with_a_metric_unit() -> None:
    text = "The plot measures 1,5 hectares and lies 3,25 km away."
    assert [(number.value, number.unit) for number in find_numbers(text, Range(0, len(text)))] == [
        (1.5, "hectares"), (3.25, "km"),
    ]  # fmt: skip
