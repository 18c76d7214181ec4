"""State of the shards in Redis.

dedupe:<shard>:shard     JSON of its ShardRecord
dedupe:<shard>:events    hash: JSON of the EventRecord of each open event
dedupe:<shard>:live      hash: packed LiveArticleRecord of each live article; all that a restart reads of articles
dedupe:<shard>:articles  hash: JSON of the ArticleRecord of each live article, read when it moves or is revised
dedupe:<shard>:placed    hash: JSON of the PlacedRecord of every article, read when it comes again

dedupe:placed-outbox:<partition>
                         list: messages that were saved and are published next, until the save after that
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.dedupe.clustering.live_article import LiveArticleRecord
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.clustering.shard import Shard
from services.dedupe.store.packed import OtherLayoutError, pack_dataclass, unpack_dataclass
from services.runtime.messages import Outgoing
from services.runtime.outbox import read_outbox, write_outbox
from services.runtime.redis_client import redis_errors

OFFSETS_NAMESPACE = "dedupe:offsets"
_READ_AT_ONCE = 500
"""Articles in one answer of Redis: some megabytes."""


def _redis_key(shard_name: str, part: str) -> str:
    return f"dedupe:{shard_name}:{part}"


def _outbox_key(partition: int) -> str:
    return f"dedupe:placed-outbox:{partition}"


class ShardStore:
    """Loads shards, recalls single articles, and queues what changed."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def load_shard(self, shard_name: str, empty_shard: Shard) -> None:
        """Fill an empty shard with what the store has of `shard_name`; nothing is fine.

        Raises:
            TransientError: Redis does not answer.
        """
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.get(_redis_key(shard_name, "shard"))
                pipe.hvals(_redis_key(shard_name, "events"))
                state, events = await pipe.execute()
            live: dict[str, LiveArticleRecord] = {}
            outdated: list[str] = []
            async with self._redis.pipeline(transaction=True) as pipe:
                # Watching holds one connection, and its end is an error. A Redis that was restarted between two parts
                # of the scan has its hash in another order: the cursor would skip articles.
                await pipe.watch(_redis_key(shard_name, "live"))
                # Bit by bit: one answer with a hundred thousand articles would stop Redis for everybody.
                async for article_id, packed in pipe.hscan_iter(_redis_key(shard_name, "live"), count=_READ_AT_ONCE):
                    found = _unpack_if_current(packed)
                    if found is None:
                        outdated.append(article_id.decode())
                    else:
                        live[found.article_id] = found
            for part in _split_into_chunks(outdated):
                live |= {
                    record.article_id: empty_shard.recompute_live_article_record(record)
                    for record in await self._read_article_records(shard_name, part)
                }
        empty_shard.fill_from_records(
            ShardRecord.from_json_bytes(state) if state else ShardRecord(),
            live.values(),
            [EventRecord.from_json_bytes(record) for record in events],
        )

    async def load_records_for_placing(self, shard_name: str, shard: Shard, article_ids: Iterable[str]) -> None:
        """Give back what placing these articles may ask of them. To be called before each batch.

        Raises:
            TransientError: Redis does not answer.
        """
        wanted = shard.list_records_to_recall(article_ids)
        with redis_errors():
            found = await self._redis.hmget(_redis_key(shard_name, "placed"), wanted.placed) if wanted.placed else []
        shard.add_loaded_records(
            placed_records=[PlacedRecord.from_json_bytes(record) for record in found if record is not None]
        )
        await self._recall_articles(shard_name, shard, wanted.articles)

    async def load_moved_articles(self, shard_name: str, shard: Shard) -> None:
        """Give back what changed and is not in memory, to be told and saved. Raises as `load_records_for_placing`."""
        await self._recall_articles(shard_name, shard, shard.list_changed_articles_to_recall())

    async def read_saved_messages(self, partition: int) -> list[Outgoing]:
        """Read the messages that were saved to be published. Raises as `load_records_for_placing`."""
        return await read_outbox(self._redis, _outbox_key(partition))

    async def _recall_articles(self, shard_name: str, shard: Shard, article_ids: Sequence[str]) -> None:
        with redis_errors():
            for part in _split_into_chunks(article_ids):
                shard.add_loaded_records(await self._read_article_records(shard_name, part))

    async def _read_article_records(self, shard_name: str, article_ids: Sequence[str]) -> list[ArticleRecord]:
        found = await self._redis.hmget(_redis_key(shard_name, "articles"), list(article_ids))
        return [ArticleRecord.from_json_bytes(record) for record in found if record is not None]


def _unpack_if_current(packed_article: bytes) -> LiveArticleRecord | None:
    """A live article; None if it was packed by code that keeps other things of one."""
    try:
        found = unpack_dataclass(LiveArticleRecord, packed_article)
    except OtherLayoutError:
        return None
    return found if found.has_current_layout else None


def _split_into_chunks(article_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(article_ids), _READ_AT_ONCE):
        yield article_ids[start : start + _READ_AT_ONCE]


def write_shard_changes(pipe: Pipeline, shards: Mapping[str, Shard]) -> None:
    """Queue what changed since the last save."""
    for name, shard in sorted(shards.items()):
        changes = shard.changes
        pipe.set(_redis_key(name, "shard"), shard.shard_record.to_json_bytes())
        articles = sorted(changes.articles)
        stored = {
            "live": {key: pack_dataclass(shard.live_article_record(key)) for key in articles},
            "articles": {key: shard.article_record(key).to_json_bytes() for key in articles},
            "events": {key: shard.event_record(key).to_json_bytes() for key in sorted(changes.events)},
            "placed": {key: shard.placed_record(key).to_json_bytes() for key in sorted(changes.placed)},
        }
        for part, records in stored.items():
            if records:
                pipe.hset(_redis_key(name, part), mapping=records)  # type: ignore[arg-type] # str keys are fine
        removed_parts = (
            ("live", changes.removed_articles),
            ("articles", changes.removed_articles),
            ("events", changes.removed_events),
        )
        for part, removed in removed_parts:
            if removed:
                pipe.hdel(_redis_key(name, part), *sorted(removed))


def write_shard_outbox(pipe: Pipeline, partition: int, packed_messages: Iterable[bytes]) -> None:
    """Queue what is published next, in place of what has been."""
    write_outbox(pipe, _outbox_key(partition), packed_messages)
