"""An event as it was: at a version, or as of a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from services.api.errors import Refused, no_event
from services.api.history.entries import VersionEntry, moment_of, place_at
from services.api.history.kept_versions import KeptVersion, find_version
from services.api.history.memento import memento_headers
from services.api.history.reading import read_version
from services.api.json_answers import json_answer, unchanged
from services.api.summaries import REQUESTED_EVENT
from services.api.view_store import LONGEST_LINEAGE, ViewStore

UNCHANGING = "max-age=86400, immutable"
"""A version is what it is; for a day nobody need ask again."""


@dataclass(frozen=True)
class AsOf:
    """A moment as of which an event is asked for."""

    moment: datetime
    nearest: bool
    """Whether a moment before all that is kept is answered with the first version: RFC 7089, section 4.5.3."""


AskedVersion = int | AsOf | None
"""What is asked of an event's history: a version, a moment, or nothing."""


async def earlier_answer(request: Request, store: ViewStore, event_id: str, asked: AskedVersion) -> Response | None:
    """The event as it was, if that is asked for. Raises Refused where that is not kept, TransientError, DamagedPack."""
    if asked is None:
        return None
    if isinstance(asked, AsOf):
        return await _answer_as_of(request, store, event_id, asked)
    kept = await find_version(store.history, event_id, asked)
    return await _answer(request, store, kept, {"Cache-Control": UNCHANGING})


async def _answer_as_of(request: Request, store: ViewStore, event_id: str, asked: AsOf) -> Response:
    """As of a moment: where the event had been merged by then, the one that took it in, as it was then."""
    current = event_id
    for _ in range(LONGEST_LINEAGE):
        entries = await store.history.versions(current)
        if not entries:
            break
        place = place_at(entries, asked.moment)
        if place is None and not asked.nearest:
            raise _not_so_old(current, entries)
        successor = await _successor(store, current, entries, place)
        if successor is None:
            merged = {REQUESTED_EVENT: quote(event_id, safe="")} if current != event_id else {}
            return await _answer(request, store, KeptVersion(current, entries, place or 0), merged)
        current = successor
    raise no_event(event_id)


async def _successor(store: ViewStore, event_id: str, entries: Sequence[VersionEntry], place: int | None) -> str | None:
    """The event that had taken this one in, if its version at this place is the last and says so."""
    if place is None or place < len(entries) - 1:
        return None
    mark = (await store.marks([event_id])).get(event_id)
    if mark is None or mark.merged_into is None:
        return None
    return mark.merged_into if await store.history.versions(mark.merged_into) else None


async def _answer(request: Request, store: ViewStore, kept: KeptVersion, more_headers: Mapping[str, str]) -> Response:
    headers = {**memento_headers(kept.event_id, kept.entries, kept.place), **more_headers}
    entry = kept.entry
    etag = f'"{entry.version}-{entry.digest}"'
    answer = unchanged(request, etag, headers)
    if answer is not None:
        return answer
    document = await read_version(store.history, kept.event_id, kept.entries, kept.place)
    return json_answer(document, etag, headers)


def _not_so_old(event_id: str, entries: Sequence[VersionEntry]) -> Refused:
    first = entries[0]
    return Refused(
        HTTPStatus.NOT_FOUND,
        "Nothing that old",
        f"The history of the event {event_id} begins at version {first.version}, of {_written(first)}. Ask for then or "
        "later; an event that was merged into it meanwhile may have been there before.",
        first_version=first.version,
        first_at=_written(first),
    )


def _written(entry: VersionEntry) -> str:
    return moment_of(entry.at_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")
