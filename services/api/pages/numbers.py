"""Numbers in English words and digits, by the rules of Unicode's CLDR (babel). Pure."""

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent

ENGLISH = Locale("en", "GB")
_MILLION = 1_000_000


def number(value: float) -> str:
    """A number with its digits grouped: "1,200", "6.8"."""
    return str(format_decimal(value, locale=ENGLISH))


def short_number(value: float) -> str:
    """A number for the axis of a plot: "14", "1.2 million"."""
    if abs(value) < _MILLION:
        return number(value)
    return str(format_compact_decimal(value, format_type="long", locale=ENGLISH, fraction_digits=1))


def percent(share: float) -> str:
    """A share in whole percent: "40%"."""
    return str(format_percent(share, locale=ENGLISH))


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `count(1, "outlet")` is "1 outlet", `count(1200, "outlet")` "1,200 outlets"."""
    noun = one if ENGLISH.plural_form(value) == "one" else many or f"{one}s"
    return f"{number(value)} {noun}"
