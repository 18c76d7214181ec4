"""Deliveries in Redis: a part of the key family `reading:*`.

reading:webhook-delivery:{message_id}  JSON of delivery.Delivery, with its body; for 30 days
reading:webhook-deliveries:{webhook}   sorted set, all scores 0: members `<time made> <message id>`
reading:webhook-dead:{webhook}         the same of its dead letters
reading:webhook-due:{webhook}          sorted set: message id, when it is tried next (seconds since 1970)
reading:webhooks-cursor                position of the update log up to which deliveries were made
reading:webhooks-clock                 latest `updated_at` among the events read so far (seconds since 1970)
reading:webhooks-single-origin         sorted set: event with one origin, when six hours are over; `inf` once told
reading:webhooks-lease, …:fence        who delivers (runtime/leases.py)

The deliverer writes under its lease: each of its scripts compares the fence first. The HTTP side adds tests and lets
deliveries be sent again; both only ever add to what is due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import orjson
from redis.asyncio import Redis

from services.api.cursors import id_of, index_member
from services.api.updates.positions import BEGINNING
from services.api.webhooks.delivery import KEEP, Delivery, DeliveryOutcome, again
from services.api.webhooks.webhook_store import WEBHOOKS
from services.runtime.errors import Fenced
from services.runtime.leases import Lease, Leases
from services.runtime.redis_client import redis_errors

LEASE = "reading:webhooks-lease"
CURSOR = "reading:webhooks-cursor"
CLOCK = "reading:webhooks-clock"
SINGLE_ORIGIN = "reading:webhooks-single-origin"
_DELIVERY, _LISTED = "reading:webhook-delivery:", "reading:webhook-deliveries:"
_DEAD, _DUE = "reading:webhook-dead:", "reading:webhook-due:"
_KEEP_MS = int(KEEP.total_seconds() * 1000)
_AT_A_TIME = 100

_MADE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local what = cjson.decode(ARGV[2])
for _, made in ipairs(what.deliveries) do
  local is_known = redis.call('HEXISTS', KEYS[5], made.webhook) == 1
  if is_known and redis.call('SET', ARGV[3] .. made.id, made.document, 'NX', 'PX', ARGV[6]) then
    redis.call('ZADD', ARGV[4] .. made.webhook, 0, made.member)
    redis.call('ZADD', ARGV[5] .. made.webhook, made.due, made.id)
  end
end
for _, event in ipairs(what.waiting) do redis.call('ZADD', KEYS[4], 'NX', event.due, event.id) end
for _, id in ipairs(what.alerted) do redis.call('ZADD', KEYS[4], 'inf', id) end
for _, id in ipairs(what.settled) do redis.call('ZREM', KEYS[4], id) end
redis.call('SET', KEYS[2], what.cursor)
if what.clock then redis.call('SET', KEYS[3], what.clock) end
return 1
"""
_NOTED = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local is_known = redis.call('HEXISTS', KEYS[5], ARGV[7]) == 1
if not is_known or not redis.call('SET', KEYS[2], ARGV[2], 'XX', 'KEEPTTL') then
  redis.call('ZREM', KEYS[3], ARGV[3])
  return 1
end
if ARGV[4] == '' then redis.call('ZREM', KEYS[3], ARGV[3]) else redis.call('ZADD', KEYS[3], ARGV[4], ARGV[3]) end
if ARGV[5] == 'dead' then redis.call('ZADD', KEYS[4], 0, ARGV[6]) end
return 1
"""
_LOST = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for place = 2, #ARGV do redis.call('ZREM', KEYS[2], ARGV[place]) end
return 1
"""


@dataclass(frozen=True)
class Made:
    """What the deliverer made of a part of the update log."""

    cursor: str
    """Position up to which it has read."""
    deliveries: Sequence[Delivery] = ()
    clock: float | None = None
    """Latest time of an event, in seconds since 1970; None: nothing waits for it."""
    waiting: dict[str, float] = field(default_factory=dict)
    """Events with one origin, and when six hours are over."""
    alerted: Sequence[str] = ()
    """Events whose six hours with one origin were reported."""
    settled: Sequence[str] = ()
    """These wait no longer."""


class DeliveryStore:
    """Every method raises TransientError when Redis does not answer; those that write StoreFull when it is full."""

    def __init__(self, redis: Redis, *, lease_seconds: float = 30.0) -> None:
        self._redis = redis
        self.leases = Leases(redis, LEASE, seconds=lease_seconds)
        self._made = redis.register_script(_MADE)
        self._noted = redis.register_script(_NOTED)
        self._lost = redis.register_script(_LOST)

    # -- the deliverer -----------------------------------------------------------------------------------------------

    async def cursor(self) -> str:
        """Position up to which deliveries were made."""
        with redis_errors():
            position = await self._redis.get(CURSOR)
        return BEGINNING if position is None else cast("bytes", position).decode()

    async def clock(self) -> float:
        """Latest time of an event so far, in seconds since 1970; 0: none."""
        with redis_errors():
            return float(await self._redis.get(CLOCK) or 0)

    async def over(self, clock: float) -> list[str]:
        """Events with one origin whose six hours are over by that time, and that were not told of yet."""
        with redis_errors():
            event_ids = await self._redis.zrange(SINGLE_ORIGIN, "-inf", clock, byscore=True)
        return [cast("bytes", event_id).decode() for event_id in event_ids]

    async def make(self, lease: Lease, made: Made) -> None:
        """Add deliveries, and note how far the log was read. Raises Fenced."""
        what: dict[str, Any] = {
            "cursor": made.cursor,
            "clock": made.clock,
            "deliveries": [
                {
                    "id": one.message_id,
                    "webhook": one.webhook,
                    "document": one.model_dump_json(),
                    "member": index_member(one.created_at, one.message_id),
                    "due": one.created_at.timestamp(),
                }
                for one in made.deliveries
            ],
            "waiting": [{"id": event_id, "due": due} for event_id, due in made.waiting.items()],
            "alerted": list(made.alerted),
            "settled": list(made.settled),
        }
        if made.clock is None:
            del what["clock"]
        with redis_errors():
            done = await self._made(
                keys=[lease.key, CURSOR, CLOCK, SINGLE_ORIGIN, WEBHOOKS],
                args=[lease.fence, orjson.dumps(what), _DELIVERY, _LISTED, _DUE, _KEEP_MS],
            )
        _check(lease, done)

    async def note(self, lease: Lease, delivery: Delivery) -> None:
        """Note how a try ended. Raises Fenced."""
        due = delivery.next_try_at
        with redis_errors():
            done = await self._noted(
                keys=[
                    lease.key,
                    _DELIVERY + delivery.message_id,
                    _DUE + delivery.webhook,
                    _DEAD + delivery.webhook,
                    WEBHOOKS,
                ],
                args=[
                    lease.fence,
                    delivery.model_dump_json(),
                    delivery.message_id,
                    "" if due is None else due.timestamp(),
                    delivery.outcome.value,
                    index_member(delivery.created_at, delivery.message_id),
                    delivery.webhook,
                ],
            )
        _check(lease, done)

    async def due(self, webhooks: Iterable[str], now: datetime, most: int) -> dict[str, list[str]]:
        """Of each webhook the ids of at most so many deliveries that are due, those first that have waited longest."""
        names = list(webhooks)
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.zrange(_DUE + name, "-inf", now.timestamp(), byscore=True, offset=0, num=most)
                answers = await pipe.execute()
        return {name: [one.decode() for one in ids] for name, ids in zip(names, answers, strict=True)}

    async def forget_due(self, lease: Lease, lost: Mapping[str, Sequence[str]]) -> None:
        """Of each webhook, let these ids be due no longer: their deliveries are kept no longer. Raises Fenced."""
        for name, ids in lost.items():
            with redis_errors():
                done = await self._lost(keys=[lease.key, _DUE + name], args=[lease.fence, *ids])
            _check(lease, done)

    async def expire(self, webhooks: Iterable[str], now: datetime) -> None:
        """Forget in the lists what is no longer kept."""
        end = f"({index_member(now - KEEP, '')}"
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for name in webhooks:
                    pipe.zremrangebylex(_LISTED + name, "-", end)
                    pipe.zremrangebylex(_DEAD + name, "-", end)
                    # None is due before it was made.
                    pipe.zremrangebyscore(_DUE + name, "-inf", f"({(now - KEEP).timestamp()}")
                await pipe.execute()

    # -- both sides --------------------------------------------------------------------------------------------------

    async def deliveries(self, ids: Sequence[str]) -> list[Delivery]:
        """Those that are kept."""
        if not ids:
            return []
        with redis_errors():
            documents = await self._redis.mget([_DELIVERY + one for one in ids])
        return [Delivery.model_validate_json(document) for document in documents if document is not None]

    # -- the HTTP side -----------------------------------------------------------------------------------------------

    async def add(self, delivery: Delivery) -> None:
        """Add a delivery that is due now."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.set(_DELIVERY + delivery.message_id, delivery.model_dump_json(), px=_KEEP_MS)
                pipe.zadd(_LISTED + delivery.webhook, {index_member(delivery.created_at, delivery.message_id): 0})
                pipe.zadd(_DUE + delivery.webhook, {delivery.message_id: delivery.created_at.timestamp()})
                await pipe.execute()

    async def members(
        self, webhook: str, *, only_dead: bool, before: str | None, after: str | None, most: int
    ) -> list[str]:
        """At most so many members of the list, the latest first, between two members (left out) or from its ends."""
        key = (_DEAD if only_dead else _LISTED) + webhook
        start = "+" if before is None else f"({before}"
        end = "-" if after is None else f"({after}"
        with redis_errors():
            rows = await self._redis.zrange(key, start, end, desc=True, bylex=True, offset=0, num=most)
        return [cast("bytes", row).decode() for row in rows]

    async def send_again(
        self, webhook: str, since: datetime, until: datetime, now: datetime, *, only_dead: bool
    ) -> int:
        """Let the deliveries made in that time be tried anew; how many."""
        first, last = index_member(since, ""), index_member(until, "~")
        count, before = 0, last
        while members := await self.members(webhook, only_dead=only_dead, before=before, after=first, most=_AT_A_TIME):
            deliveries = await self.deliveries([id_of(member) for member in members])
            await self._set_due(deliveries, now)
            count, before = count + len(deliveries), members[-1]
        return count

    async def _set_due(self, deliveries: Iterable[Delivery], now: datetime) -> None:
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                for delivery in deliveries:
                    document = again(delivery, now).model_dump_json()
                    pipe.set(_DELIVERY + delivery.message_id, document, xx=True, keepttl=True)
                    pipe.zadd(_DUE + delivery.webhook, {delivery.message_id: now.timestamp()})
                    if delivery.outcome is DeliveryOutcome.DEAD:
                        pipe.zrem(_DEAD + delivery.webhook, index_member(delivery.created_at, delivery.message_id))
                await pipe.execute()

    async def forget(self, webhook: str) -> None:
        """Forget the lists of a webhook; what is in them goes when its time is over."""
        with redis_errors():
            await self._redis.delete(_LISTED + webhook, _DEAD + webhook, _DUE + webhook)


def _check(lease: Lease, done: Any) -> None:
    if not done:
        raise Fenced(f"the lease {lease.key} has ended")
