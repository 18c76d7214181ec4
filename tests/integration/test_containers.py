"""The runtime on Kafka and Redis as others package them: official images, other defaults than our own stack."""

import warnings
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

import pytest
from redis.asyncio.client import Pipeline

from services.contracts import dead_letter
from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result
from tests.support.polling import eventually, eventually_async
from tests.support.rig import Rig, ingested, open_rig

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # deprecations inside testcontainers, at its import
    from testcontainers.community.kafka import KafkaContainer
    from testcontainers.community.redis import RedisContainer

pytestmark = [pytest.mark.containers, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def kafka() -> Iterator[str]:
    with KafkaContainer("confluentinc/cp-kafka:7.6.0").with_kraft() as container:
        yield container.get_bootstrap_server()


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with RedisContainer("redis:8") as container:
        yield f"redis://{container.get_container_host_ip()}:{container.get_exposed_port(6379)}/0"


@pytest.fixture
async def rig(kafka: str, redis_url: str) -> AsyncIterator[Rig]:
    async with open_rig(kafka, redis_url, idempotence=True) as opened:
        yield opened


class Counter:
    """Counts how often it sees each article and keeps the counts in Redis, with the offsets they cover."""

    def __init__(self, rig: Rig) -> None:
        self._redis = rig.redis
        self._offsets = KeptOffsets(rig.redis, "test", rig.cluster_id)
        self._new: list[str] = []
        self.key = rig.settings.topic_prefix + "counts"

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        self._new = [message.value.article_id for message in messages]
        return Result()

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        return await self._offsets.take_over(ARTICLE_INGESTED.name, partitions)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        await self._offsets.save(
            ARTICLE_INGESTED.name,
            next_offsets,
            self._write,
        )

    def _write(self, pipe: Pipeline) -> None:
        for article_id in self._new:
            pipe.hincrby(self.key, article_id, 1)

    async def counts(self) -> dict[str, int]:
        found = await self._redis.hgetall(self.key)
        return {key if isinstance(key, str) else key.decode(): int(count) for key, count in found.items()}


async def test_every_message_is_counted_once_across_two_consumers_in_turn(rig: Rig) -> None:
    await rig.publish(1, 2, 3)
    first = Counter(rig)
    async with rig.consuming(first):
        await eventually_async(lambda: _has(first, 3))
    await rig.publish(4, 5)
    second = Counter(rig)
    async with rig.consuming(second):
        await eventually_async(lambda: _has(second, 5))
    assert await second.counts() == {f"art_{number}": 1 for number in range(1, 6)}


async def test_garbage_ends_in_the_dead_letters_with_its_reason(rig: Rig) -> None:
    await rig.producer.send([(rig.settings.topic_prefix + ARTICLE_INGESTED.name, b"k", b"\xff not json", [])])
    async with rig.consuming(Counter(rig)):
        (letter,) = await eventually_async(lambda: rig.records(ARTICLE_INGESTED.dead_letters("extract")))
    assert b"not a valid Article" in dict(letter.headers)[dead_letter.REASON]


async def test_a_message_of_several_megabytes_passes(rig: Rig) -> None:
    seen: list[int] = []

    class Reader:
        async def handle(self, messages: Sequence[Message[Article]]) -> Result:
            seen.extend(len(message.value.text) for message in messages)
            return Result()

    await rig.producer.publish([ingested(1, text="x" * 6_000_000)])
    async with rig.consuming(Reader()):
        await eventually(lambda: seen == [6_000_000])


async def _has(counter: Counter, articles: int) -> bool:
    return len(await counter.counts()) == articles
