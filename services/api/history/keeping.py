"""What new versions and changes of an event add to its history. Pure.

The same log, cut into whatever batches, ends in the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.api.event_lists import ListMark
from services.api.history.entries import ChangeEntry, VersionEntry, later_of
from services.api.history.packing import pack_changes, pack_delta, pack_whole
from services.contracts.changed import EventChange

WHOLE_EVERY = 64
"""Of so many version numbers the last that is there is packed alone: so many steps at most lead to any version. Numbers
count, not places: what is dropped from the front must not move which ones these are."""


@dataclass(frozen=True)
class VersionsKept:
    """How far the history of an event's snapshots is."""

    last: VersionEntry | None = None
    document: bytes = b""
    """Of the last version."""


@dataclass(frozen=True)
class NewVersion:
    """A version of an event as the view serves it."""

    version: int
    digest: str
    document: bytes
    at: datetime
    """When it was first to be had."""


@dataclass(frozen=True)
class VersionsAdded:
    """What new versions add: the last of them is in the view itself and needs no pack."""

    event_id: str
    entries: tuple[VersionEntry, ...]
    packs: Mapping[int, bytes]
    """By version, those that have a later one now."""


def add_versions(event_id: str, kept: VersionsKept, new: Sequence[NewVersion]) -> VersionsAdded:
    """What versions (in order, each after the last that is kept) add to the history."""
    entries: list[VersionEntry] = []
    packs: dict[int, bytes] = {}
    last, document = kept.last, kept.document
    for version in new:
        if last is not None:
            ends = _part_of(last.version) < _part_of(version.version)
            packs[last.version] = pack_whole(document) if ends else pack_delta(document, version.document)
        last = VersionEntry(version.version, later_of(version.at, last), version.digest)
        entries.append(last)
        document = version.document
    return VersionsAdded(event_id, tuple(entries), packs)


def _part_of(version: int) -> int:
    return (version - 1) // WHOLE_EVERY


@dataclass(frozen=True)
class LoggedChange:
    """A change, and when the broker took it."""

    change: EventChange
    at: datetime


@dataclass(frozen=True)
class ChangesKept:
    """How far the history of an event's changes is."""

    last: ChangeEntry | None = None
    part: tuple[EventChange, ...] = ()
    """The changes of the last version, where more of them are to come."""


@dataclass(frozen=True)
class ChangesAdded:
    """What changes add."""

    event_id: str
    entries: tuple[ChangeEntry, ...]
    packs: Mapping[int, bytes]
    """By version: also that of the version of which a part was kept, now with what came."""


def awaits_more(mark: ListMark) -> bool:
    """Whether more changes of the version are to come that an event's changes are at."""
    return mark.place > 0


def add_changes(event_id: str, kept: ChangesKept, new: Sequence[LoggedChange]) -> ChangesAdded:
    """What changes that were not there add to the history, in order."""
    entries: list[ChangeEntry] = []
    last = kept.last
    by_version: dict[int, list[EventChange]] = {}
    for logged in new:
        change = logged.change
        if last is None or change.version > last.version:
            last = ChangeEntry(change.version, later_of(logged.at, last), change.previous_version)
            entries.append(last)
        by_version.setdefault(change.version, []).append(change)
    packs = {
        version: pack_changes((*(kept.part if kept.last and kept.last.version == version else ()), *changes))
        for version, changes in by_version.items()
    }
    return ChangesAdded(event_id, tuple(entries), packs)
