"""An event as it was: its document at an earlier version, byte for byte."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from services.api.history.entries import VersionEntry, place_of
from services.api.history.history_store import HistoryStore, PackedVersions
from services.api.history.keeping import WHOLE_EVERY
from services.api.history.kept_versions import no_version
from services.api.history.packing import DamagedPack, is_whole, unpack_version
from services.runtime.errors import TransientError

_TRIES = 5
"""Reads of one version while the event changes under it."""


async def read_version(store: HistoryStore, event_id: str, entries: Sequence[VersionEntry], place: int) -> bytes:
    """The document of the version at a place of the event's index.

    Versions from it to the next one that is packed alone, or to the last one, are read at one moment and unpacked
    backwards: `WHOLE_EVERY` of them at most, or twice as many where an earlier release began to pack them.

    Raises:
        Refused: the version was dropped meanwhile.
        TransientError: Redis does not answer, or the event went on faster than it could be read.
        DamagedPack: what is stored is not what was.
    """
    version, reach = entries[place].version, WHOLE_EVERY
    for _ in range(_TRIES):
        window = entries[place : place + reach]
        read = await store.packed_versions(event_id, [entry.version for entry in window])
        chain = _chain(read, window)
        if chain is not None:
            return await run_in_threadpool(_unpack, *chain)
        # The last version was packed meanwhile, or the first ones were dropped; or it is further to one that is whole.
        entries, reach = await store.versions(event_id), 2 * WHOLE_EVERY
        found = place_of(entries, version)
        if found is None:
            raise no_version(event_id, version, entries)
        place = found
    raise TransientError(f"the versions of {event_id} change while they are read")


def _chain(read: PackedVersions, window: Sequence[VersionEntry]) -> tuple[list[bytes], bytes | None] | None:
    """Packs from the first version of the window to one that is whole, or to the last, whose document comes with them.

    None: they do not lead so far.
    """
    packs: list[bytes] = []
    for entry, pack in zip(window, read.packs, strict=True):
        if read.last is not None and entry.version == read.last.version:
            return packs, read.document
        if pack is None:
            return None
        packs.append(pack)
        if is_whole(pack):
            return packs, None
    return None


def _unpack(packs: Sequence[bytes], document: bytes | None) -> bytes:
    for pack in reversed(packs):
        document = unpack_version(pack, document)
    if document is None:
        raise DamagedPack("neither a pack nor a document is there")
    return document
