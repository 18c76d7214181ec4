"""What placing an article did, and what a shard has to save."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.records import EventRecord


class Outcome(StrEnum):
    """What placing an article did."""

    FOUNDED = "founded"
    JOINED = "joined"
    REVISED = "revised"
    EMBEDDED_ANEW = "embedded_anew"
    """Known, with vectors of another model: they take the place of those that it had."""
    UNCHANGED = "unchanged"
    """This revision, or a later one, was already here."""
    TOO_LATE = "too_late"
    """A new revision of an article whose event has closed."""


@dataclass(frozen=True, slots=True)
class JoinedArticle:
    """An article that came into an event, as it was then. What is None was not in memory: the store has it."""

    article_id: str
    embedded: EmbeddedArticle | None
    membership: Membership | None


@dataclass(frozen=True, slots=True)
class PlacementEffect:
    """What one placement did to one event.

    Attributes:
        record: The event as it was then.
        joined: Articles that came in, and the revised one, ascending.
        left: Ids of articles that went to another event, ascending.
        members: How many articles were in it then.
    """

    record: EventRecord
    joined: tuple[JoinedArticle, ...]
    left: tuple[str, ...]
    members: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went, and what that changed: events that closed first, its own last."""

    article_id: str
    event_id: str
    outcome: Outcome
    changes: tuple[PlacementEffect, ...]

    @property
    def changed_event_ids(self) -> tuple[str, ...]:
        """Ids of the events that changed."""
        return tuple(change.record.event_id for change in self.changes)


@dataclass(slots=True)
class UnsavedChanges:
    """What changed since the last save. Sets hold ids; a removed id is never in its other set."""

    articles: set[str] = field(default_factory=set)
    """Live ones."""
    events: set[str] = field(default_factory=set)
    """Open ones."""
    placed: set[str] = field(default_factory=set)
    """Articles, live or not, that came, were revised or went to another event."""
    removed_articles: set[str] = field(default_factory=set)
    removed_events: set[str] = field(default_factory=set)
