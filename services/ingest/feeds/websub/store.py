"""Adapter of Redis: what is remembered of subscriptions.

| key | value |
|---|---|
| `ingest:subscriptions:due` | sorted set: when each subscription is to be looked at (seconds since 1970), by feed |
| `ingest:feed:{id}:subscription` | JSON: `Subscription` |

Whoever changes a subscription says what it has read, and writes only while that still stands: of a replica that asks
the hub, and the hub's answer that comes to another one at the same moment, neither loses the other's change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from redis.asyncio import Redis

from services.ingest.feeds.store import DUE, PREFIX
from services.ingest.feeds.websub.subscription import Subscription
from services.runtime.redis_client import redis_errors, text_of

SUBSCRIPTIONS_DUE = "ingest:subscriptions:due"
KEEP_SECONDS = 90 * 24 * 3600

_TAKE = """
local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, feed in ipairs(taken) do redis.call('ZADD', KEYS[1], ARGV[2], feed) end
return taken
"""
_REPLACE = """
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[3], 'EX', ARGV[5])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
end
return 1
"""


@dataclass(frozen=True)
class Stored:
    """A subscription as it was read."""

    feed: str
    """Id of the feed."""
    subscription: Subscription | None
    """None: there is none, or it is of another version."""
    raw: str = ""
    """As it stands in the store."""
    is_polled: bool = False
    """Whether the feed is polled."""


class SubscriptionStore:
    """Subscriptions in Redis.

    Every method raises TransientError while Redis does not answer, and StoreFull while it takes no writes.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take = redis.register_script(_TAKE)
        self._replace = redis.register_script(_REPLACE)

    async def notice(self, feed: str, at: datetime, *, has_changed: bool) -> None:
        """The feed names a hub: look at it now, if it names another one than before or was never looked at."""
        with redis_errors():
            await self._redis.zadd(SUBSCRIPTIONS_DUE, {feed: at.timestamp()}, nx=not has_changed, lt=has_changed)

    async def look_again(self, feeds: Iterable[str], at: datetime) -> None:
        """Feeds are no longer polled: look at their subscriptions then, where there are any."""
        due = dict.fromkeys(feeds, at.timestamp())
        if due:
            with redis_errors():
                await self._redis.zadd(SUBSCRIPTIONS_DUE, due, xx=True, lt=True)

    async def look_at_all(self, at: datetime) -> None:
        """Look at every subscription then, if not sooner."""
        with redis_errors():
            members: Any = await self._redis.zrange(SUBSCRIPTIONS_DUE, 0, -1)
        await self.look_again(map(text_of, members), at)

    async def take(self, now: datetime, lease_until: datetime, limit: int) -> list[str]:
        """Feeds whose subscriptions are to be looked at; no other replica gets them before the lease ends."""
        with redis_errors():
            taken = await self._take(keys=[SUBSCRIPTIONS_DUE], args=[now.timestamp(), lease_until.timestamp(), limit])
        return [text_of(feed) for feed in taken]

    async def read(self, feed: str) -> Stored:
        """The subscription to a feed."""
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.get(_key(feed))
                pipeline.zscore(DUE, feed)
                value, due = await pipeline.execute()
        raw = text_of(value or b"")
        return Stored(feed, _subscription(raw), raw, is_polled=due is not None)

    async def replace(self, stored: Stored, subscription: Subscription | None) -> bool:
        """Write another in place of one that was read; False, and nothing written, if somebody else has changed it.

        It is looked at again at its `next_at`. None: forget it.
        """
        raw, due = ("", 0.0)
        if subscription is not None:
            raw, due = subscription.model_dump_json(), subscription.next_at.timestamp()
        with redis_errors():
            written: Any = await self._replace(
                keys=[_key(stored.feed), SUBSCRIPTIONS_DUE], args=[stored.feed, stored.raw, raw, due, KEEP_SECONDS]
            )
        return bool(written)

    async def subscriptions(self, feeds: list[str]) -> dict[str, Subscription]:
        """Those to these feeds, where there are any."""
        if not feeds:
            return {}
        with redis_errors():
            values = await self._redis.mget([_key(feed) for feed in feeds])
        read = {feed: _subscription(text_of(value)) for feed, value in zip(feeds, values, strict=True) if value}
        return {feed: subscription for feed, subscription in read.items() if subscription is not None}


def _key(feed: str) -> str:
    return f"{PREFIX}{feed}:subscription"


def _subscription(raw: str) -> Subscription | None:
    try:
        return Subscription.model_validate_json(raw) if raw else None
    except ValidationError:
        return None
