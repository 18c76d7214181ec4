"""Reads what changed about an event since a version or a time."""

from dataclasses import dataclass
from datetime import datetime

from services.api.history.change_cursors import ChangePlace, decode_place
from services.api.history.change_reading import read_changes
from services.api.history.entries import place_of
from services.api.history.history_store import HistoryStore
from services.contracts.changed import EventChange

CHANGES_AT_A_TIME = 200
MOST_CHANGES = 1_000
"""Changes that are looked at; whoever has been away for longer is told that there are more."""


@dataclass(frozen=True)
class ChangesSince:
    """The changes, in order."""

    event_id: str
    version: int | None
    """The version since which they are; None: a time was given."""
    since: datetime | None
    """When that version was first to be had, or the time; None: not known."""
    changes: tuple[EventChange, ...]
    whole: bool
    """Whether none is missing."""
    more: bool
    """Whether there are more than were read."""


async def changes_since(history: HistoryStore, event_id: str, since: int | datetime) -> ChangesSince:
    """The changes of an event after a version, or from a time on.

    Raises:
        TransientError: Redis does not answer.
        DamagedPack: what is stored is not what was.
    """
    changes: list[EventChange] = []
    begin: ChangePlace | int | datetime = since
    whole = True
    while True:
        part = await read_changes(history, event_id, begin, (), CHANGES_AT_A_TIME)
        changes += part.changes
        whole = whole and part.whole
        if part.next is None or len(changes) >= MOST_CHANGES:
            break
        begin = decode_place(part.next)
    if isinstance(since, datetime):
        return ChangesSince(event_id, None, since, tuple(changes), whole, part.next is not None)
    versions = await history.versions(event_id)
    place = place_of(versions, since)
    at = None if place is None else versions[place].at
    return ChangesSince(event_id, since, at, tuple(changes), whole, part.next is not None)
