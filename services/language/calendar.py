"""Names of weekdays and months: plain tables, nothing on which day a text means."""

from services.language.case import lower_case

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`: Monday is 0."""
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
"""In the order of the year."""
WEEKDAY_NUMBERS = {name[:3]: number for number, name in enumerate(WEEKDAYS)}
"""Weekdays by their first three letters; Monday is 0."""
MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
"""Months by their first three letters; January is 1."""
SHORT_WEEKDAYS = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
"""Abbreviations of weekdays, without a full stop."""
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
"""Abbreviations of months, without a full stop. May has none."""


def weekday_number(name: str) -> int:
    """The number of a weekday, Monday is 0.

    Args:
        name: Its name or an abbreviation, in any case (`lower_case`).

    Raises:
        KeyError: `name` does not start like a weekday.
    """
    return WEEKDAY_NUMBERS[lower_case(name)[:3]]


def month_number(name: str) -> int:
    """The number of a month, January is 1. Arguments and errors as in `weekday_number`."""
    return MONTH_NUMBERS[lower_case(name)[:3]]
