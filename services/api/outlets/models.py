"""The body of an outlet over HTTP."""

from enum import StrEnum

from pydantic import Field

from services.api.search.models import EventReference
from services.contracts.base import Contract, UtcDatetime

FLOOR = 20
"""Below so many there is no share: it would tell of chance more than of the outlet."""


class MeasureName(StrEnum):
    """What is measured of an outlet. Each is a count of things in events; none says that they are good or bad."""

    FIRST = "first"
    """Events in which its article is surely before those of all other outlets, with a text of its own; of events that
    two or more outlets tell and whose times of publication decide it."""
    COPIES = "copies"
    """Articles whose text another outlet printed before, or that credit an agency; of its articles."""
    NAMED = "named"
    """Claims for which its article names a person or body as the source; of the claims that it reports."""
    CORRECTED = "corrected"
    """Articles that it changed and says so; of its articles."""
    WITHDRAWN = "withdrawn"
    """Articles that it took back; of its articles."""
    SUPERSEDED = "superseded"
    """Values of figures that a newer value replaced, as news grows; of the values that it gives as current."""


class Measure(Contract):
    """A count with what it is counted of."""

    name: MeasureName
    """What is counted."""
    count: int = Field(ge=0)
    """How many there are."""
    of: int = Field(ge=0)
    """Among how many."""
    share: float | None = Field(ge=0, le=1)
    """`count` / `of`; null where `of` is below `floor`: too few to say."""


class CopiedFrom(Contract):
    """Whose texts it printed."""

    name: str
    """An outlet, or the agency that the texts credit."""
    key: str | None
    """What `/v1/outlets/{key}` has that outlet under; null for agencies that are no outlet of the event."""
    articles: int = Field(ge=1)
    """In how many articles."""


class OutletEvent(EventReference):
    """What the outlet did in one event."""

    last_published_at: UtcDatetime | None
    """Of the event's latest dated article; null when none is dated."""
    articles: int = Field(ge=1)
    """Its articles."""
    copies: int = Field(ge=0)
    """Those whose text is another's."""
    first: bool | None
    """Whether it was first, with a text of its own; null where that cannot be told."""
    claims: int = Field(ge=0)
    """Claims that it reports."""
    named: int = Field(ge=0)
    """Those for which it names a source."""
    corrected: int = Field(ge=0)
    """Articles that it corrected."""
    withdrawn: int = Field(ge=0)
    """Articles that it took back."""
    figures: int = Field(ge=0)
    """Values of figures that it gives as current."""
    superseded: int = Field(ge=0)
    """Those that a newer value replaced."""


class FoundOutlet(Contract):
    """What one outlet did, over all events. Of very big events so much as their snapshots list."""

    key: str
    """What stands in addresses: the domain, else the name."""
    name: str
    """The name, as the newest event has it."""
    page: str
    """Where it is as a page for people."""
    articles: int = Field(ge=1)
    """Its articles."""
    covered: int = Field(ge=1)
    """Events that it tells."""
    floor: int
    """Below so many there is no share."""
    measures: tuple[Measure, ...]
    """What is counted, each with what it is counted of."""
    copied_from: tuple[CopiedFrom, ...]
    """Whose texts it printed, the most frequent 10 first."""
    events: tuple[OutletEvent, ...]
    """Events behind it, the one that changed last first: all, or those that `events` asks for."""
    next: str | None
    """Pass it as `cursor` to continue; null: these were the last."""
