"""The events of a shard: their records, and what happens to them."""

import hashlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from services.contracts.event import EventStatus, LineageEntry
from services.dedupe.clustering.activity_heap import ActivityHeap
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
    def from_event_record(cls, event_record: EventRecord) -> Self:
        return cls(**{name: getattr(event_record, name) for name in EventRecord.model_fields})

    def to_event_record(self) -> EventRecord:
        return EventRecord(**{name: getattr(self, name) for name in EventRecord.model_fields})

    @property
    def last_active_at(self) -> datetime:
        return self.active_at or self.updated_at


class EventTable:
    """Events in memory: the open ones, and those that closed or merged since the last save."""

    def __init__(self) -> None:
        self._events: dict[str, _Event] = {}
        self._closings = ActivityHeap()
        self._ended: list[str] = []

    def restore_events(self, event_records: Iterable[EventRecord]) -> None:
        """Take events in."""
        for record in event_records:
            self._add_event(_Event.from_event_record(record))

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._events

    def __iter__(self) -> Iterator[str]:
        return iter(self._events)

    def find_interned_id(self, event_id: str) -> str | None:
        """The one object that stands for this id, so that many need not be kept; None if there is no such event."""
        event = self._events.get(event_id)
        return None if event is None else event.event_id

    def event_record(self, event_id: str) -> EventRecord:
        """Its record. Raises KeyError if it is not in memory."""
        return self._events[event_id].to_event_record()

    def is_open(self, event_id: str) -> bool:
        """Whether articles can join or be revised."""
        return event_id in self._events and self._events[event_id].status is EventStatus.OPEN

    def founding_sequence(self, event_id: str) -> int:
        """Rank by when it was founded."""
        return self._events[event_id].sequence

    def create_event(
        self, event_id: str, founder_id: str, sequence: int, *, updated_at: datetime, clock: datetime | None
    ) -> None:
        """Add an event."""
        self._add_event(
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

    def apply_change(
        self,
        event_id: str,
        updated_at: datetime,
        clock: datetime | None,
        member_ids: AbstractSet[str],
        *,
        sequence: int,
    ) -> None:
        """Note that placement number `sequence` changed it; unless that founded it, it has a new version.

        `member_ids`: that it has now.
        """
        event = self._events[event_id]
        event.updated_at, event.active_at = updated_at, clock
        event.version += event.sequence != sequence
        if member_ids and event.founder_id not in member_ids:
            event.founder_id = min(member_ids)
        self._closings.add_activity(event.event_id, event.last_active_at)

    def add_lineage_entry(self, event_id: str, entry: LineageEntry) -> None:
        """Add to its lineage."""
        event = self._events[event_id]
        event.lineage = (*event.lineage, entry)[-LONGEST_LINEAGE:]

    def mark_merged(self, event_id: str, into_event_id: str) -> None:
        """Note that it was taken up. Its members have left it."""
        event = self._events[event_id]
        event.status, event.merged_into = EventStatus.MERGED, into_event_id
        self._ended.append(event_id)

    def forget_event(self, event_id: str) -> None:
        """Forget an event of which nobody was told."""
        del self._events[event_id]

    def mark_closed(self, event_id: str) -> None:
        """End it: nothing can join any more."""
        event = self._events[event_id]
        event.version += 1
        event.status = EventStatus.CLOSED
        self._ended.append(event_id)

    def pop_expired_events(self, clock: datetime, live_for: timedelta) -> list[str]:
        """Open events that got no article for so long, ascending."""
        return sorted(
            {
                event_id
                for active_at, event_id in self._closings.pop_activities_before(clock - live_for)
                if self.is_open(event_id) and self._events[event_id].last_active_at == active_at
            }
        )

    def pop_ended_events(self) -> list[str]:
        """Let events that are not open leave; their ids."""
        ended, self._ended = self._ended, []
        for event_id in ended:
            del self._events[event_id]
        return ended

    def _add_event(self, event: _Event) -> None:
        self._events[event.event_id] = event
        self._closings.add_activity(event.event_id, event.last_active_at)


def hash_event_id(founder_article_id: str) -> str:
    """Stable id of the event that an article founds when it comes."""
    return _hash_to_event_id(founder_article_id)


def hash_split_event_id(article_id: str, placement_number: int) -> str:
    """Id of the event that an article founds when placement number `placement_number` splits it off."""
    return _hash_to_event_id(f"{article_id}:{placement_number}")


def _hash_to_event_id(text: str) -> str:
    return "evt_" + hashlib.sha256(text.encode()).hexdigest()[:20]
