"""The end of the history by age: earlier versions and changes that were replaced long ago are dropped.

A version goes once it was replaced longer ago than the age: so the one that held when the history begins is kept, and
every moment since then is answered. The newest is never replaced, and stays. Changes go by the same rule, with the
version that they lead to.

All keys are walked in parts, with Redis' SCAN: that works for a view of any release, and nothing has to be kept for it.
Each event's lists are watched while they are cut, so replicas that walk side by side drop nothing twice.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import WatchError

from services.api import metrics
from services.api.history.entries import ChangeEntry, VersionEntry, milliseconds_of
from services.api.history.history_store import changes_at_key, changes_key, packs_key, versions_key
from services.runtime.clock import Clock
from services.runtime.errors import TransientError
from services.runtime.redis_client import redis_errors

log = structlog.get_logger()

KEYS_AT_A_TIME = 1_000
"""Keys that one step looks through: a millisecond of Redis, where nothing is old."""
MOST_AT_A_TIME = 500
"""Versions of one event that one transaction drops."""
STEP_PAUSE_SECONDS = 0.2
ROUND_PAUSE_SECONDS = 3600.0
"""Between the end of a walk and the next one."""
FAILURE_PAUSE_SECONDS = 5.0
VERSION, CHANGES_OF_VERSION = "version", "changes_of_version"
"""What was dropped, as the metric names it."""

_Entry = VersionEntry | ChangeEntry


class HistoryDropper:
    """Walks through all events, again and again."""

    def __init__(self, redis: Redis, clock: Clock, days: float) -> None:
        """`days`: how long a version is kept after it was replaced."""
        self._redis = redis
        self._clock = clock
        self._age = timedelta(days=days)

    async def run(self, stopping: asyncio.Event) -> None:
        """Walk until `stopping` is set. A store that does not answer is asked again."""
        cursor = 0
        while not stopping.is_set():
            try:
                cursor = await self.step(cursor)
                pause = STEP_PAUSE_SECONDS if cursor else ROUND_PAUSE_SECONDS
            except TransientError as error:
                log.warning("old history stays for now", reason=str(error))
                pause = FAILURE_PAUSE_SECONDS
            try:
                async with asyncio.timeout(pause):
                    await stopping.wait()
            except TimeoutError:
                pass

    async def step(self, cursor: int) -> int:
        """Drop what is old of the events of one part of the keys; where the next part begins, 0: the walk is over.

        Raises TransientError when Redis does not answer.
        """
        before = milliseconds_of(self._clock.now() - self._age)
        with redis_errors():
            following, keys = await self._redis.scan(cursor, match=versions_key("*"), count=KEYS_AT_A_TIME)
        event_ids = [cast("bytes", key).decode().removeprefix(versions_key("")) for key in keys]
        dropped: Counter[str] = Counter()
        for event_id in await self._with_old(event_ids, before):
            dropped[VERSION] += await self._drop(
                versions_key(event_id), packs_key(event_id), VersionEntry.parse, before
            )
            dropped[CHANGES_OF_VERSION] += await self._drop(
                changes_at_key(event_id), changes_key(event_id), ChangeEntry.parse, before
            )
        for kind, number in dropped.items():
            metrics.HISTORY_DROPPED.labels(kind).inc(number)
        return int(following)

    async def _with_old(self, event_ids: Sequence[str], before: int) -> list[str]:
        """Those of the events whose first version, or first changes, were replaced before that time."""
        if not event_ids:
            return []
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for event_id in event_ids:
                    pipe.lindex(versions_key(event_id), 1)
                    pipe.lindex(changes_at_key(event_id), 1)
                answers = cast("list[bytes | None]", await pipe.execute())
        seconds = zip(event_ids, answers[::2], answers[1::2], strict=True)
        return [
            event_id
            for event_id, version, changes in seconds
            if (version is not None and VersionEntry.parse(version).at_ms < before)
            or (changes is not None and ChangeEntry.parse(changes).at_ms < before)
        ]

    async def _drop(self, list_key: str, hash_key: str, parse: Callable[[bytes], _Entry], before: int) -> int:
        """How many entries were dropped, all that were to be unless others write to the list: those are for later."""
        total = 0
        while True:
            try:
                with redis_errors():
                    dropped = await self._drop_part(list_key, hash_key, parse, before)
            except WatchError:
                return total
            total += dropped
            if dropped < MOST_AT_A_TIME:
                return total

    async def _drop_part(self, list_key: str, hash_key: str, parse: Callable[[bytes], _Entry], before: int) -> int:
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.watch(list_key)
            first = cast("list[bytes]", await pipe.lrange(list_key, 0, MOST_AT_A_TIME))
            entries = [parse(entry) for entry in first]
            old = [entry for entry, following in pairwise(entries) if following.at_ms < before]
            if old:
                pipe.multi()  # type: ignore[no-untyped-call]  # redis-py gives it no types
                pipe.ltrim(list_key, len(old), -1)
                pipe.hdel(hash_key, *(str(entry.version) for entry in old))
                await pipe.execute()
            return len(old)
