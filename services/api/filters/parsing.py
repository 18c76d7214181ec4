"""Query parameters to filters, with faults that name the parameter or value that was meant. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import ValidationError
from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.api.filters.event_filter import CONDITIONS, NEGATION, VALUES, EventFilter
from services.api.filters.values import moment_of
from services.api.filters.word_bounds import MOST_WORDS, has_too_many_words, wordless
from services.contracts.base import Contract
from services.contracts.claim import Commitment
from services.runtime.problems import MOST_ERRORS
from services.runtime.validation import plain_message

C = TypeVar("C", bound=Contract)

NEAR_ENOUGH = 0.5
"""Normalised similarity from which a name is taken for the one that was meant."""
PARAMETERS: tuple[str, ...] = (*CONDITIONS, *(NEGATION + name for name in CONDITIONS))
"""All parameters of a filter."""
_BOOLEANS = {"true": True, "false": False}
MOST_DIGITS = 9
"""Of a count."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the parameters, in words for whoever sent them."""

    parameter: str
    message: str


class BadParameters(ValueError):  # noqa: N818 - a fact about the request
    """The parameters cannot be read; `faults` says why, one entry for each of the first `MOST_ERRORS`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults[:MOST_ERRORS])
        super().__init__("; ".join(f"{fault.parameter}: {fault.message}" for fault in self.faults))


class TooManyWords(BadParameters):
    """Each text can be searched for, but not all of them at once."""


def parse_filter(parameters: Iterable[tuple[str, str]], others: Collection[str] = ()) -> EventFilter:
    """The filter that query parameters ask for.

    Args:
        parameters: Name and value, in order, names as often as they were given.
        others: Further parameters that the address takes: they are passed over here.

    Raises:
        BadParameters: one is unknown or its value cannot be read; it names the nearest right one.
    """
    given = by_name(parameters, (*PARAMETERS, *others))
    return read_parameters(EventFilter, {name: given[name] for name in PARAMETERS if name in given})


def read_parameters(model: type[C], given: Mapping[str, Sequence[str]]) -> C:
    """A filter of the values of its parameters.

    Raises:
        BadParameters: a value cannot be read, or has no word to search for.
        TooManyWords: the texts have more words than are searched for at once.
    """
    _check_words({name: given[name] for name in ("q", "not_q") if name in given})
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, values in given.items():
        try:
            read[name] = _READERS.get(name.removeprefix(NEGATION), split_values)(values)
        except ValueError as error:
            faults.append(Fault(name, str(error)))
    if faults:
        raise BadParameters(faults)
    try:
        return model(**read)
    except ValidationError as error:
        raise BadParameters([Fault(str(one["loc"][0]), plain_message(one)) for one in error.errors()]) from error


def _check_words(texts: Mapping[str, Sequence[str]]) -> None:
    names = wordless(texts)
    if names:
        raise BadParameters([Fault(name, "give a word or a number to search for") for name in names])
    if has_too_many_words(texts):
        raise TooManyWords([Fault(next(iter(texts)), f"give at most {MOST_WORDS} words in all q and not_q together")])


def by_name(parameters: Iterable[tuple[str, str]], known: Sequence[str]) -> dict[str, list[str]]:
    """The values of each parameter, in order. Raises BadParameters for one that is not among the known."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    unknown = [name for name in given if name not in known]
    if unknown:
        faults = [Fault(name, f"there is no such parameter{_meant(name, known)}") for name in unknown[:MOST_ERRORS]]
        raise BadParameters(faults)
    return given


def _meant(text: str, known: Sequence[str]) -> str:
    """A question that names what was meant, or all that there is."""
    nearest = process.extractOne(text.lower(), known, scorer=OSA.normalized_similarity, score_cutoff=NEAR_ENOUGH)
    return f": did you mean {nearest[0]}?" if nearest else f": there are {', '.join(known)}"


def split_values(values: Iterable[str]) -> tuple[str, ...]:
    """The values of a parameter that is repeated or has its values between commas. Raises ValueError without any."""
    parts = tuple(part for value in values for part in map(str.strip, value.split(",")) if part)
    if not parts:
        raise ValueError("give a value")
    return parts


def _single(values: Sequence[str]) -> str:
    if len(values) > 1:
        raise ValueError("give it once")
    return values[0]


def read_value(values: type[StrEnum], text: str) -> StrEnum:
    """One of a vocabulary. Raises ValueError for other texts; its message names the nearest."""
    return values(read_name(text, [value.value for value in values]))


def read_name(text: str, known: Sequence[str]) -> str:
    """One of the known names. Raises ValueError for other texts; its message names the nearest."""
    if text not in known:
        raise ValueError(f"there is no {shown(text)}{_meant(text, known)}")
    return text


def read_moment(text: str, *, ends: bool) -> datetime:
    """A time or date, as `moment_of`. Raises ValueError for other texts."""
    moment = moment_of(text, ends=ends)
    if moment is None:
        raise ValueError("give a time with its offset, such as 2026-03-04T16:00:00Z, or a date, such as 2026-03-04")
    return moment


def read_count(text: str) -> int:
    """A whole number from 1. Raises ValueError for other texts."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) >= 1):
        raise ValueError("give a whole number from 1 in plain digits")
    return int(text)


def read_boolean(text: str) -> bool:
    """`true` or `false`. Raises ValueError for other texts."""
    if text not in _BOOLEANS:
        raise ValueError("give true or false")
    return _BOOLEANS[text]


def _values_of(vocabulary: type[StrEnum]) -> Callable[[Sequence[str]], tuple[StrEnum, ...]]:
    return lambda values: tuple(read_value(vocabulary, text) for text in split_values(values))


_READERS: dict[str, Callable[[Sequence[str]], Any]] = {
    "q": tuple,
    "language": lambda values: tuple(text.lower() for text in split_values(values)),
    "min_origins": lambda values: read_count(_single(values)),
    "min_publishers": lambda values: read_count(_single(values)),
    "single_origin": lambda values: read_boolean(_single(values)),
    **{f"{what}_since": lambda values: read_moment(_single(values), ends=False) for what in ("updated", "published")},
    **{f"{what}_until": lambda values: read_moment(_single(values), ends=True) for what in ("updated", "published")},
    **{name: _values_of(vocabulary) for name, vocabulary in VALUES.items()},
    "commitment": _values_of(Commitment),
}
"""By condition, what reads its values; lists of names are read by `split_values`. Each raises ValueError."""

LONGEST_SHOWN = 40
"""Characters of a value that a message repeats."""


def shown(text: str) -> str:
    """What a client sent, as a message repeats it."""
    return repr(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")


def as_parameters(event_filter: EventFilter) -> list[tuple[str, str]]:
    """The query parameters that ask for a filter: `parse_filter` gives back one that takes the same events.

    Commas part the values of a query; a filter that came as JSON may have them in names, which are compared without.
    """
    return [
        (name, text if name.removeprefix(NEGATION) == "q" else text.replace(",", " "))
        for name in PARAMETERS
        for text in _texts(getattr(event_filter, name))
    ]


def _texts(value: Any) -> list[str]:
    match value:
        case None:
            return []
        case bool():
            return [str(value).lower()]
        case datetime():
            return [value.isoformat().replace("+00:00", "Z")]
        case tuple():
            return [str(part) for part in value]
        case _:
            return [str(value)]
