"""One index: built once, then kept up to date by one writer while readers search in threads of their own."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from services.api.names.name_search import FoundName, NameRequest, NameSearch, Role
from services.api.outlets.outlet_search import FoundCounts, OutletRequest, OutletSearch
from services.api.search.claim_search import ClaimRequest, ClaimSearch, FoundClaims
from services.api.search.event_search import EventRequest, EventSearch, FoundEvents
from services.api.search.fused_search import search_fused
from services.api.search.index_writer import Entry, IndexWriter, Move
from services.api.search.near_words import NameWords
from services.api.search.one_state import one_state
from services.api.search.schema import READING
from services.api.search.time_bounds import SEARCH_SECONDS, time_bounded

READERS = 2
"""Searches at a time: SQLite searches outside of Python's lock, and more would only wait for a processor."""
FILE = "index.sqlite"

R = TypeVar("R")


class SearchIndex:
    """The index of one process. Not thread-safe itself: call it from the event loop."""

    def __init__(self, folder: Path, name: str = FILE) -> None:
        self._path = folder / name
        self._names = NameWords()
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="index-writer")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="index-reader")
        self._readers = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._writer = IndexWriter(self._path, self._names)

    async def add(self, entries: Sequence[Entry]) -> None:
        """Put in events that are not there, while the index is built."""
        await self._write(lambda: self._writer.add(entries))

    async def finish(self, position: str, moves_since: str) -> None:
        """The index is built; see IndexWriter."""
        await self._write(lambda: self._writer.finish(position, moves_since))

    async def apply(self, changed: Sequence[Entry], gone: Sequence[str], moves: Sequence[Move], position: str) -> None:
        """Bring events up to date; see IndexWriter."""
        await self._write(lambda: self._writer.apply(changed, gone, moves, position))

    async def note_moves(self, moves: Sequence[Move]) -> None:
        """Note moves from before the index was built."""
        await self._write(lambda: self._writer.note_moves(moves))

    async def forget_moves(self, before: str) -> None:
        """Drop the moves before a position, as `sortable` writes it."""
        await self._write(lambda: self._writer.forget_moves(before))

    async def events(self, request: EventRequest) -> FoundEvents:
        """Part of the list of events. Raises CursorTooOld, and Refused where it takes longer than `SEARCH_SECONDS`."""
        return await self._read(lambda db: EventSearch(db, self._names).find(request))

    async def events_fused(self, request: EventRequest, meaning: Sequence[Sequence[str]] | None) -> FoundEvents:
        """Part of the list by words and meaning; see `search_fused`. Raises Refused as `events`."""

        def search(db: sqlite3.Connection) -> FoundEvents:
            with one_state(db):
                return search_fused(EventSearch(db, self._names), request, meaning)

        return await self._read(search)

    async def claims(self, request: ClaimRequest) -> FoundClaims:
        """Part of the claims. Raises Refused where the search takes longer than `SEARCH_SECONDS`."""
        return await self._read(lambda db: ClaimSearch(db, self._names).find(request))

    async def name(self, request: NameRequest) -> FoundName:
        """What is known of a name. Raises Refused where the search takes longer than `SEARCH_SECONDS`."""
        return await self._read(lambda db: NameSearch(db).find(request))

    async def known_names(self, role: Role, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys of names of which anything is known. Raises Refused as `name`."""
        return await self._read(lambda db: NameSearch(db).known(role, keys))

    async def is_known_outlet(self, key: str) -> bool:
        """Whether any event has an article of the outlet."""
        return await self._read(lambda db: OutletSearch(db).is_known(key))

    async def outlet(self, request: OutletRequest) -> FoundCounts | None:
        """What an outlet did. Raises Refused where the search takes longer than `SEARCH_SECONDS`."""
        return await self._read(lambda db: OutletSearch(db).find(request))

    def close(self) -> None:
        """Close all connections, once what runs has ended, and remove the file."""
        self._reading.shutdown()
        self._writing.shutdown()
        for connection in self._open:
            connection.close()
        self._writer.close()
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink(missing_ok=True)

    async def _write(self, work: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writing, work)

    async def _read(self, work: Callable[[sqlite3.Connection], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._bounded, work)

    def _bounded(self, work: Callable[[sqlite3.Connection], R]) -> R:
        connection = self._connection()
        with time_bounded(connection, SEARCH_SECONDS):
            return work(connection)

    def _connection(self) -> sqlite3.Connection:
        """Of the thread that asks."""
        connection: sqlite3.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            # Closed by another thread than uses it, when no thread uses it any more.
            connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            connection.executescript(READING)
            self._readers.connection = connection
            self._open.append(connection)
        return connection
