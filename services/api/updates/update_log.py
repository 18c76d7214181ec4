"""The update log: every version of every event in the order in which the view took it.

view:log    stream: one entry for each stored version of an event, written in the MULTI that stores the version.
            Fields: `event` its id, `version`, `previous` the version that it replaced (0: none), `moved_from` the
            member of `view:events` that it replaced (empty: none, or the same), `merged_into` (empty: not merged)

A batch that brings several versions of an event stores the last of them, and that is one entry. Entries are kept for
some days by their age. A view that is rebuilt has a new log: its floor lies after every position of the old one, so
whoever comes with one of those is told so, and does not go on as if nothing had happened between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.changes import NewerEvent
from services.api.updates.positions import BEGINNING, order_of
from services.runtime.redis_client import redis_errors

LOG = "view:log"

_Entry = tuple[bytes, dict[bytes, bytes]]


@dataclass(frozen=True)
class Update:
    """A version of an event has taken its place in the view."""

    position: str
    """Where it stands in the log."""
    event_id: str
    version: int
    previous_version: int
    """The version that it replaced in the view; 0: the event is new here. Versions between the two can have been passed
    over."""
    moved_from: str
    """The member of the index of events that no longer holds; empty: there is none."""
    merged_into: str
    """The event that took its place; empty: it stands for itself."""


@dataclass(frozen=True)
class LogBounds:
    """Which part of the log is there."""

    floor: str
    """The oldest entry that is held: nothing is missing after it. `0-0` while there is none."""
    head: str
    """The newest entry; `0-0` while there is none."""

    def reaches(self, position: str) -> bool:
        """Whether all entries after `position` are held, so that a reader who has read up to there misses none.

        The beginning asks for what there is. Raises BadPosition.
        """
        return position == BEGINNING or order_of(position) >= order_of(self.floor)


class UpdateLog:
    """Reads of the log. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def read(self, after: str, count: int, block_ms: int | None = None) -> list[Update]:
        """At most `count` entries after a position, in order.

        Where there is none yet, wait up to `block_ms` for one (positive, and less than the longest wait for an answer
        of Redis, `NEWSWEAVE_REDIS_TIMEOUT_SECONDS`); None: do not wait.

        Raises:
            BadPosition: `after` is no position.
        """
        order_of(after)
        with redis_errors():
            answer = await self._redis.xread({LOG: after}, count=count, block=block_ms)
        # One stream was asked for. It is named in the answer, whose form depends on the protocol that is spoken.
        if not answer:
            return []
        (entries,) = answer.values() if isinstance(answer, dict) else (entries for _, entries in answer)
        return [_update(entry) for entry in cast("list[_Entry]", entries)]

    async def bounds(self) -> LogBounds:
        """The oldest and the newest entry, at one moment."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.xrange(LOG, count=1)
                pipe.xrevrange(LOG, count=1)
                oldest, newest = await pipe.execute()
        return LogBounds(_first_position(oldest), _first_position(newest))

    async def bounds_and_clock(self) -> tuple[LogBounds, str]:
        """The oldest and the newest entry, and the position that the store's clock stands at."""
        bounds = await self.bounds()
        with redis_errors():
            seconds, microseconds = await self._redis.time()
        return bounds, f"{1000 * seconds + microseconds // 1000}-0"

    async def head(self) -> str:
        """Position of the newest entry; `0-0` while there is none."""
        with redis_errors():
            return _first_position(await self._redis.xrevrange(LOG, count=1))

    async def floor(self) -> str:
        """Position of the oldest entry that is held; `0-0` while there is none."""
        with redis_errors():
            return _first_position(await self._redis.xrange(LOG, count=1))


def write_log(pipe: Pipeline, changes: Iterable[NewerEvent], keep_after: str) -> None:
    """Queue the commands that drop entries before the position `keep_after`, and note newer versions of events.

    Redis drops whole blocks of a hundred entries: some that are older stay for a while. What is noted now stays in any
    case, whatever the difference between Redis' clock, which entries have their time from, and the caller's.
    """
    pipe.xtrim(LOG, minid=keep_after, approximate=True)
    for change in changes:
        entry: dict[str | bytes, str | int] = {
            "event": change.mark.event_id,
            "version": change.mark.version,
            "previous": change.previous.version if change.previous else 0,
            "moved_from": change.unlisted or "",
            "merged_into": change.mark.merged_into or "",
        }
        pipe.xadd(LOG, entry)  # type: ignore[arg-type]  # a dict's types are fixed


def _first_position(answer: object) -> str:
    entries = cast("list[_Entry]", answer)
    return entries[0][0].decode() if entries else BEGINNING


def _update(entry: _Entry) -> Update:
    position, fields = entry
    return Update(
        position=position.decode(),
        event_id=fields[b"event"].decode(),
        version=int(fields[b"version"]),
        previous_version=int(fields[b"previous"]),
        moved_from=fields[b"moved_from"].decode(),
        merged_into=fields[b"merged_into"].decode(),
    )
