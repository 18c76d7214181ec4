"""Units and currencies of amounts."""

import pytest

from services.language.currencies import iso_code
from services.language.numbers import find_numbers
from services.language.ranges import Range
from services.language.units import dimension_of


def unit_of(text: str) -> str | None:
    (number,) = find_numbers(text, Range(0, len(text)))
    return number.unit


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("NT$7 million", "TWD"),
        ("R$7 million", "BRL"),
        ("A$7 million", "AUD"),
        ("HK$7m", "HKD"),
        ("S$7m", "SGD"),
        ("US$7m", "USD"),
        ("US $7m", "USD"),
        ("$7m", "USD"),
        ("CHF 7 million", "CHF"),
        ("SEK7bn", "SEK"),
        ("USD 7 million", "USD"),
        ("7 million PLN", "PLN"),
        ("Rs 7 crore", "INR"),
        ("Rs. 7,000", "INR"),
        ("₹7 crore", "INR"),
        ("R7 million", "ZAR"),
        ("RM7 million", "MYR"),
        ("Rp 7 trillion", "IDR"),
        ("RMB 7bn", "CNY"),
        ("7€", "EUR"),
        ("a lakh of rupees", "INR"),
        ("millions of euros", "EUR"),
        ("7 million Hong Kong dollars", "HKD"),
        ("7 million Canadian dollars", "CAD"),
        ("7 million U.S. dollars", "USD"),
        ("7 million dollars", "USD"),
        ("7 million Swiss francs", "CHF"),
        ("7 million Danish kroner", "DKK"),
        ("7 million Mexican pesos", "MXN"),
        ("7 billion South Korean won", "KRW"),
        ("7 million rand", "ZAR"),
        ("7 million zloty", "PLN"),
        ("7 million pounds", "GBP"),
        ("7 pounds sterling", "GBP"),
        ("7 million Egyptian pounds", "EGP"),
    ],
)
def test_money_has_the_code_of_its_country(amount: str, code: str) -> None:
    assert unit_of(f"The yard paid {amount} for it.") == code
    assert (iso_code(code), dimension_of(code)) == (code, "money")


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("7 million pesos", "pesos"),
        ("7 million francs", "francs"),
        ("7 million kroner", "kroner"),
        ("7 million Varnish dollars", "varnish dollars"),
    ],
)
def test_money_of_a_country_that_nobody_names_keeps_its_name(amount: str, unit: str) -> None:
    assert unit_of(f"The yard paid {amount} for it.") == unit
    assert (iso_code(unit), dimension_of(unit)) == (None, "money")


def test_dollars_with_unknown_letters_are_no_us_dollars() -> None:
    assert list(find_numbers("They paid QX$7 million.", Range(0, 23))) == []


def test_pounds_of_something_are_a_weight() -> None:
    assert unit_of("They sold 7 million pounds of flour.") == "pounds"
    assert dimension_of("pounds") == "mass"


def test_a_verb_is_no_currency() -> None:
    assert unit_of("She has 7 won medals.") is None


@pytest.mark.parametrize(
    ("amount", "unit", "dimension"),
    [
        ("7 cm", "cm", "length"),
        ("7mm", "mm", "length"),
        ("7 nautical miles", "nautical_miles", "length"),
        ("7 sq km", "km2", "area"),
        ("7 sq. km", "km2", "area"),
        ("7 cubic metres", "m3", "volume"),
        ("7 degrees Celsius", "celsius", "temperature"),
        ("7°C", "celsius", "temperature"),
        ("7 MW", "MW", "power"),
        ("7 kilowatt-hours", "kWh", "energy"),
        ("7 knots", "knots", "speed"),
        ("7 per cent", "percent", "share"),
        ("half a mile", "miles", "length"),
        ("7 weeks", "weeks", "time"),
    ],
)
def test_measures_have_one_name_for_all_ways_to_write_them(amount: str, unit: str, dimension: str) -> None:
    assert unit_of(f"It measured {amount} there.") == unit
    assert dimension_of(unit) == dimension
