"""The consumers that keep the view up to date. They publish nothing."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from redis.asyncio.client import Pipeline

from services.api import metrics
from services.api.changes import NewerEvent, article_changes, event_changes, newest_articles, newest_events
from services.api.event_lists import ListChange, applied, by_event, by_message, due, wanted
from services.api.list_store import write_lists
from services.api.match.vector_store import write_vectors
from services.api.traces import TracePoint, of_article, of_change, write_trace
from services.api.updates.positions import position_at
from services.api.updates.update_log import write_log
from services.api.view_store import ViewStore, write_articles, write_events
from services.contracts.base import Contract
from services.contracts.changed import EventChange
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_CHANGED, EVENT_UPDATED, Topic
from services.runtime.clock import Clock
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result

M = TypeVar("M", bound=Contract)
C = TypeVar("C")


@dataclass(frozen=True)
class Projection(Generic[M, C]):
    """How the values `M` of one topic change the view; a change is a `C`."""

    topic: Topic
    kind: str
    """What the metrics call a document."""
    newest: Callable[[Iterable[M]], dict[str, M]]
    """By id, the value of each that counts."""
    changes: Callable[[dict[str, M]], Awaitable[list[C]]]
    """What they change against what is stored. May raise TransientError."""
    write: Callable[[Pipeline, Iterable[C]], None]
    """Queues the commands for that."""
    covers: Callable[[Sequence[C]], int] = len
    """How many messages the changes come from."""
    trace: Callable[[Message[M]], Iterable[TracePoint]] = lambda _: ()
    """What a message tells of the way that articles took."""


class Projector(Generic[M, C]):
    """Consumes the topic of one projection.

    `handle` works out what a batch changes against what is stored; `save` writes it in one MULTI with the offsets it
    covers. What `handle` was given stays waiting until a save succeeds, so no order of calls can lose a message.
    """

    def __init__(self, projection: Projection[M, C], offsets: KeptOffsets) -> None:
        self._projection = projection
        self._offsets = offsets
        self._waiting: dict[str, M] = {}
        self._changes: list[C] = []
        self._points: list[TracePoint] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget what was not saved: it will be read again."""
        self._waiting, self._changes, self._points = {}, [], []
        return await self._offsets.take_over(self._projection.topic.name, partitions)

    async def handle(self, messages: Sequence[Message[M]]) -> Result:
        """Work out what the batch changes. Raises TransientError when Redis does not answer."""
        newest = self._projection.newest([*self._waiting.values(), *(message.value for message in messages)])
        self._changes = await self._projection.changes(newest)
        self._waiting = newest
        self._points += [point for message in messages for point in self._projection.trace(message)]
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        """Write it with its offsets; without offsets, only look. Raises Fenced, StateLost, TransientError."""
        projection, changes, points = self._projection, self._changes, self._points

        def write(pipe: Pipeline) -> None:
            projection.write(pipe, changes)
            write_trace(pipe, points)

        await self._offsets.save(projection.topic.name, next_offsets, write)
        if not next_offsets:
            return
        written = projection.covers(changes)
        metrics.VIEWED.labels(projection.kind, "written").inc(written)
        metrics.VIEWED.labels(projection.kind, "outdated").inc(len(self._waiting) - written)
        self._waiting, self._changes, self._points = {}, [], []


def event_projector(
    store: ViewStore, offsets: KeptOffsets, *, clock: Clock, stream_days: float
) -> Projector[Event, NewerEvent]:
    """For `event.updated.v1`: the latest snapshot of every event, the list, and which event an article is in.

    Notes each version in the update log, and drops from there what is older than `stream_days` by `clock`.
    """

    async def changes(newest: dict[str, Event]) -> list[NewerEvent]:
        return event_changes(newest, await store.marks(newest))

    def write(pipe: Pipeline, newer: Iterable[NewerEvent]) -> None:
        events = list(newer)
        write_events(pipe, events)
        write_log(pipe, events, keep_after=position_at(clock.now() - timedelta(days=stream_days)))

    return Projector(Projection(EVENT_UPDATED, "event", newest_events, changes, write), offsets)


def article_projector(store: ViewStore, offsets: KeptOffsets) -> Projector[ExtractedArticle, ExtractedArticle]:
    """For `claims.extracted.v1`: the latest revision of every article with its claims."""

    async def changes(newest: dict[str, ExtractedArticle]) -> list[ExtractedArticle]:
        return article_changes(newest, await store.articles(newest))

    projection = Projection(CLAIMS_EXTRACTED, "article", newest_articles, changes, write_articles, trace=of_article)
    return Projector(projection, offsets)


def change_projector(store: ViewStore, offsets: KeptOffsets) -> Projector[EventChange, ListChange]:
    """For `event.changed.v1`: all articles and claims of every event, and the vectors of its articles."""
    vector_sets: set[str] = set()

    async def changes(newest: dict[str, EventChange]) -> list[ListChange]:
        vector_sets.update(await store.vectors.sets())
        told = by_event(newest.values())
        marks = await store.lists.marks(told)
        new = {event_id: due(marks[event_id], of_event) for event_id, of_event in told.items()}
        new = {event_id: (mark, missing) for event_id, (mark, missing) in new.items() if missing}
        before = await store.lists.lists({event_id: wanted(missing) for event_id, (_, missing) in new.items()})
        return [applied(mark, before[event_id], missing) for event_id, (mark, missing) in new.items()]

    def write(pipe: Pipeline, changes: Iterable[ListChange]) -> None:
        listed = list(changes)
        write_lists(pipe, listed)
        for change in listed:
            write_vectors(pipe, change.mark.event_id, change.vectors, change.without_vector, vector_sets)

    def covers(found: Sequence[ListChange]) -> int:
        return sum(change.applied for change in found)

    projection = Projection(EVENT_CHANGED, "change", by_message, changes, write, covers, of_change)
    return Projector(projection, offsets)
