"""State of the shards in Redis: hashes `dedupe:<shard>:articles|events|placed`, string `dedupe:<shard>:shard`."""

from collections.abc import Mapping

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.dedupe.collection import Collection
from services.dedupe.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.runtime.redis_client import redis_errors

OFFSETS_NAMESPACE = "dedupe:offsets"


def _key(shard: str, part: str) -> str:
    return f"dedupe:{shard}:{part}"


class ShardStore:
    """Loads shards, and queues what changed in them."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def load(self, shard: str, into: Collection) -> None:
        """Fill an empty collection with what the store has of `shard`; nothing is fine.

        Raises:
            TransientError: Redis does not answer.
        """
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.get(_key(shard, "shard"))
                for part in ("articles", "events", "placed"):
                    pipe.hvals(_key(shard, part))
                state, articles, events, placed = await pipe.execute()
        into.restore(
            ShardRecord.from_record(state) if state else ShardRecord(),
            [ArticleRecord.from_record(record) for record in articles],
            [EventRecord.from_record(record) for record in events],
            [PlacedRecord.from_record(record) for record in placed],
        )


def write_changes(pipe: Pipeline, shards: Mapping[str, Collection]) -> None:
    """Queue what changed since the last save."""
    for shard, collection in sorted(shards.items()):
        changes = collection.changes
        pipe.set(_key(shard, "shard"), collection.shard.to_record())
        stored = {
            "articles": {key: collection.article_record(key).to_record() for key in sorted(changes.articles)},
            "events": {key: collection.event(key).to_record() for key in sorted(changes.events)},
            "placed": {key: collection.placed_record(key).to_record() for key in sorted(changes.placed)},
        }
        for part, records in stored.items():
            if records:
                pipe.hset(_key(shard, part), mapping=records)  # type: ignore[arg-type] # str keys are fine
        for part, removed in (("articles", changes.removed_articles), ("events", changes.removed_events)):
            if removed:
                pipe.hdel(_key(shard, part), *sorted(removed))
