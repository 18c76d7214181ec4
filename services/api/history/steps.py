"""What messages change in the view and in the history beside it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.api.changes import EventMark, NewerEvent, digest_of, document_of, event_changes
from services.api.event_lists import ListChange
from services.api.history.keeping import ChangesAdded, NewVersion, VersionsAdded, VersionsKept, add_versions
from services.contracts.event import Event
from services.runtime.messages import Message


@dataclass(frozen=True)
class EventStep:
    """An event takes a step to a newer version."""

    newer: NewerEvent
    history: VersionsAdded
    """With the versions that were passed on the way."""


@dataclass(frozen=True)
class ChangeStep:
    """What changes of an event do."""

    lists: ListChange
    history: ChangesAdded


def newer_versions(
    messages: Iterable[Message[Event]], marks: Mapping[str, EventMark]
) -> dict[str, list[Message[Event]]]:
    """Of each event the versions that are newer than the one that is stored; `messages` have them in order."""
    newer: dict[str, list[Message[Event]]] = {}
    for message in messages:
        mark = marks.get(message.value.event_id)
        if mark is None or message.value.version > mark.version:
            newer.setdefault(message.value.event_id, []).append(message)
    return newer


def event_steps(
    new: Mapping[str, Sequence[Message[Event]]],
    marks: Mapping[str, EventMark],
    kept: Mapping[str, VersionsKept],
) -> list[EventStep]:
    """What the newer versions of each event come to."""
    newest = {event_id: versions[-1].value for event_id, versions in new.items()}
    steps = []
    for newer in event_changes(newest, marks):
        event_id = newer.mark.event_id
        *passed, last = new[event_id]
        versions = [*map(_passed, passed), NewVersion(last.value.version, newer.mark.digest, newer.document, _at(last))]
        steps.append(EventStep(newer, add_versions(event_id, kept[event_id], versions)))
    return steps


def _passed(message: Message[Event]) -> NewVersion:
    document = document_of(message.value)
    return NewVersion(message.value.version, digest_of(document), document, _at(message))


def _at(message: Message[Event]) -> datetime:
    return message.logged_at or message.value.updated_at
