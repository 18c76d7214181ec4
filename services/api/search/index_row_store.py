"""Rows of the index in Redis: a part of the key family `view:*`, written by the projector.

view:index:{event_id}    what the index keeps of an event, packed (see index_row.py), in the MULTI of its document
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.changes import NewerEvent
from services.api.cursors import id_of
from services.api.search.index_row import unpack_row
from services.api.search.index_writer import Entry
from services.api.search.row_making import pack_event
from services.api.view_store import EVENTS_INDEX, event_key, summary_key
from services.contracts.event import Event
from services.runtime.redis_client import redis_errors


def _row(event_id: str) -> str:
    return f"view:index:{event_id}"


class IndexRowStore:
    """Reads of the rows. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def members(self, after: str | None, count: int) -> list[str]:
        """At most `count` members of the list of events after one, the event that changed first first."""
        start = "-" if after is None else f"({after}"
        with redis_errors():
            rows = await self._redis.zrange(EVENTS_INDEX, start, "+", bylex=True, offset=0, num=count)
        return [cast("bytes", row).decode() for row in rows]

    async def listed(self, members: Sequence[str]) -> dict[str, Entry]:
        """As `entries`, by members of the list of events."""
        return await self.entries([id_of(member) for member in members])

    async def entries(self, event_ids: Sequence[str]) -> dict[str, Entry]:
        """Those of the events that are stored, by id, as they are now: merged ones too."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.mget([_row(event_id) for event_id in event_ids])
                pipe.mget([summary_key(event_id) for event_id in event_ids])
                rows, summaries = await pipe.execute()
        entries, old = await asyncio.to_thread(_unpacked, event_ids, rows, summaries)
        for event_id in old:
            entry = await self._made_anew(event_id)
            if entry is not None:
                entries[event_id] = entry
        return entries

    async def _made_anew(self, event_id: str) -> Entry | None:
        """From the event's document: its row has an older form, or was never made."""
        with redis_errors():
            document, summary = await self._redis.mget([event_key(event_id), summary_key(event_id)])
        if document is None or summary is None:
            return None
        return await asyncio.to_thread(_made, cast("bytes", document), cast("bytes", summary))


def _unpacked(
    event_ids: Sequence[str], rows: Sequence[bytes | None], summaries: Sequence[bytes | None]
) -> tuple[dict[str, Entry], list[str]]:
    """The entries whose rows can be read, and the events of the others."""
    entries, others = {}, []
    for event_id, packed, summary in zip(event_ids, rows, summaries, strict=True):
        row = None if packed is None else unpack_row(packed)
        if row is None or packed is None or summary is None:
            others.append(event_id)
        else:
            entries[event_id] = Entry(row, packed, summary)
    return entries, others


def _made(document: bytes, summary: bytes) -> Entry:
    packed = pack_event(Event.model_validate_json(document))
    row = unpack_row(packed)
    assert row is not None  # it was made just now
    return Entry(row, packed, summary)


def write_index_rows(pipe: Pipeline, changes: Iterable[NewerEvent]) -> None:
    """Queue the commands that put the rows of newer versions of events in place."""
    for change in changes:
        pipe.set(_row(change.mark.event_id), change.packed_row)
