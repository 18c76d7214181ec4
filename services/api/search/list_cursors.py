"""Cursors of searched lists: the place to continue after, and what the order was. Pure.

Default order: `<position>~<time>~<id>`. The position in the update log is where the walk began: every page lists
events at the places that they had then, so that an event which moves to the top meanwhile is neither missed nor given
twice.
Other orders: `<order>~<key>~<time>~<id>`, the key being what the order is by. By meaning the key is how many events the
parts so far had; the order `meaning-words` is that of a list that was begun by words alone.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from services.api.cursors import CURSOR_PATTERN as PLACE_PATTERN
from services.api.cursors import BadCursor, decode_cursor, encode_cursor
from services.api.updates.positions import POSITION_PATTERN


class Sort(StrEnum):
    """Orders of the list of events."""

    UPDATED = "updated"
    """The one that changed last first."""
    PUBLISHED = "published"
    """The one with the latest article first; undated ones last."""
    ORIGINS = "origins"
    """The one that most independent origins tell first."""
    RELEVANCE = "relevance"
    """The one that fits `q` best first: its words count most in headline and names."""
    MEANING = "meaning"
    """The one that fits `q` best by words and meaning together first, also where it says it in other words; then the
    other events that have the words, up to a thousand."""
    GROWTH = "growth"
    """The one that gained most origins, then articles, in the 24 hours before the latest change of any event first."""


_PLACE = PLACE_PATTERN.removeprefix("^").removesuffix("$")
_POSITION = POSITION_PATTERN.removeprefix("^").removesuffix("$")
_KEY = r"-?[0-9]{1,18}(?:\.[0-9]{1,20})?(?:e-[0-9]{1,3})?"
_BY_WORDS = f"{Sort.MEANING.value}-words"
_OTHERS = "|".join([_BY_WORDS, *(sort.value for sort in Sort if sort is not Sort.UPDATED)])
LIST_CURSOR_PATTERN = f"^(({_POSITION}~)?|({_OTHERS})~{_KEY}~){_PLACE}$"
"""Which texts are cursors."""
_BY_KEY = re.compile(f"({_OTHERS})~({_KEY})~({_PLACE})", re.ASCII)
_BY_PLACE = re.compile(f"(?:({_POSITION})~)?({_PLACE})", re.ASCII)


@dataclass(frozen=True)
class ListCursor:
    """Where to go on."""

    sort: Sort
    place: str
    """Member of the list of events."""
    position: str | None = None
    """Default order: where the walk began in the update log; None: it is only a place."""
    key: int | float = 0
    """Other orders: what the last event was ordered by."""
    by_words: bool = False
    """By meaning: whether the list was begun by words alone."""


def write_list_cursor(cursor: ListCursor) -> str:
    """The cursor as clients get it."""
    place = encode_cursor(cursor.place)
    if cursor.sort is not Sort.UPDATED:
        return f"{_BY_WORDS if cursor.by_words else cursor.sort.value}~{cursor.key!r}~{place}"
    return place if cursor.position is None else f"{cursor.position}~{place}"


def read_list_cursor(text: str) -> ListCursor:
    """A cursor that a client sent.

    Raises:
        BadCursor: it is not one of ours.
    """
    by_key = _BY_KEY.fullmatch(text)
    if by_key is not None:
        order, key, place = by_key.group(1, 2, 3)
        by_words = order == _BY_WORDS
        return ListCursor(
            Sort.MEANING if by_words else Sort(order),
            decode_cursor(place),
            key=float(key) if "." in key or "e" in key else int(key),
            by_words=by_words,
        )
    by_place = _BY_PLACE.fullmatch(text)
    if by_place is None:
        raise BadCursor("it names no place in the list")
    return ListCursor(Sort.UPDATED, decode_cursor(by_place.group(2)), position=by_place.group(1))


def sortable(position: str) -> str:
    """A position of the update log so written that texts sort as positions do."""
    milliseconds, _, number = position.partition("-")
    return f"{milliseconds:0>20}-{number:0>20}"
