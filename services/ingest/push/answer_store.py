"""Adapter of Redis: the answers to requests with an idempotency key, at `ingest:idempotency:{hash of the key}`."""

import time
import zlib
from collections.abc import Callable
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from services.ingest.push.idempotency import CLAIM_SECONDS, Kept
from services.runtime.redis_client import redis_errors

KEY_PREFIX = "ingest:idempotency:"
INDEX = f"{KEY_PREFIX}index"
"""Sorted set: the keys with answers, by when they were kept. No hash is called so."""


class RedisAnswers:
    """Answers in Redis, compressed, for so long, and no more than so many of them."""

    def __init__(self, redis: Redis, *, keep_seconds: int, max_keys: int, now: Callable[[], float] = time.time) -> None:
        """`now` is in seconds since 1970."""
        self._redis = redis
        self._keep_seconds = keep_seconds
        self._max_keys = max_keys
        self._now = now

    async def claim(self, key: str, claim: Kept) -> Kept | None:
        """Claim the key, unless somebody has. What stands there and is none of ours counts as nothing."""
        name = KEY_PREFIX + key
        with redis_errors():
            earlier = await self._redis.set(name, _pack(claim), nx=True, get=True, ex=CLAIM_SECONDS)
        return None if earlier is None else _unpack(cast("bytes", earlier))

    async def renew(self, key: str) -> None:
        """Hold the claim on."""
        with redis_errors():
            await self._redis.expire(KEY_PREFIX + key, CLAIM_SECONDS)

    async def keep(self, key: str, answered: Kept) -> None:
        """Put the answer in the claim's place, and forget the oldest ones above the limit."""
        now = self._now()
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.set(KEY_PREFIX + key, _pack(answered), ex=self._keep_seconds)
                pipe.zadd(INDEX, {key: now})
                pipe.zremrangebyscore(INDEX, "-inf", now - self._keep_seconds)
                pipe.expire(INDEX, self._keep_seconds)
                pipe.zcard(INDEX)
                *_, kept = await pipe.execute()
            if kept > self._max_keys:
                oldest = cast("list[tuple[bytes, float]]", await self._redis.zpopmin(INDEX, kept - self._max_keys))
                await self._redis.delete(*(KEY_PREFIX + name.decode() for name, _ in oldest))

    async def give_up(self, key: str, claim: Kept) -> None:
        """Free the key if it is ours. Another's claim that comes between the two commands may go: that harms nobody."""
        name = KEY_PREFIX + key
        with redis_errors():
            kept = await self._redis.get(name)
            if kept is not None and _unpack(cast("bytes", kept)) == claim:
                await self._redis.delete(name)


def _pack(kept: Kept) -> bytes:
    return zlib.compress(kept.model_dump_json().encode(), level=1)


def _unpack(packed: bytes) -> Kept | None:
    try:
        return Kept.model_validate_json(zlib.decompress(packed))
    except (zlib.error, ValidationError):
        return None
