"""What a handler saves to be published goes out after the save, before the commit, and first after a take-over."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from services.contracts.article import Article
from services.contracts.topics import CLAIMS_EXTRACTED
from services.runtime.errors import Fenced, StateLost, TransientError
from services.runtime.messages import Message, Outgoing, Result
from tests.support.memory_rig import MemoryRig
from tests.support.polling import eventually
from tests.support.rig import ingested


class Store:
    """What a handler has saved: its offsets, and what is to be published."""

    def __init__(self) -> None:
        self.offsets: dict[int, int] = {}
        self.outbox: list[Outgoing] = []
        self.fenced = False
        self.losses = 0


class Saver:
    """Publishes article 100 + n for article n. Articles from 50 on have to wait until nothing comes in."""

    def __init__(self, store: Store, steps: list[str]) -> None:
        self.store = store
        self.steps = steps
        self.new: list[Outgoing] = []
        self.waiting: list[Outgoing] = []
        self.saved: list[Outgoing] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        self.steps.append("take over")
        self.new, self.waiting, self.saved = [], [], list(self.store.outbox)
        return dict(self.store.offsets)

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        for message in messages:
            number = int(message.key.removeprefix("art_"))
            (self.waiting if number >= 50 else self.new).append(ingested(100 + number))
        self.steps.append("handle")
        return Result()

    async def prepare_while_idle(self) -> bool:
        self.new, self.waiting = self.new + self.waiting, []
        return bool(self.new)

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        if self.store.fenced:
            raise Fenced("another has it")
        if self.store.losses and next_offsets:
            self.store.losses -= 1
            raise StateLost("emptied")
        if not next_offsets and not self.new:
            return
        self.steps.append("save")
        self.store.offsets |= next_offsets
        self.store.outbox, self.saved, self.new = list(self.new), self.saved + self.new, []

    def take_outbox(self) -> Sequence[Outgoing]:
        saved, self.saved = self.saved, []
        if saved:
            self.steps.append("publish " + " ".join(one.key for one in saved))
        return saved


class OwnOutput(Saver):
    """Publishes to another topic than it reads."""

    def take_outbox(self) -> Sequence[Outgoing]:
        return [
            Outgoing(CLAIMS_EXTRACTED, one.key, one.value, one.id, one.time, one.traceparent)
            for one in super().take_outbox()
        ]


def told(rig: MemoryRig) -> list[str]:
    return [record.key.decode() for record in rig.broker.records(CLAIMS_EXTRACTED.name)]


async def test_it_is_published_after_the_save_and_before_the_commit() -> None:
    rig, steps = MemoryRig(), list[str]()
    handler = OwnOutput(Store(), steps)
    await rig.publish(1, 2)
    committed: list[int] = []
    take = handler.take_outbox

    def noting() -> Sequence[Outgoing]:
        committed.append(rig.committed())
        return take()

    handler.take_outbox = noting  # type: ignore[method-assign]
    async with rig.consuming(handler):
        await eventually(lambda: rig.committed() == 2)
    assert steps[:4] == ["take over", "handle", "save", "publish art_101 art_102"]
    assert set(committed[:2]) == {0}


async def test_what_was_saved_when_the_process_died_is_published_first_by_the_next() -> None:
    rig, store, steps = MemoryRig(retry_seconds=0.0), Store(), list[str]()
    await rig.publish(1, 2)
    rig.broker.refused_sends = 2
    async with rig.consuming(OwnOutput(store, steps)) as task:
        await eventually(task.done)
    with pytest.raises(TransientError):
        task.result()
    assert (store.offsets, rig.committed(), told(rig)) == ({0: 2}, 0, [])
    await rig.publish(3)
    async with rig.consuming(OwnOutput(store, steps)):
        await eventually(lambda: rig.committed() == 3)
    assert told(rig) == ["art_101", "art_102", "art_103"]
    assert steps[-5:] == ["take over", "publish art_101 art_102", "handle", "save", "publish art_103"]


async def test_what_was_published_and_not_yet_taken_out_is_published_again() -> None:
    rig, store, steps = MemoryRig(), Store(), list[str]()
    await rig.publish(1)
    for _ in range(2):
        async with rig.consuming(OwnOutput(store, steps)):
            await eventually(lambda: rig.committed() == 1 and told(rig)[-1:] == ["art_101"])
    assert told(rig) == ["art_101", "art_101"]


async def test_a_writer_that_lost_its_partition_publishes_nothing_more() -> None:
    rig, store = MemoryRig(), Store()
    store.fenced = True
    await rig.publish(1)
    async with rig.consuming(OwnOutput(store, [])) as task:
        await eventually(task.done)
    with pytest.raises(Fenced):
        task.result()
    assert (told(rig), rig.committed()) == ([], 0)


async def test_after_the_state_was_lost_nothing_of_the_batch_is_published_before_it_is_saved() -> None:
    rig, store, steps = MemoryRig(), Store(), list[str]()
    store.losses = 1
    store.outbox = [ingested(109)]
    await rig.publish(1)
    async with rig.consuming(OwnOutput(store, steps)):
        await eventually(lambda: rig.committed() == 1)
    assert steps == [
        *("take over", "publish art_109", "handle"),
        *("take over", "publish art_109", "handle", "save", "publish art_101"),
    ]


async def test_what_had_to_wait_is_saved_and_published_while_nothing_comes_in() -> None:
    rig, store, steps = MemoryRig(), Store(), list[str]()
    await rig.publish(1, 50)
    async with rig.consuming(OwnOutput(store, steps)):
        await eventually(lambda: told(rig) == ["art_101", "art_150"])
    assert steps == ["take over", "handle", "save", "publish art_101", "save", "publish art_150"]
    assert store.outbox == [ingested(150)]


async def test_another_replica_that_takes_over_publishes_what_the_first_had_saved() -> None:
    rig, store, steps = MemoryRig(2), Store(), list[str]()
    await rig.publish(1)
    async with rig.consuming(OwnOutput(store, steps)):
        await eventually(lambda: told(rig) == ["art_101"])
        async with rig.consuming(OwnOutput(store, steps)):
            await rig.publish(2, partition=0)
            await rig.publish(3, partition=1)
            await eventually(lambda: {"art_102", "art_103"} <= set(told(rig)))
    assert told(rig).index("art_101") < told(rig).index("art_102")
    assert asyncio.all_tasks() == {asyncio.current_task()}
