"""Adapter of Redis: what is remembered of feeds, and who polls them.

| key | value |
|---|---|
| `ingest:feeds:due` | sorted set: when each feed is due (seconds since 1970); of a feed in hand, when its lease ends |
| `ingest:feed:{id}` | hash: `state` (JSON), `fence` (counts the leases), `in_hand`, `pushed` (by a hub) |
| `ingest:feed:{id}:seen` | hash: fingerprint and day of each item's keys |
| `ingest:feed:{id}:pending` | hash: items whose pages are to be tried again (JSON) |

To poll a feed is to take it: the one script that finds a feed due also moves its time to the end of the lease and
counts its fence up, so that of many replicas one gets it. Every write says the fence it was taken with, and is refused
once another has taken the feed: a replica that slept through its lease writes nothing. One that dies leaves the feed
due when its lease ends.

A push makes a feed due at once, but never takes it from whoever polls it: then it is due again right after that poll.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from pydantic import ValidationError
from redis.asyncio import Redis

from services.ingest.feeds.choosing import Seen
from services.ingest.feeds.pending import PendingItem
from services.ingest.feeds.state import FeedState
from services.runtime.errors import Fenced
from services.runtime.redis_client import redis_errors, text_of

PREFIX = "ingest:feed:"
DUE = "ingest:feeds:due"
KEEP_SECONDS = 90 * 24 * 3600
"""How long a feed is remembered that is polled no more: added again, it brings no old items as new ones."""
_BATCH = 500

_TAKE = """
local taken = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZADD', KEYS[1], ARGV[2], id)
  local key = ARGV[4] .. id
  local fence, pushed = redis.call('HINCRBY', key, 'fence', 1), redis.call('HDEL', key, 'pushed')
  redis.call('HSET', key, 'in_hand', 1)
  taken[#taken + 1] = {id, fence, redis.call('HGET', key, 'state'), pushed}
end
return taken
"""
_WRITE = """
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
local what = cjson.decode(ARGV[2])
if what.state then
  redis.call('HSET', KEYS[1], 'state', what.state)
  redis.call('HDEL', KEYS[1], 'in_hand')
  if what.due and what.due_if_pushed and redis.call('HEXISTS', KEYS[1], 'pushed') == 1 then
    what.due = math.min(what.due, what.due_if_pushed)
  end
end
for key, value in pairs(what.seen) do redis.call('HSET', KEYS[2], key, value) end
for _, key in ipairs(what.forgotten) do redis.call('HDEL', KEYS[2], key) end
for key, value in pairs(what.pending) do redis.call('HSET', KEYS[3], key, value) end
for _, key in ipairs(what.settled) do redis.call('HDEL', KEYS[3], key) end
if what.due then redis.call('ZADD', KEYS[4], 'XX', what.due, ARGV[3]) else redis.call('ZREM', KEYS[4], ARGV[3]) end
for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[4]) end
return 1
"""
_PUSH = """
local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not due then return 0 end
redis.call('HSET', KEYS[1], 'pushed', 1)
if redis.call('HEXISTS', KEYS[1], 'in_hand') == 0 and tonumber(ARGV[2]) < tonumber(due) then
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
end
return 1
"""


@dataclass(frozen=True)
class Lease:
    """A feed that is ours to poll, for a while."""

    feed: str
    """Its id."""
    fence: int
    state: FeedState | None
    """None: never polled, or what was remembered cannot be read."""
    is_pushed: bool = False
    """Whether a hub has said that it has changed."""


@dataclass(frozen=True)
class Memory:
    """What is remembered of a feed's items."""

    seen: Mapping[str, Seen]
    pending: Mapping[str, PendingItem]


class FeedStore:
    """Feeds in Redis.

    Every method raises TransientError while Redis does not answer, and StoreFull while it takes no writes.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take = redis.register_script(_TAKE)
        self._write = redis.register_script(_WRITE)
        self._push = redis.register_script(_PUSH)

    async def plan(self, due: Mapping[str, datetime]) -> list[str]:
        """Poll these feeds from now on, each first at its time unless it has one already, and no others.

        Returns:
            Those that were polled until now.
        """
        with redis_errors():
            members: Any = await self._redis.zrange(DUE, 0, -1)
            planned = {text_of(feed) for feed in members}
            dropped = sorted(planned - due.keys())
            async with self._redis.pipeline(transaction=False) as pipeline:
                for feeds in _batches(dropped):
                    pipeline.zrem(DUE, *feeds)
                for feeds in _batches(sorted(due.keys() - planned)):
                    pipeline.zadd(DUE, {feed: due[feed].timestamp() for feed in feeds}, nx=True)
                await pipeline.execute()
        return dropped

    async def take(self, now: datetime, lease_until: datetime, limit: int) -> list[Lease]:
        """Take feeds that are due, those first that have waited longest."""
        with redis_errors():
            taken = await self._take(keys=[DUE], args=[now.timestamp(), lease_until.timestamp(), limit, PREFIX])
        return [Lease(text_of(feed), int(fence), _state(value), bool(pushed)) for feed, fence, value, pushed in taken]

    async def push(self, feed: str, due: datetime) -> bool:
        """Poll the feed at this time, if not sooner: a hub says that it has changed. False: it is not polled at all."""
        with redis_errors():
            pushed: Any = await self._push(keys=[PREFIX + feed, DUE], args=[feed, due.timestamp()])
        return bool(pushed)

    async def next_due(self) -> float | None:
        """When the next feed is due, in seconds since 1970; None without feeds."""
        with redis_errors():
            first: Any = await self._redis.zrange(DUE, 0, 0, withscores=True)
        return float(first[0][1]) if first else None

    async def memory(self, feed: str) -> Memory:
        """What is remembered of a feed's items."""
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.hgetall(f"{PREFIX}{feed}:seen")
                pipeline.hgetall(f"{PREFIX}{feed}:pending")
                seen, pending = await pipeline.execute()
        return Memory(
            {text_of(key): _seen(value) for key, value in seen.items()},
            {text_of(key): item for key, value in pending.items() if (item := _pending(value)) is not None},
        )

    async def write(
        self,
        lease: Lease,
        *,
        due: datetime | None,
        due_if_pushed: datetime | None = None,
        state: FeedState | None = None,
        seen: Mapping[str, Seen] | None = None,
        forgotten: Sequence[str] = (),
        pending: Iterable[PendingItem] = (),
        settled: Sequence[str] = (),
    ) -> None:
        """Remember what came of a poll so far.

        Args:
            lease: by which the feed was taken.
            due: when it is due again: the end of the lease while it is in hand. None: never.
            due_if_pushed: the same, if a hub has said during the poll that the feed has changed.
            state: of the feed, at the end of the poll.
            seen: items that have been published, or need not be.
            forgotten: keys of items to forget.
            pending: items whose pages are to be tried again.
            settled: keys of pending items that are so no more.

        Raises:
            Fenced: another replica has taken the feed since.
        """
        what: dict[str, Any] = {
            "seen": {key: f"{item.fingerprint}:{item.day}" for key, item in (seen or {}).items()},
            "forgotten": list(forgotten),
            "pending": {item.key: item.model_dump_json() for item in pending},
            "settled": list(settled),
        }
        if state is not None:
            what["state"] = state.model_dump_json()
        if due is not None:
            what["due"] = due.timestamp()
        if due_if_pushed is not None:
            what["due_if_pushed"] = due_if_pushed.timestamp()
        key = PREFIX + lease.feed
        with redis_errors():
            written = await self._write(
                keys=[key, f"{key}:seen", f"{key}:pending", DUE],
                args=[lease.fence, orjson.dumps(what), lease.feed, KEEP_SECONDS],
            )
        if not written:
            raise Fenced(f"feed {lease.feed} was taken by another replica")

    async def states(self, feeds: Iterable[str]) -> dict[str, FeedState]:
        """What is remembered of these feeds, where something is."""
        states: dict[str, FeedState] = {}
        for some in _batches(sorted(feeds)):
            with redis_errors():
                async with self._redis.pipeline(transaction=False) as pipeline:
                    for feed in some:
                        pipeline.hget(PREFIX + feed, "state")
                    values = await pipeline.execute()
            states.update({feed: state for feed, value in zip(some, values, strict=True) if (state := _state(value))})
        return states

    async def restart(self, feed: str, state: FeedState) -> None:
        """Forget that the feed was stopped. Only while nobody may poll it."""
        with redis_errors():
            await self._redis.hset(
                PREFIX + feed, "state", state.model_copy(update={"is_stopped": False}).model_dump_json()
            )


def _batches(feeds: Sequence[str]) -> Iterable[Sequence[str]]:
    return (feeds[start : start + _BATCH] for start in range(0, len(feeds), _BATCH))


def _seen(value: bytes | str) -> Seen:
    fingerprint, _, day = text_of(value).partition(":")
    return Seen(fingerprint, int(day) if day.isdigit() else 0)


def _state(value: bytes | str | None) -> FeedState | None:
    try:
        return FeedState.model_validate_json(value) if value else None
    except ValidationError:
        return None  # of another version: what it said of the next fetch is lost, its items are not


def _pending(value: bytes | str) -> PendingItem | None:
    try:
        return PendingItem.model_validate_json(value)
    except ValidationError:
        return None
