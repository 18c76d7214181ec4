"""The merge stage: keeps events with their articles, builds their views, and publishes them. It scales with events."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from redis.asyncio.client import Pipeline

from services.contracts.event import Event, EventStatus
from services.contracts.placed import EventPlaced
from services.contracts.topics import EVENT_PLACED
from services.dedupe import metrics
from services.dedupe.embedding.port import Embedder
from services.dedupe.event_state import EventState
from services.dedupe.store.event_store import (
    EventStore,
    queue_event_removal,
    write_changed_event,
    write_event_outbox,
    write_unpublished_events,
)
from services.dedupe.unpublished_events import EventKey, UnpublishedEvents
from services.dedupe.view_building import build_event_messages, build_views, record_build_time, split_due_events
from services.runtime.handlers import in_time
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Outgoing, Result
from services.runtime.outbox import Outbox

BIG_EVENTS_SECONDS = 1.0
"""Processor time for big events in one batch; the build that passes it is finished."""
OUTBOX_BYTES = 16 * 2**20
"""What is saved to be published at once; the message that passes it is the last."""


class MergeHandler:
    """Consumes `event.placed.v1`, publishes `event.updated.v1` and `event.changed.v1`; its state is in Redis."""

    def __init__(
        self,
        store: EventStore,
        offsets: KeptOffsets,
        embedder: Embedder,
        broker_log: str,
        *,
        unpublished: UnpublishedEvents | None = None,
        kept_articles: int = 300,
        slow_build_seconds: float = math.inf,
        max_seconds: float = math.inf,
    ) -> None:
        """Set up; nothing is loaded.

        Args:
            store: Of the events.
            offsets: Kept with them.
            embedder: Turns claims into vectors.
            broker_log: Id of the log that messages come from.
            unpublished: Says when an event is built again; None: with each batch that changes it.
            kept_articles: Articles whose events stay in memory when they are saved, the latest used.
            slow_build_seconds: Processor time of a build from which it is logged.
            max_seconds: Time after which no further message of a batch is taken in, and no further view is begun.
        """
        self._store = store
        self._offsets = offsets
        self._embedder = embedder
        self._log = broker_log
        self._slow_build_seconds = slow_build_seconds
        self._unpublished = UnpublishedEvents() if unpublished is None else unpublished
        self._kept_articles = kept_articles
        self._max_seconds = max_seconds
        self._from_start = True
        self._partitions: frozenset[int] = frozenset()
        self._events: OrderedDict[str, EventState] = OrderedDict()
        """The latest used last."""
        self._ended: set[str] = set()
        """Events of which the last view is built: they go when it is saved."""
        self._outbox = Outbox()

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget all events: each is loaded when its next message comes."""
        self._events.clear()
        self._ended.clear()
        self._unpublished.clear()
        self._partitions = partitions
        kept = await self._offsets.take_over(EVENT_PLACED.name, partitions)
        self._from_start = await self._store.register_broker_log(self._log)
        for partition in sorted(partitions):
            waiting = await self._store.read_unpublished_events(partition)
            self._unpublished.add({(partition, event_id): trace for event_id, trace in waiting.items()})
        self._outbox.take_over(
            {partition: await self._store.read_saved_messages(partition) for partition in partitions}
        )
        return kept

    async def handle(self, messages: Sequence[Message[EventPlaced]]) -> Result:
        """Take in a batch and build what is due, off the event loop. It is published when it is saved."""
        # All that can fail for a while comes before anything changes.
        await self._load_events(message.key for message in messages)
        await self._load_due_events()
        handled = await asyncio.to_thread(self._apply_messages, messages)
        await asyncio.to_thread(self._build_due_views)
        return Result(handled=handled)

    async def prepare_while_idle(self) -> bool:
        """Build what had to wait until now, while nothing comes in; whether there is something to save."""
        if self._list_due_keys():
            await self._load_due_events()
            await asyncio.to_thread(self._build_due_views)
        return bool(self._outbox)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write what changed and what is published next. Raises Fenced, StateLost, TransientError."""
        writes = bool(self._outbox or next_offsets)
        await self._offsets.save(
            EVENT_PLACED.name, next_offsets, self._write_changes, without_offsets=bool(self._outbox)
        )
        if not writes:
            return
        for event_id in self._ended:
            self._events.pop(event_id, None)
        self._ended.clear()
        for state in self._events.values():
            state.mark_saved()
        metrics.OUTBOX_MESSAGES.set(len(self._outbox))
        self._outbox.mark_saved()
        self._drop_unused_events()

    def take_outbox(self) -> Sequence[Outgoing]:
        """What was saved to be published, once."""
        return self._outbox.take()

    # Steps

    async def _load_events(self, event_ids: Iterable[str]) -> None:
        """Have events in memory, as those used last."""
        wanted = sorted(set(event_ids))
        absent = [one for one in wanted if one not in self._events]
        stored = await self._store.read_events(absent)
        for event_id in absent:
            self._events[event_id] = EventState.restore(stored.get(event_id), self._embedder.model_id)
        for event_id in wanted:
            self._events.move_to_end(event_id)

    async def _load_due_events(self) -> None:
        due = self._list_due_keys()
        await self._load_events(event_id for _, event_id in due)
        # Of a store that was emptied: what was noted of events that it no longer has.
        self._unpublished.remove([key for key in due if self._events[key[1]].placed is None])

    def _apply_messages(self, messages: Sequence[Message[EventPlaced]]) -> int:
        """Apply the first messages, as many as there is time for; their number."""
        handled = 0
        for message in in_time(messages, self._max_seconds):
            handled += 1
            placed = message.value
            news = self._events[message.key].apply_placed(placed, self._log, from_start=self._from_start)
            if news and placed.complete:
                self._unpublished.add({(message.partition, message.key): message.traceparent})
        return handled

    def _list_due_keys(self) -> list[EventKey]:
        return self._unpublished.list_due(self._has_ended)

    def _has_ended(self, event_key: EventKey) -> bool:
        return event_key[1] in self._events and self._events[event_key[1]].has_ended

    def _build_due_views(self) -> None:
        """Build what is due while there is time: what is not big, then big events until a second has gone into them."""
        states = [(key, self._events.get(key[1])) for key in self._list_due_keys()]
        whole = [(key, state) for key, state in states if state is not None and state.is_complete]
        small = [(key, state) for key, state in whole if not self._is_big_event(key)]
        big = [(key, state) for key, state in whole if self._is_big_event(key)]
        size = 0
        spent = 0.0
        for portion in in_time(chain(split_due_events(small), ([one] for one in big)), self._max_seconds):
            if size >= OUTBOX_BYTES or spent >= BIG_EVENTS_SECONDS:
                break
            views = build_views([state for _, state in portion], self._embedder)
            for (key, _), (event, seconds) in zip(portion, views, strict=True):
                spent += seconds if self._is_big_event(key) else 0.0
                size += self._add_to_outbox(key, event, seconds)
        metrics.UNPUBLISHED_EVENTS.set(len(self._unpublished))

    def _is_big_event(self, event_key: EventKey) -> bool:
        return self._unpublished.is_big(event_key) and not self._has_ended(event_key)

    def _add_to_outbox(self, event_key: EventKey, event: Event, seconds: float) -> int:
        """Note a view, and what is new in it, to be saved and published; their bytes."""
        partition, event_id = event_key
        size = 0
        for outgoing in build_event_messages(
            self._events[event_id], event, self._unpublished.finish_build(event_key, seconds)
        ):
            size += self._outbox.add(partition, outgoing)
        if event.status is not EventStatus.OPEN:
            self._unpublished.remove([event_key])
            self._ended.add(event_id)
        record_build_time(event, seconds, self._slow_build_seconds)
        return size

    # Saving

    def _write_changes(self, pipe: Pipeline) -> None:
        for event_id, state in sorted(self._events.items()):
            if event_id in self._ended:
                queue_event_removal(pipe, event_id, state.event_head)
            else:
                write_changed_event(pipe, event_id, state.build_stored_changes(self._embedder.model_id))
        for partition in sorted(self._partitions):
            write_unpublished_events(pipe, partition, self._unpublished.waiting_events_of_partition(partition))
        for partition, contents in self._outbox.contents().items():
            write_event_outbox(pipe, partition, contents)

    def _drop_unused_events(self) -> None:
        """Let events leave memory, those first that were not used for longest; all are saved."""
        articles = sum(len(state.members) for state in self._events.values())
        while articles > self._kept_articles and len(self._events) > 1:
            _, state = self._events.popitem(last=False)
            articles -= len(state.members)
        metrics.EVENTS_IN_MEMORY.set(len(self._events))
        metrics.ARTICLES_IN_MEMORY.set(articles)
