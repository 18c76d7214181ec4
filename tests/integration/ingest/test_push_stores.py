"""What ingest keeps in Redis of requests: answers by idempotency key, traces."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from redis.asyncio import Redis

from services.ingest.push.answer_store import INDEX, KEY_PREFIX, RedisAnswers
from services.ingest.push.idempotency import CLAIM_SECONDS, Kept
from services.ingest.trace import MAX_ENTRIES, RequestTrace, SubmissionTrace
from services.ingest.trace_log import RedisTraces
from services.runtime.errors import TransientError
from tests.support.brokers import running_redis

NOW = datetime(2031, 3, 3, tzinfo=UTC)
CLAIM = Kept(fingerprint="f", owner="us")
ANSWER = Kept(fingerprint="f", owner="us", request_id="req_1", answer="{}")


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        await client.flushall()
        yield client


class Seconds:
    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_claim_holds_for_seconds_and_an_answer_for_its_time(redis: Redis) -> None:
    answers = RedisAnswers(redis, keep_seconds=3_600, max_keys=10)
    assert await answers.claim("k", CLAIM) is None
    assert await answers.claim("k", Kept(fingerprint="g", owner="them")) == CLAIM
    assert 0 < await redis.ttl(KEY_PREFIX + "k") <= CLAIM_SECONDS
    await redis.expire(KEY_PREFIX + "k", 1)
    await answers.renew("k")
    assert await redis.ttl(KEY_PREFIX + "k") > 1
    await answers.keep("k", ANSWER)
    assert await answers.claim("k", CLAIM) == ANSWER
    assert CLAIM_SECONDS < await redis.ttl(KEY_PREFIX + "k") <= 3_600


async def test_only_its_owner_gives_a_claim_up(redis: Redis) -> None:
    answers = RedisAnswers(redis, keep_seconds=3_600, max_keys=10)
    await answers.claim("k", CLAIM)
    await answers.give_up("k", Kept(fingerprint="f", owner="them"))
    assert await answers.claim("k", CLAIM) == CLAIM
    await answers.give_up("k", CLAIM)
    assert await answers.claim("k", CLAIM) is None


async def test_no_more_answers_are_kept_than_the_bound_and_the_oldest_go_first(redis: Redis) -> None:
    seconds = Seconds()
    answers = RedisAnswers(redis, keep_seconds=3_600, max_keys=3, now=seconds)
    for number in range(6):
        seconds.now += 1
        await answers.claim(str(number), CLAIM)
        await answers.keep(str(number), ANSWER)
    left = sorted([key async for key in redis.scan_iter(KEY_PREFIX + "*")])
    assert left == sorted([INDEX.encode(), *(f"{KEY_PREFIX}{number}".encode() for number in (3, 4, 5))])
    seconds.now += 3_601
    await answers.keep("6", ANSWER)
    assert await redis.zrange(INDEX, 0, -1) == [b"6"]


async def test_what_is_none_of_ours_counts_as_nothing(redis: Redis) -> None:
    answers = RedisAnswers(redis, keep_seconds=3_600, max_keys=3)
    await redis.set(KEY_PREFIX + "k", b"\x00garbage")
    assert await answers.claim("k", CLAIM) is None
    await answers.give_up("k", CLAIM)
    await answers.keep("k", ANSWER)
    assert await answers.claim("k", CLAIM) == ANSWER


async def test_an_article_keeps_its_latest_submissions_and_all_is_forgotten_in_time(redis: Redis) -> None:
    traces = RedisTraces(redis, keep_days=2)
    for number in range(MAX_ENTRIES + 5):
        name = f"req_{number}"
        request = RequestTrace(request_id=name, received_at=NOW, ended_at=NOW, status=202, rows=1)
        noted = SubmissionTrace(request_id=name, received_at=NOW, ended_at=NOW, line=1, outcome="published", revision=1)
        await traces.note(request, [("art_1", noted)])
    kept = await traces.of_article("art_1")
    assert [each.request_id for each in kept] == [f"req_{number}" for number in range(MAX_ENTRIES + 4, 4, -1)]
    found = await traces.of_request("req_0")
    assert found is not None
    assert found.rows == 1
    assert await traces.of_request("req_none") is None
    assert await traces.of_article("art_2") == []
    for key in ("ingest:trace:article:art_1", "ingest:trace:request:req_3"):
        assert 0 < await redis.ttl(key) <= 2 * 24 * 60 * 60


async def test_without_redis_both_say_so() -> None:
    async with Redis.from_url("redis://127.0.0.1:1") as nobody:
        for asking in (
            RedisAnswers(nobody, keep_seconds=1, max_keys=1).claim("k", CLAIM),
            RedisAnswers(nobody, keep_seconds=1, max_keys=1).keep("k", ANSWER),
            RedisTraces(nobody, keep_days=1).of_article("art_1"),
        ):
            with pytest.raises(TransientError):
                await asking
