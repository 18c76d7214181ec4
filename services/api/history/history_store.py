"""The history of events in Redis: a part of the key family `view:*`.

view:event-versions:{event_id}    list, in order: `<version> <ms since 1970> <digest>` of every version of the snapshot
view:event-packs:{event_id}       hash: by version, its snapshot packed; the last stands in `view:event:{event_id}`
view:event-changes-at:{event_id}  list, in order: `<version> <ms since 1970> <previous version>` of every version that
                                  changes lead to
view:event-changes:{event_id}     hash: by version, its changes packed

The front of both lists goes, with its packs, where an operator gave the history an end: see dropping.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.history.entries import ChangeEntry, VersionEntry
from services.api.history.keeping import ChangesAdded, ChangesKept, VersionsAdded, VersionsKept
from services.api.history.packing import unpack_changes
from services.runtime.redis_client import redis_errors


def versions_key(event_id: str) -> str:
    """Where the index of an event's versions is."""
    return f"view:event-versions:{event_id}"


def packs_key(event_id: str) -> str:
    """Where its earlier versions are."""
    return f"view:event-packs:{event_id}"


def changes_at_key(event_id: str) -> str:
    """Where the index of its changes is."""
    return f"view:event-changes-at:{event_id}"


def changes_key(event_id: str) -> str:
    """Where its changes are."""
    return f"view:event-changes:{event_id}"


def _document(event_id: str) -> str:
    return f"view:event:{event_id}"


@dataclass(frozen=True)
class PackedVersions:
    """Packs of versions that follow each other, and what stands after them; all of one moment."""

    packs: tuple[bytes | None, ...]
    document: bytes | None
    """Of the last version of the event."""
    last: VersionEntry | None
    """Which version that is."""


class HistoryStore:
    """Reads of the history. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def versions_kept(self, event_ids: Iterable[str]) -> dict[str, VersionsKept]:
        """How far the history of each event's snapshots is; nothing where a version is not told of."""
        wanted = list(event_ids)
        if not wanted:
            return {}
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                for event_id in wanted:
                    pipe.lindex(versions_key(event_id), -1)
                    pipe.get(_document(event_id))
                answers = await pipe.execute()
        kept = {}
        for at, event_id in enumerate(wanted):
            last, document = answers[2 * at : 2 * at + 2]
            if last is None or document is None:
                kept[event_id] = VersionsKept()
            else:
                kept[event_id] = VersionsKept(VersionEntry.parse(last), document)
        return kept

    async def changes_kept(self, with_part: Mapping[str, bool]) -> dict[str, ChangesKept]:
        """How far the history of each event's changes is; where it says so, with those of its last version."""
        if not with_part:
            return {}
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for event_id in with_part:
                    pipe.lindex(changes_at_key(event_id), -1)
                answers = await pipe.execute()
        last = {
            event_id: ChangeEntry.parse(entry)
            for event_id, entry in zip(with_part, answers, strict=True)
            if entry is not None
        }
        kept = {event_id: ChangesKept(last.get(event_id)) for event_id in with_part}
        for event_id, entry in last.items():
            if with_part[event_id]:
                (pack,) = await self.change_packs(event_id, [entry.version])
                kept[event_id] = ChangesKept(entry, unpack_changes(pack) if pack is not None else ())
        return kept

    async def versions(self, event_id: str) -> list[VersionEntry]:
        """Every version of the event's snapshot that is kept, the last one included."""
        return [VersionEntry.parse(entry) for entry in await self._list(versions_key(event_id))]

    async def packed_versions(self, event_id: str, versions: Sequence[int]) -> PackedVersions:
        """The packs of these versions; None where there is none."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hmget(packs_key(event_id), [str(version) for version in versions])
                pipe.get(_document(event_id))
                pipe.lindex(versions_key(event_id), -1)
                packs, document, last = await pipe.execute()
        return PackedVersions(tuple(packs), document, None if last is None else VersionEntry.parse(last))

    async def change_entries(self, event_id: str, latest: int = 0) -> list[ChangeEntry]:
        """The latest versions that changes of the event lead to; 0: all of them."""
        return [ChangeEntry.parse(entry) for entry in await self._list(changes_at_key(event_id), -latest)]

    async def change_packs(self, event_id: str, versions: Sequence[int]) -> list[bytes | None]:
        """The packed changes of these versions; None where there are none."""
        if not versions:
            return []
        with redis_errors():
            answer = await self._redis.hmget(changes_key(event_id), [str(version) for version in versions])
        return cast("list[bytes | None]", answer)

    async def _list(self, key: str, start: int = 0) -> list[bytes]:
        with redis_errors():
            return cast("list[bytes]", await self._redis.lrange(key, start, -1))


def write_versions(pipe: Pipeline, added: Iterable[VersionsAdded]) -> None:
    """Queue the commands that keep versions."""
    for of_event in added:
        event_id = of_event.event_id
        _write(pipe, packs_key(event_id), of_event.packs, versions_key(event_id), of_event.entries)


def write_changes(pipe: Pipeline, added: Iterable[ChangesAdded]) -> None:
    """Queue the commands that keep changes."""
    for of_event in added:
        event_id = of_event.event_id
        _write(pipe, changes_key(event_id), of_event.packs, changes_at_key(event_id), of_event.entries)


def _write(
    pipe: Pipeline,
    hash_key: str,
    packs: Mapping[int, bytes],
    list_key: str,
    entries: Sequence[VersionEntry] | Sequence[ChangeEntry],
) -> None:
    if packs:
        pipe.hset(hash_key, mapping={str(version): pack for version, pack in packs.items()})
    if entries:
        pipe.rpush(list_key, *(entry.text() for entry in entries))
