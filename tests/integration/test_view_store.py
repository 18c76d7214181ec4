"""The view against a real Redis that is killed and comes back."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from services.api.cursors import index_member
from services.api.view_store import ViewStore
from services.dedupe.event_changes.changes import changes_between
from services.local.redis import EmbeddedRedis
from services.runtime.errors import TransientError
from services.runtime.messages import Message
from tests.support.big_view import big_view
from tests.support.brokers import kill, running_redis
from tests.unit.api.examples import event, extracted, member
from tests.unit.api.view import (
    article_projector,
    change_projector,
    event_projector,
    project_articles,
    project_changes,
    project_events,
    snapshot,
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    with running_redis(tmp_path) as running:
        yield running


@pytest.fixture
async def redis(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    client = Redis.from_url(server.url, retry=Retry(NoBackoff(), 0))
    yield client
    await client.aclose()


async def ids(store: ViewStore, limit: int, after: str | None = None) -> tuple[list[str], str | None]:
    page = await store.page(limit, after)
    return [summary.event_id for summary in page.summaries], page.last


async def test_an_empty_view_has_nothing(redis: Redis) -> None:
    store = ViewStore(redis)
    assert await ids(store, 10) == ([], None)
    assert (await store.count(), await store.current("evt_x"), await store.event("evt_x")) == (0, None, None)
    assert await store.article("art_x") is None
    assert (await store.marks([]), await store.articles([])) == ({}, {})


async def test_the_list_is_in_order_of_time_then_id_and_pages_end_cleanly(redis: Redis) -> None:
    await project_events(
        redis, [event(f"evt_{letter}", minutes=minute) for letter, minute in zip("abcd", (1, 2, 2, 3), strict=True)]
    )
    store = ViewStore(redis)
    assert await ids(store, 4) == (["evt_d", "evt_c", "evt_b", "evt_a"], None)
    first, last = await ids(store, 2)
    assert (first, await ids(store, 2, last)) == (["evt_d", "evt_c"], (["evt_b", "evt_a"], None))


async def test_events_that_come_in_meanwhile_shift_nothing(redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{letter}", minutes=5) for letter in "bdfh"])
    store = ViewStore(redis)
    first, last = await ids(store, 2)
    await project_events(redis, [event("evt_new", minutes=9), event("evt_g", minutes=5), event("evt_z", minutes=5)])
    second, _ = await ids(store, 2, last)
    assert (first, second) == (["evt_h", "evt_f"], ["evt_d", "evt_b"])


async def test_a_cursor_outlives_the_event_it_names(redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{letter}", minutes=5) for letter in "abc"])
    await project_events(redis, [event("evt_b", 2, minutes=9)])
    assert await ids(ViewStore(redis), 9, index_member(event("evt_b", minutes=5).updated_at, "evt_b")) == (
        ["evt_a"],
        None,
    )


async def test_an_article_knows_its_event_whichever_came_first(redis: Redis) -> None:
    store = ViewStore(redis)
    await project_articles(redis, [extracted("art_1")])
    before = await store.article("art_1")
    await project_events(redis, [event("evt_a", articles=(member("art_1"), member("art_2")))])
    await project_articles(redis, [extracted("art_2")])
    after = [await store.article(article_id) for article_id in ("art_1", "art_2")]
    assert before is not None
    assert before.event_id is None
    assert [each.event_id for each in after if each] == ["evt_a", "evt_a"]
    assert after[0] is not None
    assert after[0].document == extracted("art_1").model_dump_json().encode()


async def test_a_redis_that_is_away_is_a_transient_failure(server: EmbeddedRedis, redis: Redis) -> None:
    store = ViewStore(redis)
    assert await store.count() == 0
    kill(server)
    for read in (store.count, lambda: store.current("e"), lambda: store.article("a"), lambda: store.page(1, None)):
        with pytest.raises(TransientError):
            await read()
    with pytest.raises(TransientError):
        await event_projector(redis).take_over(frozenset({0}))


async def test_what_was_saved_survives_kill_minus_nine_with_its_offsets(server: EmbeddedRedis, redis: Redis) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b", minutes=1)])
    await project_articles(redis, [extracted("art_1")])
    await project_changes(redis, changes_between(None, event("evt_a")))
    before = await snapshot(redis)
    kill(server)
    server.start()
    await redis.connection_pool.disconnect()
    assert await snapshot(redis) == before
    assert await event_projector(redis).take_over(frozenset({0})) == {0: 2}
    assert await article_projector(redis).take_over(frozenset({0})) == {0: 1}
    assert await change_projector(redis).take_over(frozenset({0})) == {0: 2}


async def test_changes_that_redis_lost_are_read_again_and_end_in_the_same_lists(
    server: EmbeddedRedis, redis: Redis
) -> None:
    first, second = (big_view(20, 10, version=version) for version in (1, 2))
    log = [
        *changes_between(None, first),
        *changes_between(first, second.model_copy(update={"claims": second.claims[:5]})),
    ]
    await project_changes(redis, log)
    whole = await snapshot(redis)
    await redis.flushall()
    projector = change_projector(redis)
    await projector.take_over(frozenset({0}))
    await projector.handle([Message("event.changed.v1", 0, at, one.event_id, one) for at, one in enumerate(log[:30])])
    await projector.save({0: 30})
    await projector.handle([Message("event.changed.v1", 0, 30, log[30].event_id, log[30])])
    kill(server)  # before that one was saved
    server.start()
    await redis.connection_pool.disconnect()
    await project_changes(redis, log[30:])
    assert await snapshot(redis) == whole
