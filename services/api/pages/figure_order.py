"""The values of a figure as every view of the page shows them: the lowest first, numbers in digits. Pure."""

from collections.abc import Sequence

from services.api.pages.numbers import number
from services.contracts.event_claims import FigureValue
from services.language.number_words import read_words

_JOINING = frozenset(("and", "of", "or", "so"))
"""Words that are read over inside an amount, and are none of it at its ends."""
_MOST_WORDS = 12
"""Of an amount; a longer text is none."""


def lowest_first(values: Sequence[FigureValue]) -> tuple[int, ...]:
    """The places of the values in the order in which they are shown; those of one number as they are given."""
    return tuple(sorted(range(len(values)), key=lambda place: values[place].value))


def in_digits(values: Sequence[FigureValue]) -> tuple[FigureValue, ...]:
    """The values with their number words as digits, where another one is written in digits: "nine" beside "14" is "9".

    Only words that make just the number of the value: "dozens" and "a few hundred" stay.
    """
    if not any(_has_digit(value.surface) for value in values):
        return tuple(values)
    return tuple(
        value
        if _has_digit(value.surface)
        else value.model_copy(update={"surface": _words_in_digits(value.surface, value.value)})
        for value in values
    )


def _has_digit(words: str) -> bool:
    return any(character.isdigit() for character in words)


def _words_in_digits(surface: str, amount: float) -> str:
    words = surface.split()
    if len(words) > _MOST_WORDS:
        return surface
    runs = [(start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        parts = " ".join(words[start:end]).casefold().replace("-", " ").split()
        if not parts or not _JOINING.isdisjoint((parts[0], parts[-1])):
            continue
        read = read_words(parts)
        if read is not None and not read.vague and not read.about and read.value == amount:
            return " ".join((*words[:start], number(amount), *words[end:]))
    return surface
