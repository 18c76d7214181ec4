"""What `/v1/match` is asked and answers."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from services.api.draft_models import Draft, SentFields
from services.api.summaries import EventSummary
from services.contracts.base import Contract

MOST_DRAFTS = 50


def _bounded(value: object) -> object:
    """Refused before any is read: pydantic reads all of a list that is too long, and lists what is wrong with each."""
    if isinstance(value, list) and len(value) > MOST_DRAFTS:
        raise ValueError(f"give at most {MOST_DRAFTS} texts")
    return value


class Drafts(SentFields):
    """Several texts at once."""

    drafts: Annotated[tuple[Draft, ...], Field(min_length=1, max_length=MOST_DRAFTS), BeforeValidator(_bounded)]
    """The texts."""


def _form(value: Any) -> str:
    several = "drafts" in value if isinstance(value, dict) else isinstance(value, Drafts)
    return "drafts" if several else "draft"


MatchRequest = Annotated[
    Annotated[Draft, Tag("draft")] | Annotated[Drafts, Tag("drafts")],
    Discriminator(_form),
]
"""A text, or several."""


class MatchedEvent(Contract):
    """An event that a text may be about."""

    event: EventSummary
    """The event."""
    probability: float = Field(ge=0, le=1)
    """How probable it is that the text is about it."""
    nearest_article_id: str
    """Its article that the text is most like."""
    same_url: bool
    """Whether one of its articles has the text's address. Then it is the event, whatever the signals."""
    signals: dict[str, float]
    """What was compared. docs/http-api.md says what each is."""
    for_it: tuple[str, ...]
    """The signals that speak most for it, the strongest first."""
    against_it: tuple[str, ...]
    """The signals that speak most against it, the strongest first."""


class Match(Contract):
    """Which event a text is about."""

    matched: bool
    """Whether it is about `best`. If not, it is about no event that is known here."""
    best: MatchedEvent | None
    """The most probable event, also where it is not probable enough; null where nothing is near."""
    runner_up: MatchedEvent | None
    """The one that comes second."""
    threshold: float
    """The probability from which on a text is said to be about an event."""
    reason: str
    """Why, in one sentence for people."""
    position: str
    """How far the view was: a position of the update log. What came later was not seen for sure."""
    decision: str
    """Version of the weights and name of the embedding model."""


class Matches(Contract):
    """Several texts, in the order in which they were sent."""

    matches: tuple[Match, ...]
    """One for each text."""
