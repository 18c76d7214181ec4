"""Builds the index from the view, then follows the update log.

Every process of the http side has one. On start it notes how far the log is, reads all events, then reads the log on
from there. A view that was dropped and written anew has a new log: then the index is built anew, too.
"""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from services.api.search.index_files import index_folder
from services.api.search.index_row_store import IndexRowStore
from services.api.search.index_writer import Entry, Move
from services.api.search.list_cursors import sortable
from services.api.search.search_index import SearchIndex
from services.api.updates.positions import BEGINNING, order_of
from services.api.updates.update_log import Update, UpdateLog
from services.contracts.event import EventStatus
from services.runtime.errors import TransientError
from services.runtime.stopping import raise_if_cancelled

BUILT_AT_ONCE = 2_000
"""Events that are read and put in at a time while the index is built."""
FOLLOWED_AT_ONCE = 200
"""Entries of the log that are followed at a time."""
WAIT_MS = 500
"""Longest wait for an entry of the log, between two looks at whether it is the same log."""
MOVES_MS = 6 * 60 * 60 * 1000
"""How long moves are known: so long a walk of the list misses nothing and gives nothing twice."""
FORGET_EVERY = 10_000
"""Entries after which old moves are dropped."""
PAUSE_SECONDS = 2.0
"""After a failure."""

log = structlog.get_logger()


class IndexFollower:
    """Keeps one index; `index` is None until it is built."""

    def __init__(self, rows: IndexRowStore, update_log: UpdateLog, folder: Path | None = None) -> None:
        self.index: SearchIndex | None = None
        self.position = BEGINNING
        """How far the index is in the update log."""
        self._rows = rows
        self._log = update_log
        self._folder = folder
        self._caught_up = asyncio.Condition()
        self._built = 0
        self._followed = 0

    @property
    def is_ready(self) -> bool:
        """Whether there is an index to ask."""
        return self.index is not None

    async def reach(self, position: str, seconds: float) -> bool:
        """Wait until the index is as far as a position of the log; whether it is within so many seconds.

        Of a position that the log has not reached itself nothing is awaited. Raises TransientError.
        """
        if order_of(self.position) >= order_of(position) or order_of(position) > order_of(await self._log.head()):
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._caught_up:
                await self._caught_up.wait_for(lambda: order_of(self.position) >= order_of(position))
                return True
        return False

    async def run(self) -> None:
        """Build the index and follow the log until cancelled. What fails is tried again after a pause."""
        while True:
            try:
                with index_folder(self._folder) as folder:
                    await self._run_in(folder)
            except OSError as error:
                log.error("no place for the index: give a folder in NEWSWEAVE_INDEX_DIR", reason=repr(error))  # noqa: TRY400
                await asyncio.sleep(PAUSE_SECONDS)

    async def _run_in(self, folder: Path) -> None:
        try:
            while True:
                try:
                    await self._build(folder)
                    while await self._is_same_log():
                        raise_if_cancelled()
                        await self._follow()
                    log.warning("the view was written anew, building the index anew")
                except (TransientError, sqlite3.Error) as error:
                    log.warning("the index does not get on, trying again", reason=repr(error))
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            if self.index is not None:
                self.index.close()
                self.index = None

    async def _build(self, folder: Path) -> None:
        """A new index of what the view has; it takes the place of the one before."""
        if self.index is not None and await self._is_same_log():
            return  # what failed was following: the index is as good as before
        self._built += 1
        index = SearchIndex(folder, f"index-{self._built}.sqlite")
        try:
            position = await self._log.head()
            events = await self._add_all(index)
            since = await self._recall_moves(index, position)
            await index.finish(position, since)
        except BaseException:
            index.close()
            raise
        before, self.index = self.index, index
        await self._set_position(position)
        log.info("index is built", events=events, position=position)
        if before is not None:
            before.close()

    async def _add_all(self, index: SearchIndex) -> int:
        """Put all events of the view in; how many they are. While one part is put in, the next is read."""
        known: set[str] = set()
        members = await self._rows.members(None, BUILT_AT_ONCE)
        entries = await self._rows.listed(members) if members else {}
        while members:
            # An event that moves meanwhile is met twice; the log has its latest version.
            new = [entry for event_id, entry in entries.items() if event_id not in known and _is_listed(entry)]
            known.update(entry.event_id for entry in new)
            adding = asyncio.ensure_future(index.add(new))
            try:
                members = await self._rows.members(members[-1], BUILT_AT_ONCE)
                entries = await self._rows.listed(members) if members else {}
            finally:
                await adding
        return len(known)

    async def _recall_moves(self, index: SearchIndex, head: str) -> str:
        """Note the moves of the last hours, up to where the index begins; since when, as `sortable` writes it."""
        after = _hours_before(head)
        floor = await self._log.floor()
        since = after if order_of(after) > order_of(floor) else floor
        while order_of(after) < order_of(head):
            updates = [
                update
                for update in await self._log.read(after, BUILT_AT_ONCE)
                if order_of(update.position) <= order_of(head)
            ]
            if not updates:
                break
            await index.note_moves(list(_moves(updates)))
            after = updates[-1].position
        return sortable(since)

    async def _follow(self) -> None:
        """Take up what the log has next, or wait a moment for it."""
        assert self.index is not None
        updates = await self._log.read(self.position, FOLLOWED_AT_ONCE, WAIT_MS)
        if not updates:
            return
        event_ids = list(dict.fromkeys(update.event_id for update in updates))
        entries = await self._rows.entries(event_ids)
        changed = [entry for entry in entries.values() if _is_listed(entry)]
        gone = [event_id for event_id in event_ids if event_id not in entries or not _is_listed(entries[event_id])]
        await self.index.apply(changed, gone, list(_moves(updates)), updates[-1].position)
        await self._set_position(updates[-1].position)
        self._followed += len(updates)
        if self._followed >= FORGET_EVERY:
            self._followed = 0
            await self.index.forget_moves(sortable(_hours_before(self.position)))

    async def _is_same_log(self) -> bool:
        """Whether the log goes on after what was read of it; if not, the view was dropped and written anew."""
        bounds = await self._log.bounds()
        return bounds.reaches(self.position) and order_of(bounds.head) >= order_of(self.position)

    async def _set_position(self, position: str) -> None:
        async with self._caught_up:
            self.position = position
            self._caught_up.notify_all()


def _is_listed(entry: Entry) -> bool:
    return entry.row["facts"]["status"] != EventStatus.MERGED


def _hours_before(position: str) -> str:
    """A position some hours before another one."""
    milliseconds, _ = order_of(position)
    return f"{max(milliseconds - MOVES_MS, 0)}-0"


def _moves(updates: Sequence[Update]) -> Iterator[Move]:
    """Those of the updates by which an event leaves its place or is new."""
    for update in updates:
        if update.moved_from or not update.previous_version:
            yield Move(sortable(update.position), update.event_id, update.moved_from)
