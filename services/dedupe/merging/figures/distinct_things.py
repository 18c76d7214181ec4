"""What tells two figures of one noun apart: their things, places, times; or that the one is a part of the other."""

from datetime import date, datetime, timedelta

from services.dedupe.merging.figures.mention import Mention
from services.dedupe.merging.figures.sentence_context import WORLD
from services.dedupe.merging.figures.vocabulary import load_vocabulary

_BACKGROUND = timedelta(days=30)
"""So long before the report is another occasion."""
_OCCASION = timedelta(days=14)
"""A growing count may be told for several days of one occasion."""
_DASHES_OF_A_DAY = 2


def different(one: Mention, other: Mention) -> bool:
    """Whether what is counted differs, whatever the numbers are."""
    first, second = one.thing, other.thing
    fates = {first.fate, second.fate} - {None}
    names = first.names and second.names and not (first.names <= second.names or second.names <= first.names)
    return len(fates) > 1 or bool(names) or one.clause.rate != other.clause.rate


def apart(one: Mention, other: Mention) -> bool:
    """Whether figures that differ are surely not of one thing: a part or a rate, narrowed, elsewhere, or back then."""
    if one.part or other.part or one.clause.rate or one.thing.narrowed != other.thing.narrowed:
        return True
    return _elsewhere(one, other) or _back_then(one, other)


def _elsewhere(one: Mention, other: Mention) -> bool:
    """Whether both are told for places, and no name of a place is common to them."""
    first, second = ({word for place in mention.clause.places for word in place} for mention in (one, other))
    if (WORLD in first) != (WORLD in second):
        return True
    return bool(first) and bool(second) and not first & second


def _back_then(one: Mention, other: Mention) -> bool:
    """Whether they are told for different times. A count that only grows may be told for several days."""
    first, far_first = _days(one, one.article.published_at or other.article.published_at)
    second, far_second = _days(other, other.article.published_at or one.article.published_at)
    if (far_first and not first) != (far_second and not second):
        return True
    if not first or not second or first & second:
        return False
    if one.thing.fate not in load_vocabulary().only_grow:
        return True
    return max(first | second) - min(first | second) > _OCCASION


def _days(mention: Mention, published: datetime | None) -> tuple[set[date], bool]:
    """The days near the report that its sentence names, and whether it names any long before."""
    named = {day for iso in mention.clause.days if (day := last_day(iso)) is not None}
    if published is None:
        return named, False
    near = {day for day in named if published.date() - day <= _BACKGROUND}
    return near, near != named


def last_day(iso: str) -> date | None:
    """The last day that a date may mean; None for open ones."""
    last = iso.partition("/")[2] or iso
    try:
        if last.count("-") == _DASHES_OF_A_DAY:
            return date.fromisoformat(last)
        year, _, month = last.partition("-")
        following = date(int(year) + (month in ("", "12")), int(month or 12) % 12 + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)
