"""The consumers that keep the view up to date. They publish nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from redis.asyncio.client import Pipeline

from services.api import metrics
from services.api.changes import article_changes, newest_articles, rising_versions
from services.api.event_lists import applied, by_event, by_message, due, wanted
from services.api.history.history_store import write_changes, write_versions
from services.api.history.keeping import LoggedChange, add_changes, awaits_more
from services.api.history.steps import ChangeStep, EventStep, event_steps, newer_versions
from services.api.list_store import write_lists
from services.api.match.profile_store import write_profiles
from services.api.match.vector_store import write_vectors
from services.api.search.index_row_store import write_index_rows
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
    select: Callable[[Iterable[M]], Iterable[M]]
    """Which of the values count."""
    changes: Callable[[Sequence[Message[M]]], Awaitable[list[C]]]
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
        self._waiting: list[Message[M]] = []
        self._changes: list[C] = []
        self._points: list[TracePoint] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        """Claim the partitions and forget what was not saved: it will be read again."""
        self._waiting, self._changes, self._points = [], [], []
        return await self._offsets.take_over(self._projection.topic.name, partitions)

    async def handle(self, messages: Sequence[Message[M]]) -> Result:
        """Work out what the batch changes. Raises TransientError when Redis does not answer."""
        offered = [*self._waiting, *messages]
        chosen = {id(value) for value in self._projection.select(message.value for message in offered)}
        waiting = [message for message in offered if id(message.value) in chosen]
        self._changes = await self._projection.changes(waiting)
        self._waiting = waiting
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
        self._waiting, self._changes, self._points = [], [], []


def event_projector(
    store: ViewStore, offsets: KeptOffsets, *, clock: Clock, stream_days: float
) -> Projector[Event, EventStep]:
    """For `event.updated.v1`: all snapshots of every event, the list, the update log, and which event an article is in.

    What the update log has that is older than `stream_days` by `clock` is dropped.
    """

    async def changes(messages: Sequence[Message[Event]]) -> list[EventStep]:
        marks = await store.marks({message.value.event_id: None for message in messages})
        new = newer_versions(messages, marks)
        kept = await store.history.versions_kept(new)
        return await asyncio.to_thread(event_steps, new, marks, kept)  # packing takes milliseconds a version

    def write(pipe: Pipeline, steps: Iterable[EventStep]) -> None:
        written = list(steps)
        newer = [step.newer for step in written]
        write_events(pipe, newer)
        write_index_rows(pipe, newer)
        write_versions(pipe, [step.history for step in written])
        write_log(pipe, newer, keep_after=position_at(clock.now() - timedelta(days=stream_days)))

    def covers(steps: Sequence[EventStep]) -> int:
        return sum(len(step.history.entries) for step in steps)

    return Projector(Projection(EVENT_UPDATED, "event", rising_versions, changes, write, covers), offsets)


def article_projector(store: ViewStore, offsets: KeptOffsets) -> Projector[ExtractedArticle, ExtractedArticle]:
    """For `claims.extracted.v1`: the latest revision of every article with its claims, and its profile."""

    def newest(articles: Iterable[ExtractedArticle]) -> Iterable[ExtractedArticle]:
        return newest_articles(articles).values()

    async def changes(messages: Sequence[Message[ExtractedArticle]]) -> list[ExtractedArticle]:
        articles = {message.value.article.article_id: message.value for message in messages}
        return article_changes(articles, await store.articles(articles))

    def write(pipe: Pipeline, changes: Iterable[ExtractedArticle]) -> None:
        articles = list(changes)
        write_articles(pipe, articles)
        write_profiles(pipe, articles)

    projection = Projection(CLAIMS_EXTRACTED, "article", newest, changes, write, trace=of_article)
    return Projector(projection, offsets)


def change_projector(store: ViewStore, offsets: KeptOffsets) -> Projector[EventChange, ChangeStep]:
    """For `event.changed.v1`: every change, all articles and claims of every event, and the vectors of its articles."""
    vector_sets: set[str] = set()

    def each_once(changes: Iterable[EventChange]) -> Iterable[EventChange]:
        return by_message(changes).values()

    async def changes(messages: Sequence[Message[EventChange]]) -> list[ChangeStep]:
        vector_sets.update(await store.vectors.sets())
        told = by_event(message.value for message in messages)
        marks = await store.lists.marks(told)
        new = {event_id: due(marks[event_id], of_event) for event_id, of_event in told.items()}
        new = {event_id: (mark, missing) for event_id, (mark, missing) in new.items() if missing}
        before = await store.lists.lists({event_id: wanted(missing) for event_id, (_, missing) in new.items()})
        kept = await store.history.changes_kept({event_id: awaits_more(marks[event_id]) for event_id in new})
        at = {id(message.value): message.logged_at or message.value.at for message in messages}
        return [
            ChangeStep(
                applied(mark, before[event_id], missing),
                add_changes(event_id, kept[event_id], [LoggedChange(change, at[id(change)]) for change in missing]),
            )
            for event_id, (mark, missing) in new.items()
        ]

    def write(pipe: Pipeline, steps: Iterable[ChangeStep]) -> None:
        written = list(steps)
        write_lists(pipe, [step.lists for step in written])
        write_changes(pipe, [step.history for step in written])
        for step in written:
            change = step.lists
            write_vectors(pipe, change.mark.event_id, change.vectors, change.without_vector, vector_sets)

    def covers(steps: Sequence[ChangeStep]) -> int:
        return sum(step.lists.applied for step in steps)

    projection = Projection(EVENT_CHANGED, "change", each_once, changes, write, covers, of_change)
    return Projector(projection, offsets)
