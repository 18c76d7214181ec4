"""Adapter of Redis: what became of submissions.

ingest:trace:request:{request_id}    JSON of trace.RequestTrace
ingest:trace:article:{article_id}    list: JSON of trace.SubmissionTrace, the latest first, `MAX_ENTRIES` of them
"""

from collections.abc import Sequence

from redis.asyncio import Redis

from services.ingest.trace import MAX_ENTRIES, RequestTrace, SubmissionTrace
from services.runtime.redis_client import redis_errors

DAY_SECONDS = 24 * 60 * 60


class RedisTraces:
    """Traces in Redis, forgotten so many days after the last submission."""

    def __init__(self, redis: Redis, *, keep_days: int) -> None:
        self._redis = redis
        self._keep_seconds = keep_days * DAY_SECONDS

    async def note(self, request: RequestTrace | None, of_articles: Sequence[tuple[str, SubmissionTrace]]) -> None:
        """Remember, in one round trip."""
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                if request is not None:
                    pipe.set(_request_key(request.request_id), request.model_dump_json(), ex=self._keep_seconds)
                for article_id, submission in of_articles:
                    key = _article_key(article_id)
                    pipe.lpush(key, submission.model_dump_json(exclude_defaults=True))
                    pipe.ltrim(key, 0, MAX_ENTRIES - 1)
                    pipe.expire(key, self._keep_seconds)
                await pipe.execute()

    async def of_request(self, request_id: str) -> RequestTrace | None:
        """What became of a request."""
        with redis_errors():
            kept = await self._redis.get(_request_key(request_id))
        return None if kept is None else RequestTrace.model_validate_json(kept)

    async def of_article(self, article_id: str) -> list[SubmissionTrace]:
        """The latest submissions of an article."""
        with redis_errors():
            entries = await self._redis.lrange(_article_key(article_id), 0, -1)
        return [SubmissionTrace.model_validate_json(entry) for entry in entries]


def _request_key(request_id: str) -> str:
    return f"ingest:trace:request:{request_id}"


def _article_key(article_id: str) -> str:
    return f"ingest:trace:article:{article_id}"
