"""Frames of the stream, each made once: from an update, the event as it is now, and the changes that led to it."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.api.filters.facts import EventFacts
from services.api.history.entries import place_after
from services.api.history.history_store import HistoryStore
from services.api.history.packing import DamagedPack, unpack_lines
from services.api.list_store import ListStore
from services.api.summaries import EventSummary
from services.api.updates.frames import event_frame
from services.api.updates.positions import order_of
from services.api.updates.short_changes import UNKNOWN, ShortChanges, shorten_changes
from services.api.updates.update_log import Update

WAIT_SECONDS = 1.0
"""For changes that have not come yet: they travel on a topic of their own."""
_PAUSE_SECONDS = 0.05
LATEST_VERSIONS = 32
"""Versions of an event among which those of an update are mostly found."""
READS_AT_A_TIME = 16
"""Updates whose changes are read side by side. redis-py opens 100 connections at most for all that
the process does, and refuses what needs one more."""
MOST_FRAMES = 1_000
"""Frames that are kept, for readers that come back after a restart all at once."""


@dataclass(frozen=True)
class EventNow:
    """An event as the view has it."""

    facts: EventFacts
    summary: EventSummary


class EventReader(Protocol):
    """Gives events as they are now."""

    async def read(self, event_ids: Iterable[str]) -> Mapping[str, EventNow]:
        """Those of the events that are stored, by id. May raise TransientError."""
        ...


@dataclass(frozen=True)
class Frame:
    """An update as it is sent, and what filters look at."""

    position: str
    order: tuple[int, int]
    """What positions are compared by."""
    facts: EventFacts
    """Of the event; of a merged one those of the event that took it in, so that its readers hear of it."""
    kinds: frozenset[str] | None
    """Of the changes; None: they are not known."""
    encoded: bytes


class FrameMaker:
    """Makes frames; the last some thousand are kept."""

    def __init__(self, events: EventReader, history: HistoryStore, lists: ListStore) -> None:
        self._events = events
        self._history = history
        self._lists = lists
        self._kept: OrderedDict[str, Frame] = OrderedDict()
        self._reads = asyncio.Semaphore(READS_AT_A_TIME)

    async def make(self, updates: Sequence[Update], *, wait_seconds: float = WAIT_SECONDS) -> list[Frame]:
        """The frames of updates, in order. An update of an event that is gone has none. Raises TransientError.

        Changes that have not come yet are waited for; after `wait_seconds` the frames go without.
        """
        # Held here: while this waits, and where it keeps new ones, others drop out of those that are kept.
        frames = {update.position: self._kept[update.position] for update in updates if update.position in self._kept}
        new = [update for update in updates if update.position not in frames]
        if new:
            made = await self._make_new(new, wait_seconds)
            frames |= made
            self._kept |= made
            while len(self._kept) > MOST_FRAMES:
                self._kept.popitem(last=False)
        return [frames[update.position] for update in updates if update.position in frames]

    async def _make_new(self, updates: Sequence[Update], wait_seconds: float) -> dict[str, Frame]:
        await self._changes_have_come(updates, wait_seconds)
        changes = await asyncio.gather(*(self._changes(update) for update in updates))
        wanted = dict.fromkeys(
            event_id for update in updates for event_id in (update.event_id, update.merged_into) if event_id
        )
        events = await self._events.read(wanted)
        frames = (_frame(update, events, of_update) for update, of_update in zip(updates, changes, strict=True))
        return {frame.position: frame for frame in frames if frame is not None}

    async def _changes_have_come(self, updates: Iterable[Update], seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        awaited = {update.event_id: update.version for update in updates}
        while True:
            marks = await self._lists.marks(awaited)
            behind = [
                event_id
                for event_id, version in awaited.items()
                if (marks[event_id].version, marks[event_id].place == 0) < (version, True)
            ]
            if not behind or asyncio.get_running_loop().time() >= deadline:
                return
            awaited = {event_id: awaited[event_id] for event_id in behind}
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _changes(self, update: Update) -> ShortChanges:
        async with self._reads:
            return await self._read_changes(update)

    async def _read_changes(self, update: Update) -> ShortChanges:
        """The changes between the version that was replaced and the new one; unknown unless all are there."""
        entries = await self._history.change_entries(update.event_id, LATEST_VERSIONS)
        if entries and entries[0].version > update.previous_version:
            entries = await self._history.change_entries(update.event_id)
        begin, end = place_after(entries, update.previous_version), place_after(entries, update.version)
        between = entries[begin:end]
        if not between or between[-1].version != update.version:
            return UNKNOWN
        if between[0].previous_version > update.previous_version:  # the first were too old and dropped
            return UNKNOWN
        packs = await self._history.change_packs(update.event_id, [entry.version for entry in between])
        try:
            return shorten_changes([line for pack in packs for line in unpack_lines(pack or b"")])
        except DamagedPack:  # none of them, or not ours: the update itself is told all the same
            return UNKNOWN


def _frame(update: Update, events: Mapping[str, EventNow], changes: ShortChanges) -> Frame | None:
    now = events.get(update.event_id)
    if now is None:
        return None
    successor = events.get(update.merged_into)
    return Frame(
        position=update.position,
        order=order_of(update.position),
        facts=successor.facts if successor else now.facts,
        kinds=changes.kinds,
        encoded=event_frame(update, now.summary, changes),
    )
