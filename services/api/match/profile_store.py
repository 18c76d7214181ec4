"""Profiles of articles in Redis: a part of the key family `view:*`.

view:profile:{article_id}   JSON of what is compared of an article (profile.Profile), written with the article
"""

from collections.abc import Iterable, Sequence
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.match.profile import Profile, profile_of
from services.contracts.claim import ExtractedArticle
from services.runtime.redis_client import redis_errors


def _key(article_id: str) -> str:
    return f"view:profile:{article_id}"


class ProfileStore:
    """Reads of the profiles."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def profiles(self, article_ids: Sequence[str]) -> dict[str, Profile]:
        """Those that are there, by article id. Raises TransientError when Redis does not answer."""
        if not article_ids:
            return {}
        with redis_errors():
            found = cast("list[bytes | None]", await self._redis.mget([_key(each) for each in article_ids]))
        return {
            article_id: Profile.from_json(packed)
            for article_id, packed in zip(article_ids, found, strict=True)
            if packed is not None
        }


def write_profiles(pipe: Pipeline, articles: Iterable[ExtractedArticle]) -> None:
    """Queue the commands that put profiles of articles in place; a withdrawn one has none."""
    for extracted in articles:
        article = extracted.article
        if article.is_withdrawn:
            pipe.delete(_key(article.article_id))
        else:
            profile = profile_of(article.title, article.text, article.published_at, article.url)
            put_profile(pipe, article.article_id, profile)


def put_profile(pipe: Pipeline, article_id: str, profile: Profile) -> None:
    """Queue the command that puts one profile in place."""
    pipe.set(_key(article_id), profile.to_json())
