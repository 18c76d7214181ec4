"""What `/v1/check` is asked and answers."""

from enum import StrEnum

from pydantic import Field

from services.api.draft_models import Draft
from services.api.match.models import Match
from services.contracts.article import Publisher
from services.contracts.base import Contract, Span, UtcDatetime

MOST_CHECKED_CHARS = 50_000
MOST_CHECKED_CLAIMS = 400
"""Of one draft: each takes time for each claim of the event."""


class CheckRequest(Draft):
    """A draft to be checked."""

    text: str = Field(min_length=1, max_length=MOST_CHECKED_CHARS)
    """The text, shorter than for a match: each of its claims is compared with each of the event's."""
    event_id: str | None = None
    """The event that it is about; null: the one that matching finds."""


class Status(StrEnum):
    """What the event's reports say of a claim."""

    REPORTED = "reported"
    """Two or more independent origins report it."""
    SINGLE_SOURCE = "single_source"
    """It is reported, but all of it goes back to one origin or one source."""
    DENIED = "denied"
    """Somebody says that it is not so. Whether others say that it is shows in `origins`."""
    SUPERSEDED = "superseded"
    """It gives an amount that newer reports have replaced."""
    NOT_REPORTED = "not_reported"
    """No report surely says the same. That is no sign that it is wrong."""


class CitedPassage(Contract):
    """Words of an article."""

    article_id: str
    """The article."""
    publisher: Publisher
    """Who published it."""
    span: Span
    """Where they stand in its `text`."""
    text: str
    """The words, verbatim."""
    published_at: UtcDatetime | None = None
    """When the article was published."""


class Denial(Contract):
    """Somebody who says that it is not so."""

    source: str | None
    """Who; null where the outlet says so itself."""
    claim_id: str
    """The event's claim."""
    passages: tuple[CitedPassage, ...]
    """Where, one an article."""


class OtherAmount(Contract):
    """An amount that a report gives in the place of the draft's."""

    surface: str
    """As written."""
    value: float
    """The number."""
    unit: str | None
    """As `Quantity.unit`."""
    source: str | None
    """Who gave it; null where none is named."""
    claim_id: str
    """The event's claim."""
    newer: bool
    """Whether it replaces the draft's: the same source gave it later, or a count has grown."""
    passages: tuple[CitedPassage, ...]
    """Where, one an article."""


class CheckedClaim(Contract):
    """One claim of the draft beside the event."""

    text: str
    """The draft's words."""
    span: Span
    """Where they stand in the draft's `text`."""
    status: Status
    """What the reports say of it."""
    explanation: str
    """The same in a sentence for people."""
    claim_ids: tuple[str, ...] = ()
    """The event's claims that say the same."""
    origins: int = Field(default=0, ge=0)
    """How many independent origins report it."""
    said_by: tuple[str, ...] = ()
    """Sources with a name that the reports give it to."""
    root_source: str | None = None
    """The one source that all reports go back to, if there is one."""
    passages: tuple[CitedPassage, ...] = ()
    """Where reports say the same, one an article."""
    denials: tuple[Denial, ...] = ()
    """Who says that it is not so."""
    other_amounts: tuple[OtherAmount, ...] = ()
    """What reports give in the place of its amounts."""


class CheckAnswer(Contract):
    """A draft beside an event, claim by claim."""

    event_id: str | None
    """The event; null: the draft is about none that is here, so that nothing of it is reported."""
    event_version: int | None
    """Its version."""
    claims: tuple[CheckedClaim, ...]
    """The draft's claims, in the order in which they stand: the first 400."""
    not_checked: int = Field(default=0, ge=0)
    """Claims of the draft after these. Send the rest of the text by itself."""
    not_compared: int = Field(default=0, ge=0)
    """Claims of the event that its snapshot leaves out, so that the draft was not compared with them: only of big
    events. What is `not_reported` may be among them."""
    counts: dict[str, int]
    """How many have each status."""
    match: Match | None
    """How the event was found; null where the request names it."""
