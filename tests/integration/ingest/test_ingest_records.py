from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from services.contracts.article import ArticleStatus
from services.ingest.handler import Records
from services.ingest.record import Record
from services.ingest.revisions import RedisRecords, UnreadableRecord
from services.runtime.errors import TransientError
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_redis
from tests.unit.ingest.fakes import NOW, FakeRecords

FIRST = Record(revision=1, content_hash="a", status=ArticleStatus.USABLE, fetched_at=NOW)
SECOND = Record(revision=2, content_hash="b", status=ArticleStatus.WITHDRAWN, fetched_at=NOW)


@asynccontextmanager
async def fake_records(_folder: Path) -> AsyncIterator[Records]:
    yield FakeRecords()


@asynccontextmanager
async def redis_records(folder: Path) -> AsyncIterator[Records]:
    with running_redis(folder) as server:
        redis = open_redis(RuntimeSettings(redis_url=server.url))
        async with redis:
            yield RedisRecords(redis, keep_days=1)


@pytest.mark.parametrize("store", [fake_records, redis_records])
async def test_the_last_record_of_each_article_is_given_back(
    tmp_path: Path, store: Callable[[Path], AbstractAsyncContextManager[Records]]
) -> None:
    async with store(tmp_path) as records:
        assert await records.get([]) == {}
        assert await records.get(["art_1"]) == {}
        await records.put({"art_1": FIRST, "art_2": FIRST})
        await records.put({"art_1": SECOND})
        assert await records.get(["art_1", "art_2", "art_3"]) == {"art_1": SECOND, "art_2": FIRST}


async def test_records_stand_under_their_own_prefix_and_expire(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server:
        async with open_redis(RuntimeSettings(redis_url=server.url)) as redis:
            await RedisRecords(redis, keep_days=1).put({"art_1": FIRST})
            assert await redis.keys("*") == [b"ingest:article:art_1"]
            assert 86_390 <= await redis.ttl("ingest:article:art_1") <= 86_400


async def test_what_is_no_record_is_named_by_its_key(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server:
        async with open_redis(RuntimeSettings(redis_url=server.url)) as redis:
            await redis.set("ingest:article:art_1", b"\xff")
            with pytest.raises(UnreadableRecord, match="ingest:article:art_1"):
                await RedisRecords(redis, keep_days=1).get(["art_1"])


async def test_a_store_that_is_gone_is_a_transient_error(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server:
        url = server.url
    async with open_redis(RuntimeSettings(redis_url=url)) as redis:
        records = RedisRecords(redis, keep_days=1)
        with pytest.raises(TransientError):
            await records.get(["art_1"])
        with pytest.raises(TransientError):
            await records.put({"art_1": FIRST})


@pytest.mark.parametrize("store", [fake_records, redis_records])
async def test_a_text_is_the_first_articles_that_claimed_it(
    tmp_path: Path, store: Callable[[Path], AbstractAsyncContextManager[Records]]
) -> None:
    async with store(tmp_path) as records:
        assert await records.claim({}) == {}
        assert await records.claim({"one": "art_1", "two": "art_1"}) == {"one": "art_1", "two": "art_1"}
        assert await records.claim({"one": "art_2", "three": "art_2"}) == {"one": "art_1", "three": "art_2"}


async def test_a_text_is_forgotten_with_its_article(tmp_path: Path) -> None:
    with running_redis(tmp_path) as server:
        async with open_redis(RuntimeSettings(redis_url=server.url)) as redis:
            await RedisRecords(redis, keep_days=1).claim({"one": "art_1"})
            assert 86_390 <= await redis.ttl("ingest:text:one") <= 86_400
