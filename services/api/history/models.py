"""The bodies of the history that are no contracts of their own."""

from pydantic import Field

from services.api.history.change_cursors import CURSOR_EXAMPLE
from services.contracts.base import Contract
from services.contracts.changed import EventChange


class EventChanges(Contract):
    """Part of the changes of an event, the earliest first."""

    event_id: str
    """The event: the one that was asked for, also where another one has taken it up (its last change is `merged`)."""
    version: int
    """The latest version of the event that changes lead to; 0: none have come."""
    whole: bool
    """Whether no change is missing between where this part begins and where it ends. False where changes were dropped
    because they were too old, or are older than their topic keeps them and were not here when they were new."""
    kept_after: int = 0
    """The history of changes begins after this version; 0: with the event. A list that begins before it is not
    whole."""
    next: str | None = Field(default=None, examples=[CURSOR_EXAMPLE])
    """Pass it as `cursor` to continue; null: these were the last changes so far. A part can have fewer changes than its
    limit, even none, and still a `next`."""
    changes: tuple[EventChange, ...]
    """The changes, in order."""
