"""An axis of UTC time: moments in seconds since 1970, ticks at whole hours, days and so on. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from babel.dates import format_datetime

from services.api.pages.numbers import ENGLISH
from services.api.pages.plots.scale import MOST_TICKS, Scale, Tick, anchor_of

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = (
    *(minutes * _MINUTE for minutes in (1, 5, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 7, 14, 30, 90, 365)),
)
FEWEST_MOMENTS = 3
"""Different moments from which a plot by time shows more than a sentence does."""
_MOST_STEPS_OF_HOURS = 3.8
_ROOM = 0.04
"""Share of the time shown that stands free at each side."""


def time_scale(moments: Sequence[float]) -> Scale | None:
    """The axis that holds all moments, with room at both ends; None for fewer than three: words say that as well."""
    if len(set(moments)) < FEWEST_MOMENTS:
        return None
    room = _ROOM * (max(moments) - min(moments))
    return Scale(min(moments) - room, max(moments) + room)


def _most_steps(step: int) -> float:
    """How many steps of this length may be on an axis: labels with hours are long."""
    return MOST_TICKS if step >= _DAY else _MOST_STEPS_OF_HOURS


def time_ticks(scale: Scale) -> tuple[Tick, ...]:
    """At whole hours, days and so on (UTC), which days in words."""
    length = scale.high - scale.low
    step = next((step for step in _STEPS if length / step <= _most_steps(step)), length / MOST_TICKS)
    pattern = "d MMM y" if step >= 365 * _DAY else "d MMM" if step >= _DAY else "d MMM, HH:mm"
    return tuple(
        Tick(
            place := scale.place(value),
            format_datetime(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value), pattern, UTC, locale=ENGLISH),
            anchor_of(place),
        )
        for value in scale.values(step)
    )
