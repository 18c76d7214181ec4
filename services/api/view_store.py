"""The read view in Redis: key family `view:*`. The projector writes it, the HTTP side only reads.

    view:event:{event_id}            JSON of the contract Event, whole
    view:event-summary:{event_id}    JSON of its list entry
    view:event-mark:{event_id}       JSON of what the projector must know of it (see changes.EventMark)
    view:events                      sorted set, all scores 0: members `<updated_at> <event_id>`, merged ones left out
    view:article:{article_id}        JSON of the contract ExtractedArticle
    view:article-events:{article_id} sorted set, all scores 0: events whose latest snapshot names the article
    (what the index of searches keeps of an event: see search/index_row_store.py)
    (all articles and claims of an event, from its changes: see list_store.py)
    (every change of an event, and every version: see history/history_store.py)
    (the order in which events changed: see updates/update_log.py)
    (what became of articles: see traces.py)
    (vectors of articles, and words by which they are compared: see match/vector_store.py, match/profile_store.py)
    view:offsets:{topic}:{partition} what the view covers (written by runtime.kept_offsets in the same MULTI)

The index is in byte order of its members rather than by score: Redis cannot seek to (score, id), and thousands of
events can share one `updated_at` where outlets give days only.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import ValidationError
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.changes import EventMark, NewerEvent
from services.api.cursors import id_of
from services.api.history.history_store import HistoryStore
from services.api.list_store import ListStore, joined_key
from services.api.match.profile_store import ProfileStore
from services.api.match.vector_store import VectorStore
from services.api.summaries import EventSummary
from services.api.traces import TraceStore
from services.api.updates.update_log import UpdateLog
from services.contracts.article import Article
from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle
from services.runtime.redis_client import redis_errors

M = TypeVar("M", bound=Contract)

OFFSETS_NAMESPACE = "view:offsets"
"""Under `view:`, so that dropping the view drops them too and a replay rebuilds it."""

EVENTS_INDEX = "view:events"

TEXTS_AT_A_TIME = 100
"""Articles read in one go where only their texts are kept: an article with its claims can be a megabyte."""

LONGEST_LINEAGE = 32
"""Merges followed from an old id. More than any event lives through; it bounds a damaged chain."""


def event_key(event_id: str) -> str:
    """Where the document of an event is."""
    return f"view:event:{event_id}"


def summary_key(event_id: str) -> str:
    """Where the list entry of an event is."""
    return f"view:event-summary:{event_id}"


def _mark(event_id: str) -> str:
    return f"view:event-mark:{event_id}"


def _article(article_id: str) -> str:
    return f"view:article:{article_id}"


def _article_events(article_id: str) -> str:
    return f"view:article-events:{article_id}"


@dataclass(frozen=True)
class StoredEvent:
    """An event's document and the mark that was written with it."""

    mark: EventMark
    document: bytes


@dataclass(frozen=True)
class StoredArticle:
    """An article with its claims, and the event it is in, if it has one yet."""

    document: bytes
    event_id: str | None


class _Text(Contract):
    """What is read of an article's document when only its text matters."""

    article: Article


@dataclass(frozen=True)
class EventPage:
    """Part of the list of events. `last`: the index member to continue after; null: the list ends here."""

    summaries: tuple[EventSummary, ...]
    last: str | None


class ViewStore:
    """Reads of the view. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.redis = redis
        """For the stores beside the view."""
        self.lists = ListStore(redis)
        self.history = HistoryStore(redis)
        self.log = UpdateLog(redis)
        self.traces = TraceStore(redis)
        self.vectors = VectorStore(redis)
        self.profiles = ProfileStore(redis)

    async def marks(self, event_ids: Iterable[str]) -> dict[str, EventMark]:
        """The marks of those events that are stored, by id."""
        return await self._stored(EventMark, _mark, event_ids)

    async def article_texts(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Those of the articles that are stored, by id, their claims left unread: a wrong one must not hide the text.

        What is stored and is no article is left out.
        """
        wanted = list(article_ids)
        texts: dict[str, Article] = {}
        for at in range(0, len(wanted), TEXTS_AT_A_TIME):
            part = wanted[at : at + TEXTS_AT_A_TIME]
            for article_id, document in zip(part, await self._get([_article(one) for one in part]), strict=True):
                with suppress(ValidationError):
                    if document is not None:
                        texts[article_id] = _Text.model_validate_json(document).article
        return texts

    async def article_documents(self, article_ids: Iterable[str]) -> list[bytes]:
        """JSON of those of the articles that are stored, in order."""
        return [
            document for document in await self._get([_article(one) for one in article_ids]) if document is not None
        ]

    async def articles(self, article_ids: Iterable[str]) -> dict[str, ExtractedArticle]:
        """Those of the articles that are stored, by id."""
        return await self._stored(ExtractedArticle, _article, article_ids)

    async def current(self, event_id: str) -> EventMark | None:
        """The mark of the event, or of the one it was merged into, however often; null if there is none.

        A merge can be seen before the event it points to: then the merged event itself is the answer.
        """
        mark = (await self.marks([event_id])).get(event_id)
        for _ in range(LONGEST_LINEAGE):
            if mark is None or mark.merged_into is None:
                break
            successor = (await self.marks([mark.merged_into])).get(mark.merged_into)
            if successor is None:
                break
            mark = successor
        return mark

    async def event(self, event_id: str) -> StoredEvent | None:
        """Exactly this event, merged or not. Document and mark belong together."""
        document, mark = await self._get([event_key(event_id), _mark(event_id)])
        if document is None or mark is None:
            return None
        return StoredEvent(EventMark.model_validate_json(mark), document)

    async def event_documents(self, event_ids: Iterable[str]) -> dict[str, bytes]:
        """JSON of those of the events that are stored, by id."""
        wanted = list(event_ids)
        found = await self._get([event_key(event_id) for event_id in wanted])
        return {event_id: document for event_id, document in zip(wanted, found, strict=True) if document is not None}

    async def page(self, limit: int, after: str | None) -> EventPage:
        """At most `limit` events after the index member `after`, the newest first."""
        start = "+" if after is None else f"({after}"
        with redis_errors():
            rows = await self._redis.zrange(EVENTS_INDEX, start, "-", desc=True, bylex=True, offset=0, num=limit + 1)
        members = [cast("bytes", row).decode() for row in rows[:limit]]
        found = await self._get([summary_key(id_of(member)) for member in members])
        # An event can be merged between the two reads: then it is listed no longer, and left out.
        return EventPage(
            summaries=tuple(EventSummary.model_validate_json(summary) for summary in found if summary is not None),
            last=members[-1] if len(rows) > limit else None,
        )

    async def count(self) -> int:
        """How many events are listed."""
        with redis_errors():
            return await self._redis.zcard(EVENTS_INDEX)

    async def article(self, article_id: str) -> StoredArticle | None:
        """An article, and its event. While it moves between two events, the one with the lower id.

        Its event is told by changes; where there are none, by the snapshot that names it.
        """
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.get(_article(article_id))
                pipe.zrange(joined_key(article_id), 0, 0)
                pipe.zrange(_article_events(article_id), 0, 0)
                document, joined, named = await pipe.execute()
        if document is None:
            return None
        return StoredArticle(document, next((one.decode() for one in (*joined, *named)), None))

    async def summary(self, event_id: str) -> EventSummary | None:
        """The list entry of an event."""
        (document,) = await self._get([summary_key(event_id)])
        return None if document is None else EventSummary.model_validate_json(document)

    async def summaries(self, event_ids: Iterable[str]) -> dict[str, EventSummary]:
        """The list entries of those events that are listed, by id."""
        marks = await self.marks(event_ids)
        listed = [event_id for event_id, mark in marks.items() if mark.index_member is not None]
        return await self._stored(EventSummary, summary_key, listed)

    async def _stored(self, model: type[M], key: Callable[[str], str], ids: Iterable[str]) -> dict[str, M]:
        wanted = list(ids)
        found = await self._get([key(each) for each in wanted])
        return {
            each: model.model_validate_json(document)
            for each, document in zip(wanted, found, strict=True)
            if document is not None
        }

    async def _get(self, keys: list[str]) -> Sequence[bytes | None]:
        if not keys:
            return []
        with redis_errors():
            return cast("Sequence[bytes | None]", await self._redis.mget(keys))


def write_events(pipe: Pipeline, changes: Iterable[NewerEvent]) -> None:
    """Queue the commands that put newer versions of events in place."""
    for change in changes:
        event_id = change.mark.event_id
        pipe.set(event_key(event_id), change.document)
        pipe.set(summary_key(event_id), change.summary.model_dump_json())
        pipe.set(_mark(event_id), change.mark.model_dump_json())
        if change.unlisted is not None:
            pipe.zrem(EVENTS_INDEX, change.unlisted)
        if change.mark.index_member is not None:
            pipe.zadd(EVENTS_INDEX, {change.mark.index_member: 0})
        for article_id in change.left:
            pipe.zrem(_article_events(article_id), event_id)
        for article_id in change.joined:
            pipe.zadd(_article_events(article_id), {event_id: 0})


def write_articles(pipe: Pipeline, articles: Iterable[ExtractedArticle]) -> None:
    """Queue the commands that put articles in place."""
    for extracted in articles:
        pipe.set(_article(extracted.article.article_id), extracted.model_dump_json())
