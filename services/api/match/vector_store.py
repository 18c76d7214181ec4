"""Vectors of articles in Redis, for search by meaning: a part of the key family `view:*`.

view:vectors:{dimensions}:{model}   vector set: members `<event_id> <article_id>` with the vector of the article's lead,
                                    attributes `event` (id) and `day` (of publication, from 1970-01-01)
view:vector-sets                    set: keys of all the vector sets

The member names the event too: an article that moves between events leaves one and joins the other, on two partitions
and in either order. Vectors of different models are never compared, so each model has a set of its own.
Source: https://redis.io/docs/latest/develop/data-types/vector-sets/
"""

import struct
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import orjson
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.match.vectors import ArticleVector, Neighbour, RoundedVector
from services.runtime.redis_client import redis_errors

VECTOR_SETS = "view:vector-sets"
QUANTISATION = "Q8"
"""One byte a value. Half the memory of float32 at the same recall; one bit a value loses every second neighbour."""
BUILD_EFFORT = 100
"""Candidates looked at when a vector is added (EF of HNSW)."""


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
        command = ["VSIM", key, "FP32", _packed(values), "WITHSCORES", "WITHATTRIBS", "COUNT", count, *within]
        with redis_errors():
            found = await self._command(*command)
        neighbours = [_neighbour(member, score, attributes) for member, score, attributes in _rows(found)]
        return sorted(neighbours, key=lambda each: (-each.cosine, each.event_id, each.article_id))

    async def rounded(
        self, model: str, dimensions: int, places: Sequence[tuple[str, str]]
    ) -> list[RoundedVector | None]:
        """Vectors of articles in their events (event id, article id), as they are kept; None for one without."""
        key = set_key(model, dimensions)
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for event_id, article_id in places:
                    cast("Any", pipe).execute_command("VEMB", key, _member(event_id, article_id), "RAW")
                found = await pipe.execute()
        return [
            None if each is None else RoundedVector(array("b", each[1]), float(each[3]) / INT8_MAX) for each in found
        ]


INT8_MAX = 127
"""The largest value of a vector is kept as this number; what it was is told beside it."""


def _rows(found: Any) -> Iterable[tuple[bytes, Any, Any]]:
    """Members with score and attributes, in either form that the two versions of Redis' protocol have."""
    if isinstance(found, Mapping):
        return [(member, *told) for member, told in found.items()]
    listed = list(found or ())
    return zip(listed[::3], listed[1::3], listed[2::3], strict=True)


def _neighbour(member: bytes, score: Any, attributes: bytes | None) -> Neighbour:
    event_id, _, article_id = member.decode().partition(" ")
    # A score is (1 + cosine) / 2.
    return Neighbour(event_id, article_id, 2 * float(score) - 1, orjson.loads(attributes or b"{}").get("day"))


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
