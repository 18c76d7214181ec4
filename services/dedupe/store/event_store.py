"""State of the merge stage in Redis.

dedupe:event:<event id>          JSON of its EventHead; of one that has ended, for KEPT_AFTER_END more
dedupe:event-members:<event id>  hash: JSON of the MemberRecord of each article; read when its next message comes
dedupe:event-published:<event id>
                                 hash: parts of the view that was published last, by which the next changes are found

dedupe:unpublished:<partition>   hash: id of each event whose last version is not published yet, with the trace of the
                                 article that changed it; read when the partition is taken over
dedupe:outbox:<partition>        list: messages that were saved and are published next, until the save after that
dedupe:logs                      set: ids of the broker's logs that messages were read from
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.contracts.placed import EventPlaced, PlacedArticle
from services.dedupe.clustering.records import Record
from services.runtime.messages import Outgoing
from services.runtime.outbox import read_outbox, write_outbox
from services.runtime.redis_client import redis_errors

KEPT_AFTER_END = timedelta(days=14)
"""How long the head of an event that has ended stays, so that an old message of it is known for one: twice as long as
any message stays in the log."""
_READ_AT_ONCE = 200
"""Articles in one answer of Redis: some megabytes."""
_LOGS = "dedupe:logs"


class EventHead(Record):
    """What is kept of an event beside its articles."""

    placed: EventPlaced
    """Its last message, without articles."""
    log: str
    """See `EventState`."""
    gapped: bool = False


class MemberRecord(Record):
    """An article of an event."""

    article: PlacedArticle
    claim_vectors: tuple[str, ...] = ()
    """None before they are needed."""
    claims_model: str | None = None
    """Name and hash of the model that they come from."""

    @property
    def article_id(self) -> str:
        """Id of the article."""
        return self.article.extracted.article.article_id


@dataclass(slots=True)
class StoredEvent:
    """An event, or what has changed of one: the articles that changed, and ids of those that have gone.

    `published_parts`: parts of the view that was published last, by name (see `event_changes.stored_view`).
    """

    head: EventHead | None
    """None: it has not changed."""
    members: dict[str, MemberRecord] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    published_parts: Mapping[str, bytes] = field(default_factory=dict)
    removed_parts: frozenset[str] = frozenset()


class EventStore:
    """Reads what the merge stage has saved."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def read_events(self, event_ids: Sequence[str]) -> dict[str, StoredEvent]:
        """Read those of the events that are stored, with all their articles.

        Raises:
            TransientError: Redis does not answer.
        """
        with redis_errors():
            heads, names = await self._read_heads_and_member_names(event_ids)
            events = {event_id: StoredEvent(EventHead.from_json_bytes(head)) for event_id, head in heads.items()}
            listed = ((event_id, name) for event_id in events for name in sorted(names[event_id]))
            while part := list(islice(listed, _READ_AT_ONCE)):
                for event_id, content in await self._read_members(part):
                    record = MemberRecord.from_json_bytes(content)
                    events[event_id].members[record.article_id] = record
            for event_id, parts in (await self._read_published_parts(list(events))).items():
                events[event_id].published_parts = parts
        return events

    async def read_unpublished_events(self, partition: int) -> dict[str, str | None]:
        """Ids of events whose last version has not been published, with their traces. Raises as `read_events`."""
        with redis_errors():
            found = cast("dict[bytes, bytes]", await self._redis.hgetall(_unpublished_key(partition)))
        return {event_id.decode(): trace.decode() or None for event_id, trace in sorted(found.items())}

    async def read_saved_messages(self, partition: int) -> list[Outgoing]:
        """Read the messages that were saved to be published. Raises as `read_events`."""
        return await read_outbox(self._redis, _outbox_key(partition))

    async def register_broker_log(self, log_id: str) -> bool:
        """Note that messages are read from a log. True if no other was ever read. Raises as `read_events`."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.sadd(_LOGS, log_id)
                pipe.scard(_LOGS)
                _, logs = await pipe.execute()
        return int(logs) == 1

    async def _read_heads_and_member_names(
        self, event_ids: Sequence[str]
    ) -> tuple[dict[str, bytes], dict[str, list[bytes]]]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for event_id in event_ids:
                pipe.get(_head_key(event_id))
                pipe.hkeys(_members_key(event_id))
            found = await pipe.execute()
        heads = dict(zip(event_ids, found[::2], strict=True))
        names = dict(zip(event_ids, found[1::2], strict=True))
        return {event_id: head for event_id, head in heads.items() if head is not None}, names

    async def _read_published_parts(self, event_ids: Sequence[str]) -> dict[str, dict[str, bytes]]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for event_id in event_ids:
                pipe.hgetall(_published_parts_key(event_id))
            found = await pipe.execute()
        return {
            event_id: {name.decode(): part for name, part in parts.items()}
            for event_id, parts in zip(event_ids, found, strict=True)
        }

    async def _read_members(self, event_and_article_ids: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for event_id, name in event_and_article_ids:
                pipe.hget(_members_key(event_id), name.decode())
            found = await pipe.execute()
        return [
            (event_id, content)
            for (event_id, _), content in zip(event_and_article_ids, found, strict=True)
            if content is not None
        ]


def write_changed_event(pipe: Pipeline, event_id: str, changed: StoredEvent) -> None:
    """Queue what changed of an event."""
    if changed.head is not None:
        pipe.set(_head_key(event_id), changed.head.to_json_bytes())
    if changed.members:
        records = {name: record.to_json_bytes() for name, record in sorted(changed.members.items())}
        pipe.hset(_members_key(event_id), mapping=records)  # type: ignore[arg-type] # str keys are fine
    if changed.gone:
        pipe.hdel(_members_key(event_id), *sorted(changed.gone))
    if changed.published_parts:
        pipe.hset(_published_parts_key(event_id), mapping=dict(sorted(changed.published_parts.items())))
    if changed.removed_parts:
        pipe.hdel(_published_parts_key(event_id), *sorted(changed.removed_parts))


def queue_event_removal(pipe: Pipeline, event_id: str, event_head: EventHead) -> None:
    """Queue that an event is done with: its articles go, and its head after a while."""
    pipe.set(_head_key(event_id), event_head.to_json_bytes(), ex=KEPT_AFTER_END)
    pipe.delete(_members_key(event_id), _published_parts_key(event_id))


def write_unpublished_events(pipe: Pipeline, partition: int, traces_by_event_id: Mapping[str, str | None]) -> None:
    """Queue what waits to be built, in place of what was said before."""
    pipe.delete(_unpublished_key(partition))
    if traces_by_event_id:
        traces = {event_id: trace or "" for event_id, trace in traces_by_event_id.items()}
        pipe.hset(_unpublished_key(partition), mapping=traces)  # type: ignore[arg-type] # str keys are fine


def write_event_outbox(pipe: Pipeline, partition: int, packed_messages: Iterable[bytes]) -> None:
    """Queue what is published next, in place of what has been."""
    write_outbox(pipe, _outbox_key(partition), packed_messages)


def _head_key(event_id: str) -> str:
    return f"dedupe:event:{event_id}"


def _members_key(event_id: str) -> str:
    return f"dedupe:event-members:{event_id}"


def _published_parts_key(event_id: str) -> str:
    return f"dedupe:event-published:{event_id}"


def _unpublished_key(partition: int) -> str:
    return f"dedupe:unpublished:{partition}"


def _outbox_key(partition: int) -> str:
    return f"dedupe:outbox:{partition}"
