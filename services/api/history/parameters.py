"""What requests for the history ask for. Pure."""

from collections.abc import Sequence
from datetime import datetime

from services.api.filters.parsing import BadParameters, Fault, by_name, read_moment, read_value, split_values
from services.contracts.change_kinds import ChangeKind

MOST_DIGITS = 9
"""Of a version."""


def read_since(text: str | None) -> int | datetime:
    """A version or a time; 0 where nothing is asked for.

    Raises:
        BadParameters: it is neither.
    """
    if text is None:
        return 0
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    try:
        return read_moment(text, ends=False)
    except ValueError as error:
        raise BadParameters([Fault("since", f"{error}; or a version of the event, such as 7")]) from error


def read_version_number(name: str, text: str) -> int:
    """A version. Raises BadParameters."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    raise BadParameters([Fault(name, "give a version of the event, such as 7")])


def read_as_of(text: str) -> datetime:
    """A time. A date is its last moment: what was known on that day. Raises BadParameters."""
    try:
        return read_moment(text, ends=True)
    except ValueError as error:
        raise BadParameters([Fault("as_of", str(error))]) from error


def read_change_kinds(name: str, texts: Sequence[str]) -> frozenset[str]:
    """Kinds of changes, of a parameter that is repeated or has them between commas; none given: none.

    Raises:
        BadParameters: one is unknown; the nearest right one is named.
    """
    if not texts:
        return frozenset()
    try:
        return frozenset(read_value(ChangeKind, text) for text in split_values(texts))
    except ValueError as error:
        raise BadParameters([Fault(name, str(error))]) from error


def refuse_unknown(given: Sequence[tuple[str, str]], known: Sequence[str]) -> None:
    """Raises BadParameters for a parameter of the query that the address does not take."""
    by_name(given, known)
