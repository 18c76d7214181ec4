"""Adapter of Redis: records at `ingest:article:{article_id}`, and whose a text is at `ingest:text:{text key}`."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from redis.asyncio import Redis

from services.ingest.record import Record
from services.runtime.redis_client import redis_errors, text_of, write_probe

KEY_PREFIX = "ingest:article:"
TEXT_PREFIX = "ingest:text:"
DAY_SECONDS = 24 * 60 * 60


class UnreadableRecord(Exception):  # noqa: N818 - a fact about the store
    """A record is not one of ours. The text names its key."""


class RedisRecords:
    """Records in Redis, forgotten `keep_days` after the article was last submitted."""

    def __init__(self, redis: Redis, *, keep_days: int) -> None:
        self._redis = redis
        self._keep_seconds = keep_days * DAY_SECONDS

    async def get(self, article_ids: Sequence[str]) -> dict[str, Record]:
        """Records of those articles that have one, if Redis takes writes too: nothing may be published otherwise.

        Raises:
            StoreFull: Redis takes no writes.
            TransientError: Redis does not answer.
            UnreadableRecord: something else stands at the key.
        """
        if not article_ids:
            return {}
        async with self._redis.pipeline(transaction=False) as pipeline:
            write_probe(pipeline, "ingest")
            pipeline.mget([KEY_PREFIX + article for article in article_ids])
            with redis_errors():
                _, values = await pipeline.execute()
        return {
            article: _decode(article, value)
            for article, value in zip(article_ids, values, strict=True)
            if value is not None
        }

    async def claim(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Whose each text is: the article given for it, unless another has claimed it before.

        Raises:
            StoreFull: Redis takes no writes.
            TransientError: Redis does not answer.
        """
        if not texts:
            return {}
        async with self._redis.pipeline(transaction=False) as pipeline:
            for key, article in texts.items():
                pipeline.set(TEXT_PREFIX + key, article, nx=True, get=True)
                pipeline.expire(TEXT_PREFIX + key, self._keep_seconds)
            with redis_errors():
                answers = await pipeline.execute()
        before = answers[::2]
        return {
            key: article if earlier is None else text_of(earlier)
            for (key, article), earlier in zip(texts.items(), before, strict=True)
        }

    async def put(self, records: Mapping[str, Record]) -> None:
        """Keep these records, all or none.

        Raises:
            StoreFull: Redis takes no writes.
            TransientError: Redis does not answer.
        """
        if not records:
            return
        async with self._redis.pipeline(transaction=True) as pipeline:
            for article, record in records.items():
                pipeline.set(KEY_PREFIX + article, record.model_dump_json(), ex=self._keep_seconds)
            with redis_errors():
                await pipeline.execute()


def _decode(article: str, value: bytes | str) -> Record:
    try:
        return Record.model_validate_json(value)
    except ValidationError as error:
        raise UnreadableRecord(f"{KEY_PREFIX}{article} is not a record of ingest") from error
