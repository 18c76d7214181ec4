"""Units of measure after an amount: "km", "square miles", "per cent", "degrees Celsius", "Swiss francs"."""

import re

from services.language.case import lower_case
from services.language.currencies import MONEY_WORDS, SIGNS, currency_named, is_money

_FORMS = {
    "percent": "% percent per-cent pct",
    "percentage_points": "percentage-point percentage-points",
    "basis_points": "basis-point basis-points",
    "km2": "square-kilometre square-kilometres square-kilometer square-kilometers sq-km km2 km²",
    "m2": "square-metre square-metres square-meter square-meters sq-m m2 m²",
    "square_miles": "square-mile square-miles sq-miles",
    "square_feet": "square-foot square-feet sq-ft",
    "hectares": "hectare hectares ha",
    "acres": "acre acres",
    "km/h": "km/h kph kilometres-per-hour kilometres-an-hour kilometers-per-hour kilometers-an-hour",
    "mph": "mph miles-per-hour miles-an-hour",
    "knots": "knots",
    "mm": "mm millimetre millimetres millimeter millimeters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "m": "metre metres meter meters",
    "km": "km kms kilometre kilometres kilometer kilometers",
    "miles": "mile miles",
    "nautical_miles": "nautical-mile nautical-miles",
    "feet": "foot feet ft",
    "inches": "inch inches",
    "yards": "yard yards",
    "tonnes": "ton tons tonne tonnes metric-ton metric-tons metric-tonnes",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    "grams": "gram grams gramme grammes",
    "mg": "mg milligram milligrams",
    "pounds": "pound pounds lb lbs",
    "ounces": "ounce ounces",
    "litres": "litre litres liter liters",
    "ml": "ml millilitre millilitres milliliter milliliters",
    "m3": "cubic-metre cubic-metres cubic-meter cubic-meters m3 m³",
    "cubic_feet": "cubic-foot cubic-feet",
    "gallons": "gallon gallons",
    "degrees": "degree degrees °",
    "celsius": "°c degrees-celsius degrees-centigrade degrees-c degree-celsius",
    "fahrenheit": "°f degrees-fahrenheit degrees-f degree-fahrenheit",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "kWh": "kwh kilowatt-hour kilowatt-hours",
    "MWh": "mwh megawatt-hour megawatt-hours",
    "GWh": "gwh gigawatt-hour gigawatt-hours",
    "seconds": "second seconds",
    "minutes": "minute minutes",
    "hours": "hour hours",
    "days": "day days",
    "weeks": "week weeks",
    "months": "month months",
    "years": "year years",
    "decades": "decade decades",
}
"""Each unit with the ways to write it; a hyphen stands for a blank."""
_DIMENSIONS = {
    "share": "percent percentage_points basis_points",
    "area": "km2 m2 square_miles square_feet hectares acres",
    "speed": "km/h mph knots",
    "length": "mm cm m km miles nautical_miles feet inches yards",
    "mass": "tonnes kg grams mg pounds ounces",
    "volume": "litres ml m3 cubic_feet gallons",
    "temperature": "degrees celsius fahrenheit",
    "power": "kW MW GW",
    "energy": "kWh MWh GWh",
    "time": "seconds minutes hours days weeks months years decades",
}
_UNITS = {form.replace("-", " "): unit for unit, forms in _FORMS.items() for form in forms.split()}
_DIMENSION_OF = {unit: dimension for dimension, units in _DIMENSIONS.items() for unit in units.split()}
TIME_UNITS = frozenset(_DIMENSIONS["time"].split())
"""Units of a stretch of time."""

_WORDS_AFTER = re.compile(
    r"[ -]?(?P<first>° ?[CF]\b|[%°€£₹$]|km/h|[kKm]m?[²³]|[^\W\d_]\w?\.(?:[^\W\d_]\.)+|[^\W\d_]+[23]?)"
    r"(?:(?:\.?[ ]|(?<=W|t)-)(?P<second>[^\W\d_]+)(?: (?P<third>[^\W\d_]+))?)?"
)
"""Up to three words after an amount."""
_LETTER_DEGREES = re.compile(r"(?<=[0-9])(?P<scale>[CF])\b(?!['.-]\w)")
_METRES = re.compile(
    r" ?m\b(?= (?:high|tall|wide|long|deep|thick|away|above|below|across|sea|of (?:snow|rain|water))\b)"
)
_OLD = re.compile(r" olds?\b")
_ABBREVIATION = 3
MAX_CHARS = 40
"""Characters looked at after an amount."""


def unit_after(text: str, end: int, *, scaled: bool = False) -> tuple[str, int] | None:
    """Unit that follows an amount, and where it ends; `scaled`: "million" or the like stands before."""
    match = _WORDS_AFTER.match(text, end, end + MAX_CHARS)
    if match is None or (text[end] == "-" and match["first"] != "%"):
        return None
    if match["second"] is not None and (unit := _of_words(match)) is not None:
        return unit
    money = _money(text, match, scaled=scaled)
    return money or _of_one_word(text, match) or _of_a_letter(text, end, match["first"])


def _of_words(match: re.Match[str]) -> tuple[str, int] | None:
    """A unit of three or two words."""
    two = lower_case(f"{match['first']} {match['second']}")
    if match["third"] is not None and (unit := _UNITS.get(f"{two} {lower_case(match['third'])}")) is not None:
        return unit, match.end("third")
    return (_UNITS[two], match.end("second")) if two in _UNITS else None


def _money(text: str, match: re.Match[str], *, scaled: bool) -> tuple[str, int] | None:
    first = match["first"]
    lower = lower_case(first)
    if not (first[0].isupper() or first in SIGNS or lower in MONEY_WORDS):
        return None
    if lower in ("pound", "pounds") and text.startswith(" of ", match.end("first")):
        # "3 million pounds of rice".
        scaled = False
    words = tuple(word for word in match.group("first", "second", "third") if word is not None)
    money = currency_named(words, scaled=scaled)
    return (money[0], match.end(("first", "second", "third")[money[1] - 1])) if money is not None else None


def _of_one_word(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    first = match["first"]
    # "60 Minutes" is a programme.
    named = len(first) > _ABBREVIATION and first[0].isupper() and first[1:].islower()
    unit = None if named else _UNITS.get(lower_case(first).replace("° ", "°"))
    if unit is None or (unit in TIME_UNITS and _OLD.match(text, match.end("first"))):
        return None
    return unit, match.end("first")


def _of_a_letter(text: str, end: int, first: str) -> tuple[str, int] | None:
    """Degrees as "25C", metres as "3m high"."""
    if (letter := _LETTER_DEGREES.match(text, end)) is not None:
        return "celsius" if letter["scale"] == "C" else "fahrenheit", letter.end()
    metres = _METRES.match(text, end) if first == "m" else None
    return ("m", metres.end()) if metres is not None else None


def dimension_of(unit: str | None) -> str | None:
    """What a unit measures: `money`, `share`, `length` and so on; None for no unit and for one that we do not know."""
    if unit is None:
        return None
    if is_money(unit):
        return "money"
    return _DIMENSION_OF.get(unit)
