"""Stateful handlers: their offsets are kept with their state, and a writer that lost its partition is fenced."""

from collections.abc import Mapping, Sequence

import pytest
from redis.asyncio import Redis

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.errors import Fenced, StateLost
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result
from tests.support.polling import eventually_async
from tests.support.rig import Rig

TOPIC = ARTICLE_INGESTED.name


class Tally:
    """Counts articles by id in Redis; a repeated article is counted again, so that a repetition shows."""

    def __init__(self, redis: Redis, namespace: str, cluster_id: str) -> None:
        self.offsets = KeptOffsets(redis, f"{namespace}:offsets", cluster_id)
        self.key = f"{namespace}:tally"
        self.pending: list[str] = []
        self.takeovers = 0

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        self.takeovers += 1
        self.pending = []
        return await self.offsets.take_over(TOPIC, partitions)

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        self.pending += [message.key for message in messages]
        return Result()

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        pending = list(self.pending)
        await self.offsets.save(TOPIC, next_offsets, lambda pipe: [pipe.hincrby(self.key, key, 1) for key in pending])
        self.pending = []


@pytest.fixture
def tally(rig: Rig) -> Tally:
    return Tally(rig.redis, rig.settings.topic_prefix, rig.cluster_id)


async def counts(rig: Rig, tally: Tally) -> list[int]:
    """How often each article was counted."""
    return [int(count) for count in await rig.redis.hvals(tally.key)]


async def test_a_restarted_handler_goes_on_where_its_saved_state_ends(rig: Rig, tally: Tally) -> None:
    await rig.publish(*range(10))
    async with rig.consuming(tally):
        await eventually_async(lambda: counted_all(rig, tally, 10))
    await rig.publish(*range(10, 20))
    async with rig.consuming(Tally(rig.redis, rig.settings.topic_prefix, rig.cluster_id)):
        await eventually_async(lambda: counted_all(rig, tally, 20))
    assert set(await counts(rig, tally)) == {1}


async def counted_all(rig: Rig, tally: Tally, number: int) -> bool:
    return len(await counts(rig, tally)) == number


async def test_offsets_kept_on_another_log_do_not_apply(rig: Rig, tally: Tally) -> None:
    await rig.publish(1, 2)
    other_log = Tally(rig.redis, rig.settings.topic_prefix, "another cluster")
    async with rig.consuming(other_log):
        await eventually_async(lambda: counted_all(rig, other_log, 2))
    async with rig.consuming(tally):
        await eventually_async(lambda: counted_twice(rig, tally))


async def counted_twice(rig: Rig, tally: Tally) -> bool:
    return set(await counts(rig, tally)) == {2}


async def test_a_store_that_lost_its_last_second_while_idle_repeats_that_second(rig: Rig, tally: Tally) -> None:
    await rig.publish(*range(6))
    async with rig.consuming(tally):
        await eventually_async(lambda: counted_all(rig, tally, 6))
        # What an emptied store looks like: the state and the offsets that cover it are gone together.
        prefix = rig.settings.topic_prefix
        keys = [key async for key in rig.redis.scan_iter(match=f"{prefix}:*")]
        await rig.redis.delete(*keys)
        await eventually_async(lambda: counted_all(rig, tally, 6), what="everything is counted again")
    assert set(await counts(rig, tally)) == {1}
    assert tally.takeovers >= 2


async def test_a_writer_whose_partition_was_taken_over_cannot_write(rig: Rig) -> None:
    first = KeptOffsets(rig.redis, f"{rig.settings.topic_prefix}fence", rig.cluster_id)
    second = KeptOffsets(rig.redis, f"{rig.settings.topic_prefix}fence", rig.cluster_id)
    await first.take_over(TOPIC, [0, 1])
    await first.save(TOPIC, {0: 5}, lambda pipe: None)
    assert await second.take_over(TOPIC, [0]) == {0: 5}
    with pytest.raises(Fenced):
        await first.save(TOPIC, {0: 6}, lambda pipe: None)
    with pytest.raises(Fenced):
        await first.save(TOPIC, {}, lambda pipe: None)
    await second.save(TOPIC, {0: 7}, lambda pipe: None)


async def test_state_and_offset_change_together_or_not_at_all(rig: Rig) -> None:
    namespace = f"{rig.settings.topic_prefix}atomic"
    offsets = KeptOffsets(rig.redis, namespace, rig.cluster_id)
    await offsets.take_over(TOPIC, [0])
    await offsets.save(TOPIC, {0: 1}, lambda pipe: None)
    await rig.redis.hset(f"{namespace}:{TOPIC}:0", "offset", 0)  # as after a failover to an older copy
    with pytest.raises(StateLost):
        await offsets.save(TOPIC, {0: 2}, lambda pipe: pipe.set(f"{namespace}:state", "new"))
    assert await rig.redis.get(f"{namespace}:state") is None
