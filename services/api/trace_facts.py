"""What can have become of an article. Pure."""

from enum import StrEnum

from services.contracts.base import Contract


class Stage(StrEnum):
    """What can happen to an article."""

    INGESTED = "ingested"
    """It came in."""
    EXTRACTED = "extracted"
    """Its claims were found."""
    JOINED = "joined"
    """It is in an event."""
    LEFT = "left"
    """It is in that event no more."""
    DEAD_LETTER = "dead_letter"
    """A service could not use a message about it."""
    IN_EVENT = "in_event"
    """Where it is now, as far as the view has it."""


class Fact(Contract):
    """Something that happened to an article. What a stage does not have is null."""

    stage: Stage
    revision: int | None = None
    """Of the article."""
    claims: int | None = None
    """How many were extracted."""
    event_id: str | None = None
    """The event that it joined or left."""
    event_version: int | None = None
    """The version of the event from which on that is so."""
    service: str | None = None
    """Who could not use the message that became a dead letter."""
    topic: str | None = None
    """Where that message came from."""
    reason: str | None = None
    """Why it could not be used."""
