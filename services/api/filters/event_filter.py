"""Which events a reader wants: the one filter vocabulary of list, streams, webhooks, feeds and the command. Pure."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from services.api.filters.values import Has, days_of
from services.contracts.base import Contract, UtcDatetime
from services.contracts.claim import ClaimKind
from services.contracts.event import EventStatus

MOST_VALUES = 50
"""Values that one parameter takes."""
LONGEST_VALUE = 300
"""Characters of one value."""


def _checked_days(text: str) -> str:
    if days_of(text) is None:
        raise ValueError("give a date, a month, a year or an interval start/end, such as 2026-03-04 or 2026-03")
    return text


HAS_WORD = r"[^\W_]"
"""A text with a letter or digit."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE, pattern=HAS_WORD)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST_VALUES)]
Languages = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...], Field(max_length=MOST_VALUES)
]
DayTexts = Annotated[
    tuple[Annotated[str, StringConstraints(max_length=LONGEST_VALUE), AfterValidator(_checked_days)], ...],
    Field(max_length=MOST_VALUES),
]
Kinds = Annotated[tuple[ClaimKind, ...], Field(max_length=MOST_VALUES)]
Statuses = Annotated[tuple[EventStatus, ...], Field(max_length=MOST_VALUES)]
Hases = Annotated[tuple[Has, ...], Field(max_length=MOST_VALUES)]
Count = Annotated[int | None, Field(ge=1, le=1_000_000_000)]


class EventConditions(Contract):
    """What an event must be. A condition that is empty or null asks for nothing; all others must hold.

    Of several values of one condition any suffices.
    """

    q: Names = ()
    """Words that the event must have, all of them, in its headline, titles, claims or names: in any order and
    inflection, without case and accents. Names are found in all spellings that sound alike. Several: any of them."""
    publisher: Names = ()
    """Domain or name of a publisher of the event."""
    family: Names = ()
    """Owner of a publisher of the event."""
    language: Languages = ()
    """Language of the event, as an ISO 639 code."""
    entity: Names = ()
    """A person, organisation or place in the event, by any form of its name that the event's articles use, without
    case and accents."""
    speaker: Names = ()
    """Whoever said one of the event's claims, by any form of the name."""
    kind: Kinds = ()
    """Kind of a claim of the event."""
    status: Statuses = ()
    """Where the event is in its life."""
    updated_since: UtcDatetime | None = None
    """The event changed then or later (`updated_at`). A date is its first moment, in UTC."""
    updated_until: UtcDatetime | None = None
    """The event changed then or earlier. A date is its last moment, in UTC."""
    published_since: UtcDatetime | None = None
    """The latest dated article of the event was published then or later."""
    published_until: UtcDatetime | None = None
    """The earliest dated article of the event was published then or earlier."""
    mentions_date: DayTexts = ()
    """A claim of the event mentions a date within these days: a date, a month, a year or an interval `start/end`."""
    min_origins: Count = None
    """At least so many independent origins tell it."""
    min_publishers: Count = None
    """At least so many publishers tell it."""
    single_origin: bool | None = None
    """Whether it goes back to one origin."""
    has: Hases = ()
    """Something that the event has."""


class EventFilter(EventConditions):
    """Which events a reader wants: those that meet each condition, and none of the conditions `not_…`.

    `not_x` takes what `x` takes and holds exactly where `x` does not: an event without publication times meets
    `not_published_since`, whatever the time.
    """

    model_config = ConfigDict(extra="forbid")

    not_q: Names = ()
    not_publisher: Names = ()
    not_family: Names = ()
    not_language: Languages = ()
    not_entity: Names = ()
    not_speaker: Names = ()
    not_kind: Kinds = ()
    not_status: Statuses = ()
    not_updated_since: UtcDatetime | None = None
    not_updated_until: UtcDatetime | None = None
    not_published_since: UtcDatetime | None = None
    not_published_until: UtcDatetime | None = None
    not_mentions_date: DayTexts = ()
    not_min_origins: Count = None
    not_min_publishers: Count = None
    not_single_origin: bool | None = None
    not_has: Hases = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: every event meets it."""
        return self == EVERY_EVENT


EVERY_EVENT = EventFilter()
"""The filter that asks for nothing."""
CONDITIONS: tuple[str, ...] = tuple(EventConditions.model_fields)
"""Names of the conditions, without their negations, in the order in which they are documented."""
NEGATION = "not_"
"""What stands before the name of a condition that must not hold."""
VALUES: dict[str, type[StrEnum]] = {"kind": ClaimKind, "status": EventStatus, "has": Has}
"""The conditions whose values are listed."""
