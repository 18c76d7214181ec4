"""Changes of an event from a version, a time or a cursor on, part by part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from services.api.history.change_cursors import ChangePlace, encode_place
from services.api.history.entries import ChangeEntry, place_after, place_since
from services.api.history.history_store import HistoryStore
from services.api.history.models import EventChanges
from services.api.history.packing import unpack_changes
from services.contracts.changed import EventChange

VERSIONS_AT_A_TIME = 100
"""Versions whose changes one request looks through: 20 changes a version take a millisecond to read."""


@dataclass(frozen=True)
class _Start:
    """Where a part begins."""

    index: int
    """Of the first version whose changes can be in it."""
    known: ChangePlace
    """The last change that the client has, or a version of which it has all."""


async def read_changes(
    store: HistoryStore,
    event_id: str,
    since: ChangePlace | int | datetime,
    kinds: Collection[str],
    limit: int,
) -> EventChanges:
    """At most `limit` changes of the event.

    Args:
        store: Where they are kept.
        event_id: Of the event.
        since: A change, or a version: what comes after it; 0: all. A time: what came then or later.
        kinds: Those wanted; empty: all.
        limit: Most changes given.

    Raises:
        TransientError: Redis does not answer.
        DamagedPack: what is stored is not what was.
    """
    entries = await store.change_entries(event_id)
    start = _start(entries, since)
    looked_at = entries[start.index : start.index + VERSIONS_AT_A_TIME]
    packs = await store.change_packs(event_id, [entry.version for entry in looked_at])
    versions = await run_in_threadpool(lambda: [unpack_changes(pack) if pack else () for pack in packs])
    changes = [change for version in versions for change in version if (change.version, change.place) > start.known]
    wanted = [change for change in changes if not kinds or change.kind in kinds]
    shown = wanted[:limit]
    last = next(reversed(shown if len(wanted) > limit else changes), None)
    ends = (
        len(wanted) <= limit
        and start.index + len(looked_at) == len(entries)
        and (last is None or last.place == last.changes)  # else the rest of the version is on its way
    )
    return EventChanges(
        event_id=event_id,
        version=entries[-1].version if entries else 0,
        whole=_is_whole(start.known, looked_at, versions),
        kept_after=entries[0].previous_version if entries else 0,
        next=None if ends or last is None else encode_place(ChangePlace(last.version, last.place)),
        changes=tuple(shown),
    )


def _start(entries: Sequence[ChangeEntry], since: ChangePlace | int | datetime) -> _Start:
    if isinstance(since, ChangePlace):
        return _Start(place_after(entries, since.version - 1), since)
    if isinstance(since, datetime):
        index = place_since(entries, since)
        return _Start(index, _all_of(entries[index - 1].version if index else 0))
    return _Start(place_after(entries, since), _all_of(since))


def _all_of(version: int) -> ChangePlace:
    return ChangePlace(version, 10**9)


def _is_whole(known: ChangePlace, entries: Sequence[ChangeEntry], versions: Sequence[Sequence[EventChange]]) -> bool:
    """Whether versions follow each other from the one that is known, each with all its changes.

    The last one may have more to come.
    """
    before = known.version
    for at, (entry, changes) in enumerate(zip(entries, versions, strict=True)):
        follows = entry.previous_version <= before or entry.version == known.version
        complete = bool(changes) and [change.place for change in changes] == list(range(1, len(changes) + 1))
        if not (follows and complete and (at == len(entries) - 1 or changes[-1].place == changes[-1].changes)):
            return False
        before = entry.version
    return True
