"""Adapter of Redis: what became of submissions.

ingest:trace:receipt:{receipt}       JSON of trace.Receipt
ingest:trace:article:{article_id}    list: JSON of trace.SubmissionTrace, the latest first, `MAX_ENTRIES` of them
"""

from collections.abc import Sequence

from redis.asyncio import Redis

from services.ingest.trace import MAX_ENTRIES, Receipt, SubmissionTrace
from services.runtime.redis_client import redis_errors

DAY_SECONDS = 24 * 60 * 60


class RedisTraces:
    """Traces in Redis, forgotten so many days after the last submission."""

    def __init__(self, redis: Redis, *, keep_days: int) -> None:
        self._redis = redis
        self._keep_seconds = keep_days * DAY_SECONDS

    async def note(self, receipt: Receipt, of_articles: Sequence[tuple[str, SubmissionTrace]]) -> None:
        """Remember, in one round trip."""
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.set(_receipt_key(receipt.receipt), receipt.model_dump_json(), ex=self._keep_seconds)
                for article_id, submission in of_articles:
                    key = _article_key(article_id)
                    pipe.lpush(key, submission.model_dump_json(exclude_defaults=True))
                    pipe.ltrim(key, 0, MAX_ENTRIES - 1)
                    pipe.expire(key, self._keep_seconds)
                await pipe.execute()

    async def receipt(self, receipt: str) -> Receipt | None:
        """What became of a request."""
        with redis_errors():
            found = await self._redis.get(_receipt_key(receipt))
        return None if found is None else Receipt.model_validate_json(found)

    async def submissions(self, article_id: str) -> list[SubmissionTrace]:
        """The latest submissions of an article."""
        with redis_errors():
            found = await self._redis.lrange(_article_key(article_id), 0, -1)
        return [SubmissionTrace.model_validate_json(entry) for entry in found]


def _receipt_key(receipt: str) -> str:
    return f"ingest:trace:receipt:{receipt}"


def _article_key(article_id: str) -> str:
    return f"ingest:trace:article:{article_id}"
