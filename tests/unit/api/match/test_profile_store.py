"""Profiles of articles in the view follow their articles."""

from redis.asyncio import Redis

from services.api.match.profile import profile_of
from services.api.match.profile_store import ProfileStore
from services.contracts.article import ArticleStatus
from tests.unit.api.examples import TEXT, extracted
from tests.unit.api.view import project_articles


async def test_an_article_is_stored_with_its_profile_and_a_later_revision_replaces_it(redis: Redis) -> None:
    first, later = extracted("art_a"), extracted("art_a", 2, fetched_minutes=5, text="Rain.", claims=())
    await project_articles(redis, [first])
    article = first.article
    expected = profile_of(article.title, TEXT, article.published_at, article.url)
    assert await ProfileStore(redis).profiles(["art_a", "art_none"]) == {"art_a": expected}
    await project_articles(redis, [later])
    found = await ProfileStore(redis).profiles(["art_a"])
    assert "rain" in found["art_a"].words


async def test_a_withdrawn_article_has_no_profile(redis: Redis) -> None:
    await project_articles(redis, [extracted("art_a")])
    later = extracted("art_a", 2, fetched_minutes=5, claims=())
    withdrawn = later.model_copy(
        update={"article": later.article.model_copy(update={"status": ArticleStatus.WITHDRAWN})}
    )
    await project_articles(redis, [withdrawn])
    assert await ProfileStore(redis).profiles(["art_a"]) == {}


async def test_nothing_is_asked_for_nothing(redis: Redis) -> None:
    assert await ProfileStore(redis).profiles([]) == {}
