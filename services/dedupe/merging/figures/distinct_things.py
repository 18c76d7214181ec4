"""Whether two figures of one noun count distinct things: other names, places or times, or a part and its whole."""

from datetime import date, datetime, timedelta

from services.dedupe.merging.figures.mention import Mention
from services.dedupe.merging.figures.sentence_context import WORLD
from services.dedupe.merging.figures.vocabulary import load_vocabulary

_BACKGROUND = timedelta(days=30)
"""A day so long before the report belongs to another occasion."""
_OCCASION = timedelta(days=14)
"""A growing count may be given for several days of one occasion."""
_DASHES_OF_A_DAY = 2


def count_different_things(one: Mention, other: Mention) -> bool:
    """Whether they count different things whatever the numbers are."""
    first, second = one.thing, other.thing
    fates = {first.fate, second.fate} - {None}
    names = first.names and second.names and not (first.names <= second.names or second.names <= first.names)
    return len(fates) > 1 or bool(names) or one.context.rate != other.context.rate


def are_of_distinct_things(one: Mention, other: Mention) -> bool:
    """Whether differing figures are surely not of one thing: a part, a rate, narrowed, of another place or time."""
    if one.part or other.part or one.context.rate or one.thing.narrowed != other.thing.narrowed:
        return True
    return _are_of_other_places(one, other) or _are_of_other_times(one, other)


def _are_of_other_places(one: Mention, other: Mention) -> bool:
    """Whether both are given for places, and share no name of a place."""
    first, second = ({word for place in mention.context.places for word in place} for mention in (one, other))
    if (WORLD in first) != (WORLD in second):
        return True
    return bool(first) and bool(second) and not first & second


def _are_of_other_times(one: Mention, other: Mention) -> bool:
    """Whether they are given for different times. A count that only grows may be given for several days."""
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
    """The days near the report that its sentence names, and whether the sentence names any long before."""
    named = {day for iso in mention.context.days if (day := last_day(iso)) is not None}
    if published is None:
        return named, False
    near = {day for day in named if published.date() - day <= _BACKGROUND}
    return near, near != named


def last_day(iso: str) -> date | None:
    """Return the last day that a date may mean; None for an open date."""
    last = iso.partition("/")[2] or iso
    try:
        if last.count("-") == _DASHES_OF_A_DAY:
            return date.fromisoformat(last)
        year, _, month = last.partition("-")
        following = date(int(year) + (month in ("", "12")), int(month or 12) % 12 + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)
