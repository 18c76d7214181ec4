"""Handling that takes longer than the poll interval: nobody is thrown out of the group, and nothing is begun again."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.runtime.handlers import Handler
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message, Result
from tests.support.polling import eventually
from tests.support.rig import Rig

POLL_INTERVAL_SECONDS = 1.0


@pytest.fixture
def hasty(rig: Rig) -> Rig:
    """A rig whose group allows the shortest poll interval that can be set."""
    rig.settings = rig.settings.model_copy(update={"max_poll_interval_ms": int(POLL_INTERVAL_SECONDS * 1000)})
    return rig


class Slow:
    """A handler that takes its time for each batch. `begun` and `done` show what was handled more than once."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begun: list[str] = []
        self.done: list[str] = []

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        self.begun += [message.key for message in messages]
        await asyncio.sleep(self.seconds if messages else 0)
        self.done += [message.key for message in messages]
        return Result()


class SlowKeeper(Slow):
    """The same with its offsets kept in Redis, as assign and the projectors have them."""

    def __init__(self, seconds: float, rig: Rig) -> None:
        super().__init__(seconds)
        self.offsets = KeptOffsets(rig.redis, f"{rig.settings.topic_prefix}slow", rig.cluster_id)
        self.take_overs = 0

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        self.take_overs += 1
        return await self.offsets.take_over(ARTICLE_INGESTED.name, partitions)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        await self.offsets.save(ARTICLE_INGESTED.name, next_offsets, lambda pipe: None)


@asynccontextmanager
async def replicas(rig: Rig, *handlers: Handler[Article]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Consumers of one group, one for each handler, that came one after the other."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(rig.consuming(handler)) for handler in handlers]


async def test_a_batch_of_three_poll_intervals_is_handled_once_without_a_rebalance(hasty: Rig) -> None:
    slow = SlowKeeper(3 * POLL_INTERVAL_SECONDS, hasty)
    await hasty.publish(1)
    async with hasty.consuming(slow) as task:
        await eventually(lambda: slow.done == ["art_1"])
        slow.seconds = 0
        await hasty.publish(2)
        await eventually(lambda: "art_2" in slow.done)
        assert not task.done()
    assert slow.begun == ["art_1", "art_2"]
    assert slow.take_overs == 1


async def test_two_slow_replicas_under_load_handle_every_message_once(hasty: Rig) -> None:
    hasty.settings = hasty.settings.model_copy(update={"max_batch_messages": 3})
    numbers = range(12)
    one, other = Slow(1.5 * POLL_INTERVAL_SECONDS), Slow(1.5 * POLL_INTERVAL_SECONDS)
    await hasty.publish(*numbers)
    async with replicas(hasty, one, other):
        await eventually(lambda: len(one.done) + len(other.done) >= len(numbers), seconds=40)
    assert sorted(one.begun + other.begun) == sorted(f"art_{number}" for number in numbers)


async def test_two_slow_replicas_that_keep_their_offsets_move_on_and_are_not_fenced(hasty: Rig) -> None:
    hasty.settings = hasty.settings.model_copy(update={"max_batch_messages": 1})
    numbers = range(2)
    one, other = (SlowKeeper(4 * POLL_INTERVAL_SECONDS, hasty) for _ in range(2))
    await hasty.publish(*numbers)
    async with replicas(hasty, one, other) as tasks:
        await eventually(lambda: len(one.done) + len(other.done) >= len(numbers), seconds=40)
        assert not any(task.done() for task in tasks)
    assert sorted(one.begun + other.begun) == sorted(f"art_{number}" for number in numbers)
