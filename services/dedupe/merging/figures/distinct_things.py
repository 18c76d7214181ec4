"""Whether two figures of one noun count distinct things: other names, places or times, or a part and its whole."""

from datetime import date, datetime, timedelta

from services.dedupe.merging.figures.counted_vocabulary import load_vocabulary
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.near_counts import are_near_counts
from services.dedupe.merging.figures.nested_places import have_nested_places
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.figures.sentence_context import WORLD

_BACKGROUND = timedelta(days=30)
"""A day so long before the report belongs to another occasion."""
_OCCASION = timedelta(days=14)
"""A growing count may be given for several days of one occasion."""
_DASHES_OF_A_DAY = 2


def are_about_different_things(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether they count different things whatever the numbers are."""
    first, second = mention.thing, other_mention.thing
    fates = {first.fate, second.fate} - {None}
    names = first.names and second.names and not (first.names <= second.names or second.names <= first.names)
    capacities = Occasion.CAPACITY in (mention.context.occasion, other_mention.context.occasion)
    return (
        len(fates) > 1
        or bool(names)
        or mention.context.rate != other_mention.context.rate
        or (capacities and mention.context.occasion is not other_mention.context.occasion)
    )


def _read_occasion(mention: FigureMention) -> Occasion:
    """What a figure is about; where nothing happened to what is counted, a time before is one of the same event."""
    return Occasion.THIS if mention.thing.fate is None else mention.context.occasion


def have_other_scope_place_or_time(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether differing figures are surely not of one thing: a part, a rate, narrowed, of another place or time."""
    if (
        _is_part_of_other_scope(mention, other_mention)
        or mention.context.rate
        or mention.thing.narrowed != other_mention.thing.narrowed
        or _read_occasion(mention) is not _read_occasion(other_mention)
    ):
        return True
    return _have_different_places(mention, other_mention) or _have_different_times(mention, other_mention)


def _is_part_of_other_scope(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether one counts a part: of what it counts in one place another article may count just that place."""
    if not (mention.is_part or other_mention.is_part):
        return False
    is_of_one_place = bool(mention.context.places) and mention.context.places == other_mention.context.places
    return mention.context.part or other_mention.context.part or not is_of_one_place


def _have_different_places(first_mention: FigureMention, second_mention: FigureMention) -> bool:
    """Whether both are given for places, and share no name of a place.

    A count in a city and one in its country can be a part and its whole, unless they are nearly the same.
    """
    first, second = (
        {word for place in mention.context.places for word in place} for mention in (first_mention, second_mention)
    )
    if (WORLD in first) != (WORLD in second):
        return True
    if not first or not second or first & second:
        return False
    return not are_near_counts(first_mention.quantity, second_mention.quantity) or not have_nested_places(
        first_mention.context.places, second_mention.context.places
    )


def _have_different_times(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether they are given for different times. A count that only grows may be given for several days."""
    first, far_first = _find_recent_days(mention, mention.article.published_at or other_mention.article.published_at)
    second, far_second = _find_recent_days(
        other_mention, other_mention.article.published_at or mention.article.published_at
    )
    if (far_first and not first) != (far_second and not second):
        return True
    if not first or not second or first == second:
        return False
    if mention.thing.fate not in load_vocabulary().only_grow:
        return True  # also "on Friday" and "from Friday through Sunday"
    if first & second:
        return False
    return max(first | second) - min(first | second) > _OCCASION


def names_day_long_before(mention: FigureMention) -> bool:
    """Whether the sentence names a day long before its article, as of a count that has been settled since."""
    return _find_recent_days(mention, mention.article.published_at)[1]


def _find_recent_days(mention: FigureMention, published_at: datetime | None) -> tuple[set[date], bool]:
    """The days near the report that its sentence names, and whether the sentence names any long before."""
    named = {day for iso in mention.context.days if (day := last_day_of_date(iso)) is not None}
    if published_at is None:
        return named, False
    near = {day for day in named if published_at.date() - day <= _BACKGROUND}
    return near, near != named


def last_day_of_date(iso_date: str) -> date | None:
    """Return the last day that a date may mean; None for an open date."""
    last = iso_date.partition("/")[2] or iso_date
    try:
        if last.count("-") == _DASHES_OF_A_DAY:
            return date.fromisoformat(last)
        year, _, month = last.partition("-")
        following = date(int(year) + (month in ("", "12")), int(month or 12) % 12 + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)
