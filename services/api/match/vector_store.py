"""Vectors of articles in Redis, for search by meaning: a part of the key family `view:*`.

view:vectors:{dimensions}:{model}   vector set: members `<event_id> <article_id>` with the vector of the article's lead,
                                    attributes `event` (id) and `day` (of publication, from 1970-01-01)
view:vector-sets                    set: keys of all the vector sets

The member names the event too: an article that moves between events leaves one and joins the other, on two partitions
and in either order. Vectors of different models are never compared, so each model has a set of its own.
Source: https://redis.io/docs/latest/develop/data-types/vector-sets/
"""

import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.match.vectors import ArticleVector
from services.runtime.redis_client import redis_errors

VECTOR_SETS = "view:vector-sets"
QUANTISATION = "Q8"
"""One byte a value. Half the memory of float32 at the same recall; one bit a value loses every second neighbour."""
BUILD_EFFORT = 100
"""Candidates looked at when a vector is added (EF of HNSW)."""


@dataclass(frozen=True)
class Neighbour:
    """An article near a vector, in its event."""

    event_id: str
    article_id: str
    cosine: float


def set_key(model: str, dimensions: int) -> str:
    """Where the vectors of a model are."""
    return f"view:vectors:{dimensions}:{model}"


def _member(event_id: str, article_id: str) -> str:
    return f"{event_id} {article_id}"


def _packed(values: Sequence[float]) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


class VectorStore:
    """Reads of the vector sets. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._command: Any = redis.execute_command  # redis-py gives it no types

    async def sets(self) -> frozenset[str]:
        """Keys of all the vector sets."""
        with redis_errors():
            found = await cast("Any", self._redis.smembers(VECTOR_SETS))
        return frozenset(key.decode() for key in found)

    async def size(self, model: str, dimensions: int) -> int:
        """How many articles have a vector of the model."""
        with redis_errors():
            return int(await self._command("VCARD", set_key(model, dimensions)) or 0)

    async def near(
        self, model: str, values: Sequence[float], count: int, days: tuple[int, int] | None = None
    ) -> list[Neighbour]:
        """At most `count` articles nearest to a vector of the model, the nearest first.

        Args:
            model: That made the vector.
            values: The vector.
            count: How many.
            days: Only articles that were published from the first of these days to the last; slower.
        """
        key = set_key(model, len(values))
        within = [] if days is None else ["FILTER", f".day >= {days[0]} and .day <= {days[1]}"]
        command = ["VSIM", key, "FP32", _packed(values), "WITHSCORES", "COUNT", count, *within]
        with redis_errors():
            found = await self._command(*command)
        pairs = sorted(((_name(member), float(score)) for member, score in _scored(found)), key=_order)
        # A score is (1 + cosine) / 2.
        return [Neighbour(*name, 2 * score - 1) for name, score in pairs]


def _scored(found: Any) -> Iterable[tuple[bytes, Any]]:
    """Members with their scores, whichever version of the protocol and of the client gave them."""
    if isinstance(found, Mapping):
        return list(found.items())
    listed = list(found or ())
    return list(zip(listed[::2], listed[1::2], strict=True))


def _name(member: bytes) -> tuple[str, str]:
    event_id, _, article_id = member.decode().partition(" ")
    return event_id, article_id


def _order(pair: tuple[tuple[str, str], float]) -> tuple[float, tuple[str, str]]:
    return -pair[1], pair[0]


def write_vectors(
    pipe: Pipeline, event_id: str, vectors: Mapping[str, ArticleVector], gone: Iterable[str], sets: Collection[str]
) -> None:
    """Queue the commands that keep the vectors of an event's articles.

    Args:
        pipe: Takes the commands.
        event_id: The event.
        vectors: By article id, those that joined or changed.
        gone: Articles that are in the event no more, or withdrawn.
        sets: Keys of all the vector sets that there are.
    """
    for article_id in gone:
        for key in sorted(sets):
            pipe.execute_command("VREM", key, _member(event_id, article_id))
    for article_id, vector in vectors.items():
        own, member = set_key(vector.model, len(vector.values)), _member(event_id, article_id)
        for key in sorted(set(sets) - {own}):
            pipe.execute_command("VREM", key, member)
        attributes = orjson.dumps({"event": event_id} | ({} if vector.day is None else {"day": vector.day}))
        options = [QUANTISATION, "EF", BUILD_EFFORT, "SETATTR", attributes]
        pipe.execute_command("VADD", own, "FP32", _packed(vector.values), member, *options)
        pipe.sadd(VECTOR_SETS, own)
