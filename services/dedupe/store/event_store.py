"""State of the merge stage in Redis.

dedupe:event:<event id>          JSON of its EventHead; of one that has ended, for KEPT_AFTER_END more
dedupe:event-members:<event id>  hash: JSON of the MemberRecord of each article; read when its next message comes

dedupe:unpublished:<partition>   hash: id of each event whose last version is not published yet, with the trace of the
                                 article that changed it; read when the partition is taken over
dedupe:outbox:<partition>        list: messages that were saved and are published next, until the save after that
dedupe:logs                      set: ids of the broker's logs that messages were read from
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.contracts.placed import EventPlaced, PlacedArticle
from services.dedupe.clustering.records import Record
from services.dedupe.event_state import EventState, member_of
from services.dedupe.merging.members import Member
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


class EventStore:
    """Reads what the merge stage has saved."""

    def __init__(self, redis: Redis, claims_model: str) -> None:
        """`claims_model`: of the vectors that are of use; claims with others come without."""
        self._redis = redis
        self._claims_model = claims_model

    async def events(self, event_ids: Sequence[str]) -> dict[str, EventState]:
        """Events with all their members; one that there is none of is an empty state.

        Raises:
            TransientError: Redis does not answer.
        """
        states = {event_id: EventState() for event_id in event_ids}
        with redis_errors():
            heads, names = await self._heads(list(states))
            for event_id, content in heads.items():
                head = EventHead.from_record(content)
                states[event_id] = EventState(head.placed, head.log, head.gapped)
            listed = ((event_id, name) for event_id in heads for name in sorted(names[event_id]))
            while part := list(islice(listed, _READ_AT_ONCE)):
                for event_id, content in await self._members(part):
                    state = states[event_id]
                    member = self._member(state, content)
                    state.members[member.article.article_id] = member
        return states

    async def unpublished(self, partition: int) -> dict[str, str | None]:
        """Ids of events whose last version has not been published, with their traces. Raises as `events`."""
        with redis_errors():
            found = cast("dict[bytes, bytes]", await self._redis.hgetall(_unpublished_key(partition)))
        return {event_id.decode(): trace.decode() or None for event_id, trace in sorted(found.items())}

    async def outbox(self, partition: int) -> list[Outgoing]:
        """What was saved to be published. Raises as `events`."""
        return await read_outbox(self._redis, _outbox_key(partition))

    async def note_log(self, log: str) -> bool:
        """Note that messages are read from a log; whether no other was ever read. Raises as `events`."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.sadd(_LOGS, log)
                pipe.scard(_LOGS)
                _, logs = await pipe.execute()
        return int(logs) == 1

    async def _heads(self, event_ids: Sequence[str]) -> tuple[dict[str, bytes], dict[str, list[bytes]]]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for event_id in event_ids:
                pipe.get(_head_key(event_id))
                pipe.hkeys(_members_key(event_id))
            found = await pipe.execute()
        heads = dict(zip(event_ids, found[::2], strict=True))
        names = dict(zip(event_ids, found[1::2], strict=True))
        return {event_id: head for event_id, head in heads.items() if head is not None}, names

    async def _members(self, part: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for event_id, name in part:
                pipe.hget(_members_key(event_id), name.decode())
            found = await pipe.execute()
        return [(event_id, content) for (event_id, _), content in zip(part, found, strict=True) if content is not None]

    def _member(self, state: EventState, content: bytes) -> Member:
        assert state.placed is not None
        record = MemberRecord.from_record(content)
        vectors = record.claim_vectors if record.claims_model == self._claims_model else ()
        return member_of(state.placed, record.article, vectors)


def write_event(pipe: Pipeline, state: EventState, claims_model: str) -> None:
    """Queue what changed of an event since the last save."""
    if state.placed is None:
        return
    event_id = state.placed.event_id
    if state.dirty:
        head = EventHead(placed=state.placed, log=state.log, gapped=state.gapped)
        pipe.set(_head_key(event_id), head.to_record())
    if state.changed:
        records = {name: _record(state.members[name], claims_model).to_record() for name in sorted(state.changed)}
        pipe.hset(_members_key(event_id), mapping=records)  # type: ignore[arg-type] # str keys are fine
    if state.gone:
        pipe.hdel(_members_key(event_id), *sorted(state.gone))


def write_end(pipe: Pipeline, state: EventState) -> None:
    """Queue that an event is done with: its articles go, and its head after a while."""
    assert state.placed is not None
    head = EventHead(placed=state.placed, log=state.log, gapped=state.gapped)
    pipe.set(_head_key(state.placed.event_id), head.to_record(), ex=KEPT_AFTER_END)
    pipe.delete(_members_key(state.placed.event_id))


def write_unpublished(pipe: Pipeline, partition: int, waiting: Mapping[str, str | None]) -> None:
    """Queue what waits to be built, in place of what was said before."""
    pipe.delete(_unpublished_key(partition))
    if waiting:
        traces = {event_id: trace or "" for event_id, trace in waiting.items()}
        pipe.hset(_unpublished_key(partition), mapping=traces)  # type: ignore[arg-type] # str keys are fine


def write_event_outbox(pipe: Pipeline, partition: int, packed: Iterable[bytes]) -> None:
    """Queue what is published next, in place of what has been."""
    write_outbox(pipe, _outbox_key(partition), packed)


def _record(member: Member, claims_model: str) -> MemberRecord:
    embedded = member.embedded
    article = PlacedArticle(
        extracted=embedded.extracted,
        model=embedded.model,
        lead_vector=embedded.lead_vector,
        membership=member.membership,
    )
    vectors = embedded.claim_vectors
    return MemberRecord(article=article, claim_vectors=vectors, claims_model=claims_model if vectors else None)


def _head_key(event_id: str) -> str:
    return f"dedupe:event:{event_id}"


def _members_key(event_id: str) -> str:
    return f"dedupe:event-members:{event_id}"


def _unpublished_key(partition: int) -> str:
    return f"dedupe:unpublished:{partition}"


def _outbox_key(partition: int) -> str:
    return f"dedupe:outbox:{partition}"
