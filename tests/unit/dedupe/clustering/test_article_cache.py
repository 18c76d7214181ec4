import pytest

from services.contracts.event import Membership
from services.dedupe.clustering.article_cache import ArticleCache, ArticleWithMembership
from tests.support.dedupe_articles import direction, embed, make_article

EMBEDDED = embed(make_article("post", "The ferry sank."), direction(1))
ARTICLE_ID = EMBEDDED.extracted.article.article_id
OTHER = embed(make_article("times", "The ferry sank."), direction(2))


def why(score: float) -> Membership:
    return Membership(score=score, threshold=0.5, model="test")


def emptied(kept: int = 0) -> ArticleCache:
    """A cache from which the article went when it was saved."""
    cache = ArticleCache(kept)
    cache.add_article(EMBEDDED, why(0.6))
    cache.mark_saved()
    return cache


def test_what_was_saved_leaves_memory_but_for_the_latest_used() -> None:
    cache = ArticleCache(1)
    cache.add_article(EMBEDDED, why(0.6))
    cache.add_article(OTHER, why(0.6))
    cache.mark_saved()
    assert ARTICLE_ID not in cache
    assert OTHER.extracted.article.article_id in cache
    with pytest.raises(KeyError):
        cache.get_article(ARTICLE_ID)


def test_an_article_that_moved_twice_before_it_was_recalled_is_told_each_time_as_it_was() -> None:
    cache = emptied()
    first = cache.snapshot_article(ARTICLE_ID)  # it moved, and what was said of it still holds
    cache.update_membership(ARTICLE_ID, why(0.7))
    second = cache.snapshot_article(ARTICLE_ID)
    cache.add_loaded_articles([ArticleWithMembership(EMBEDDED, why(0.6))], [])
    assert [cache.article_when_joined(one).membership.score for one in (first, second)] == [0.6, 0.7]
    assert cache.article_when_joined(first).embedded == EMBEDDED
    assert cache.get_article(ARTICLE_ID).membership.score == 0.7


def test_what_was_told_of_an_article_stays_when_a_revision_takes_its_place() -> None:
    cache = ArticleCache()
    cache.add_article(EMBEDDED, why(0.6))
    told = cache.snapshot_article(ARTICLE_ID)
    revised = embed(make_article("post", "The ferry did not sink.", revision=2), direction(1))
    cache.add_article(revised, why(0.6))
    assert cache.article_when_joined(told).article.revision == 1
    assert cache.get_article(ARTICLE_ID).article.revision == 2


def test_why_an_article_moved_outlives_the_save() -> None:
    cache = ArticleCache(5)
    cache.add_article(EMBEDDED, why(0.6))
    cache.update_membership(ARTICLE_ID, why(0.7))
    cache.mark_saved()
    assert cache.get_article(ARTICLE_ID).membership.score == 0.7


def test_where_an_article_of_an_event_that_ended_went_is_known_until_it_is_saved() -> None:
    cache = ArticleCache(5)
    cache.add_article(EMBEDDED, why(0.6))
    cache.forget_article_of_closed_event(ARTICLE_ID, "evt_1")
    assert ARTICLE_ID not in cache
    placed = cache.find_placed_record(ARTICLE_ID)
    assert placed is not None
    assert (placed.event_id, placed.revision) == ("evt_1", 1)
    cache.mark_saved()
    assert cache.find_placed_record(ARTICLE_ID) is None


def test_a_cache_that_keeps_all_knows_for_good_where_articles_went() -> None:
    cache = ArticleCache(None)
    cache.add_article(EMBEDDED, why(0.6))
    cache.forget_article_of_closed_event(ARTICLE_ID, "evt_1")
    cache.mark_saved()
    assert cache.find_placed_record(ARTICLE_ID) is not None
