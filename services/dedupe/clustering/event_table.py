"""The events of a shard: their records, and what happens to them."""

import hashlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from services.contracts.event import EventStatus, LineageEntry
from services.dedupe.clustering.closings import Closings
from services.dedupe.clustering.records import EventRecord

LONGEST_LINEAGE = 50
"""Entries that an event keeps. One that much happens to would otherwise grow without bound."""


@dataclass(slots=True)
class _Event:
    """The fields of its record, in a fifth of the room that a checked model takes."""

    event_id: str
    version: int
    status: EventStatus
    founder_id: str
    updated_at: datetime
    active_at: datetime | None
    sequence: int
    merged_into: str | None
    lineage: tuple[LineageEntry, ...]

    @classmethod
    def of(cls, record: EventRecord) -> Self:
        return cls(**{name: getattr(record, name) for name in EventRecord.model_fields})

    def record(self) -> EventRecord:
        return EventRecord(**{name: getattr(self, name) for name in EventRecord.model_fields})

    @property
    def last_active(self) -> datetime:
        return self.active_at or self.updated_at


class EventTable:
    """Events in memory: the open ones, and those that closed or merged since the last save."""

    def __init__(self) -> None:
        self._events: dict[str, _Event] = {}
        self._closings = Closings()
        self._ended: list[str] = []

    def restore(self, records: Iterable[EventRecord]) -> None:
        """Take events in."""
        for record in records:
            self._add(_Event.of(record))

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._events

    def __iter__(self) -> Iterator[str]:
        return iter(self._events)

    def find_id(self, event_id: str) -> str | None:
        """The one object that stands for this id, so that many need not be kept; None if there is no such event."""
        event = self._events.get(event_id)
        return None if event is None else event.event_id

    def record(self, event_id: str) -> EventRecord:
        """Its record. Raises KeyError if it is not in memory."""
        return self._events[event_id].record()

    def is_open(self, event_id: str) -> bool:
        """Whether articles can join or be revised."""
        return event_id in self._events and self._events[event_id].status is EventStatus.OPEN

    def age(self, event_id: str) -> int:
        """Rank by when it was founded."""
        return self._events[event_id].sequence

    def found(
        self, event_id: str, founder_id: str, sequence: int, *, updated_at: datetime, clock: datetime | None
    ) -> None:
        """Add an event."""
        self._add(
            _Event(
                event_id=event_id,
                version=1,
                status=EventStatus.OPEN,
                founder_id=founder_id,
                updated_at=updated_at,
                active_at=clock,
                sequence=sequence,
                merged_into=None,
                lineage=(),
            )
        )

    def touch(
        self, event_id: str, updated_at: datetime, clock: datetime | None, members: AbstractSet[str], *, sequence: int
    ) -> None:
        """Note that placement number `sequence` changed it; unless that founded it, it has a new version.

        `members`: that it has now.
        """
        event = self._events[event_id]
        event.updated_at, event.active_at = updated_at, clock
        event.version += event.sequence != sequence
        if members and event.founder_id not in members:
            event.founder_id = min(members)
        self._closings.note(event.event_id, event.last_active)

    def add_lineage(self, event_id: str, entry: LineageEntry) -> None:
        """Add to its lineage."""
        event = self._events[event_id]
        event.lineage = (*event.lineage, entry)[-LONGEST_LINEAGE:]

    def merge(self, event_id: str, into: str) -> None:
        """Note that it was taken up. Its members have left it."""
        event = self._events[event_id]
        event.status, event.merged_into = EventStatus.MERGED, into
        self._ended.append(event_id)

    def drop(self, event_id: str) -> None:
        """Forget an event of which nobody was told."""
        del self._events[event_id]

    def close(self, event_id: str) -> None:
        """End it: nothing can join any more."""
        event = self._events[event_id]
        event.version += 1
        event.status = EventStatus.CLOSED
        self._ended.append(event_id)

    def ended(self, clock: datetime, live_for: timedelta) -> list[str]:
        """Open events that got no article for so long, ascending."""
        return sorted(
            {
                event_id
                for active_at, event_id in self._closings.passed(clock - live_for)
                if self.is_open(event_id) and self._events[event_id].last_active == active_at
            }
        )

    def forget_ended(self) -> list[str]:
        """Let events that are not open leave; their ids."""
        ended, self._ended = self._ended, []
        for event_id in ended:
            del self._events[event_id]
        return ended

    def _add(self, event: _Event) -> None:
        self._events[event.event_id] = event
        self._closings.note(event.event_id, event.last_active)


def founded_id(founder_id: str) -> str:
    """Stable id of the event that an article founds when it comes."""
    return _hashed(founder_id)


def split_id(article_id: str, sequence: int) -> str:
    """Id of the event that an article founds when placement number `sequence` splits it off."""
    return _hashed(f"{article_id}:{sequence}")


def _hashed(name: str) -> str:
    return "evt_" + hashlib.sha256(name.encode()).hexdigest()[:20]
