"""What placing an article did, and what a shard has to save."""

from dataclasses import dataclass, field
from enum import StrEnum


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
class Placement:
    """Where an article went, and which events changed by it: those that closed first, its own last."""

    article_id: str
    event_id: str
    outcome: Outcome
    changed: tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """What changed since the last save. Sets hold ids; a removed id is never in its other set."""

    articles: set[str] = field(default_factory=set)

    events: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    removed_articles: set[str] = field(default_factory=set)
    removed_events: set[str] = field(default_factory=set)
