"""The consumer loop, one interleaving after the other: nothing lost, nothing twice, whatever comes in between."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import pytest
from aiokafka import TopicPartition

from services.runtime.errors import NewerProducer, StateLost, TooManyFailures, TransientError
from tests.support.memory_rig import DEAD_LETTERS, TOPIC, Gated, MemoryRig
from tests.support.polling import eventually


def keys(*numbers: int) -> list[str]:
    return [f"art_{number}" for number in numbers]


class Keeper(Gated):
    """The same with its offsets kept outside Kafka. `losses`: how many saves find that the store lost something."""

    def __init__(self, kept: dict[int, int], *, opened: bool = True) -> None:
        super().__init__(opened=opened)
        self.kept = kept
        self.losses = 0
        self.take_over_gate = asyncio.Event()
        self.take_over_gate.set()
        self.take_overs: list[frozenset[int]] = []

    async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
        self.take_overs.append(partitions)
        await self.take_over_gate.wait()
        return {partition: self.kept[partition] for partition in partitions if partition in self.kept}

    async def save(self, next_offsets: Mapping[int, int]) -> None:
        if self.losses and next_offsets:
            self.losses -= 1
            raise StateLost("emptied")
        self.kept.update(next_offsets)


# What ends a batch


async def test_a_batch_ends_by_number() -> None:
    rig, handler = MemoryRig(max_batch_messages=2), Gated()
    await rig.publish(*range(5))
    async with rig.consuming(handler):
        await eventually(lambda: len(handler.seen) == 5)
    assert handler.batches == [keys(0, 1), keys(2, 3), keys(4)]


async def test_a_batch_ends_by_bytes_and_a_message_above_them_is_a_batch_of_its_own() -> None:
    rig, handler = MemoryRig(max_batch_bytes=10_000), Gated()
    await rig.publish(1, text="x" * 4_000)
    await rig.publish(2, text="x" * 4_000)
    await rig.publish(3, text="x" * 20_000)
    await rig.publish(4)
    await rig.publish(5, text="x" * 9_700)
    async with rig.consuming(handler):
        await eventually(lambda: len(handler.seen) == 5)
    assert handler.batches == [keys(1, 2), keys(3), keys(4), keys(5)]


async def test_what_a_handler_has_done_when_its_time_is_up_is_committed_before_it_goes_on_with_the_rest() -> None:
    rig, handler = MemoryRig(), Gated()
    handler.at_most = 2
    await rig.publish(*range(4))
    await rig.publish_raw(b"garbage")
    await rig.publish(5)
    committed: list[int] = []
    handle = handler.handle

    async def noting(messages):  # type: ignore[no-untyped-def]
        committed.append(rig.committed())
        return await handle(messages)

    handler.handle = noting  # type: ignore[method-assign]
    async with rig.consuming(handler):
        await eventually(lambda: rig.committed() == 6)
    assert handler.batches == [keys(0, 1, 2, 3, 5), keys(2, 3, 5), keys(5)]
    assert handler.seen == keys(0, 1, 2, 3, 5)
    assert committed[:3] == [0, 2, 5]  # the garbage before the first that is left goes with those before it
    assert rig.letters() == [4]


async def test_a_handler_that_covers_no_message_is_a_bug_and_does_not_run_for_ever() -> None:
    rig, handler = MemoryRig(), Gated()
    handler.at_most = 0
    await rig.publish(1)
    async with rig.consuming(handler) as task:
        await eventually(task.done)
    with pytest.raises(ValueError, match="at least one message"):
        task.result()
    assert rig.committed() == 0


# Polling beside the work


async def test_polling_goes_on_while_a_batch_is_in_hand_and_takes_nothing() -> None:
    rig, handler = MemoryRig(max_poll_interval_ms=1_000), Gated(opened=False)
    await rig.publish(1)
    async with rig.consuming(handler):
        await eventually(lambda: handler.batches)
        await rig.publish(2, 3)
        polls = rig.clients[0].polls
        await eventually(lambda: rig.clients[0].polls >= polls + 2)
        handler.gate.set()
        await eventually(lambda: len(handler.seen) == 3)
    assert handler.batches == [keys(1), keys(2, 3)]
    assert rig.clients[0].seeks == [], "paused: there was nothing to put back"


async def test_a_poll_beside_the_work_that_outlasts_a_rebalance_takes_nothing_either() -> None:
    rig, first, second = MemoryRig(2, max_poll_interval_ms=1_000), Gated(opened=False), Gated()
    await rig.publish(1)
    async with rig.consuming(first):
        await eventually(lambda: first.batches)
        polls = rig.clients[0].polls
        starting = asyncio.create_task(hold(rig, second))
        await eventually(lambda: rig.clients[0].polls > polls and len(rig.clients) == 2)
        await rig.publish(2)
        await rig.publish(3, partition=1)
        first.gate.set()
        await eventually(lambda: len(first.seen) + len(second.seen) == 3)
        starting.cancel()
        await asyncio.wait([starting])
    assert sorted(first.seen + second.seen) == keys(1, 2, 3)


async def hold(rig: MemoryRig, handler: Gated) -> None:
    """Run a second consumer until the task is cancelled."""
    async with rig.consuming(handler):
        await asyncio.Event().wait()


# Rebalances


async def test_a_rebalance_waits_for_the_batch_in_hand_which_is_committed() -> None:
    rig, first, second = MemoryRig(2), Gated(opened=False), Gated()
    await rig.publish(1)
    await rig.publish(2, partition=1)
    async with rig.consuming(first):
        await eventually(lambda: first.batches)
        joining = asyncio.create_task(hold(rig, second))
        await eventually(lambda: len(rig.clients) == 2)
        assert rig.group.generation == 1
        first.gate.set()
        await eventually(lambda: rig.group.generation == 2)
        assert (rig.committed(0), rig.committed(1)) == (1, 1)
        joining.cancel()
        await asyncio.wait([joining])
    assert sorted(first.seen + second.seen) == keys(1, 2)


async def test_what_was_polled_before_a_rebalance_and_not_begun_is_handled_once_by_its_new_owner() -> None:
    rig, first, second = MemoryRig(2, max_batch_bytes=1), Gated(opened=False), Gated()
    await rig.publish(1, 2, 3)
    await rig.publish(4, 5, 6, partition=1)
    async with rig.consuming(first):
        await eventually(lambda: first.batches)
        joining = asyncio.create_task(hold(rig, second))
        await eventually(rig.clients[0].rejoin.is_set)
        first.gate.set()
        await eventually(lambda: len(first.seen) + len(second.seen) == 6)
        joining.cancel()
        await asyncio.wait([joining])
    assert sorted(first.seen + second.seen) == keys(1, 2, 3, 4, 5, 6)
    assert set(second.seen) >= set(keys(4, 5, 6))


async def test_a_commit_after_the_partition_was_lost_drops_the_rest_which_is_read_again() -> None:
    rig, handler = MemoryRig(max_batch_bytes=1), Gated(opened=False)
    await rig.publish(1, 2, 3)
    async with rig.consuming(handler) as task:
        await eventually(lambda: handler.batches)
        rig.group.throw_out(rig.clients[0])
        handler.gate.set()
        await eventually(lambda: rig.committed() == 3)
        assert not task.done()
    assert handler.seen == keys(1, 1, 2, 3)  # the batch in hand twice, what was not begun once


async def test_a_member_that_was_thrown_out_while_another_works_leaves_its_messages_to_that_one() -> None:
    rig, first, second = MemoryRig(1), Gated(opened=False), Gated()
    await rig.publish(1)
    async with rig.consuming(first):
        await eventually(lambda: first.batches)
        joining = asyncio.create_task(hold(rig, second))
        await eventually(lambda: len(rig.clients) == 2)
        rig.group.throw_out(rig.clients[0])
        await eventually(lambda: second.seen == keys(1))
        assert rig.committed() == 1
        first.gate.set()
        await rig.publish(2)
        await eventually(lambda: "art_2" in first.seen + second.seen)
        joining.cancel()
        await asyncio.wait([joining])
    assert rig.committed() == 2


# State kept with its offsets


async def test_records_polled_before_the_seek_of_a_take_over_are_dropped() -> None:
    rig, handler = MemoryRig(), Keeper({0: 2})
    handler.take_over_gate.clear()
    await rig.publish(1, 2, 3)
    async with rig.consuming(handler):
        await eventually(lambda: rig.clients[0].polls)  # the loop has all three, and waits for the take-over
        await eventually(lambda: rig.clients[0].position(0) == 3)
        handler.take_over_gate.set()
        await eventually(lambda: handler.kept[0] == 3)
    assert handler.batches == [keys(3)]


async def test_lost_state_is_loaded_again_and_the_rest_of_what_was_polled_is_dropped() -> None:
    rig, handler = MemoryRig(max_batch_bytes=1), Keeper({})
    handler.losses = 1
    await rig.publish(1, 2)
    async with rig.consuming(handler):
        await eventually(lambda: handler.kept == {0: 2})
    assert handler.batches == [keys(1), keys(1), keys(2)]
    assert handler.take_overs == [frozenset({0})] * 2
    assert rig.clients[0].seeks == [(TopicPartition(TOPIC, 0), 0)] * 2


async def test_a_store_that_loses_its_state_time_and_again_stops_the_consumer() -> None:
    rig, handler = MemoryRig(), Keeper({})
    handler.losses = 100
    await rig.publish(1)
    async with rig.consuming(handler) as task:
        await eventually(task.done)
    with pytest.raises(StateLost):
        task.result()


async def test_a_take_over_that_fails_stops_the_consumer() -> None:
    class Broken(Keeper):
        async def take_over(self, partitions: frozenset[int]) -> Mapping[int, int]:
            raise KeyError("shard")

    rig = MemoryRig()
    async with rig.consuming(Broken({})) as task:
        await eventually(task.done)
    with pytest.raises(KeyError):
        task.result()


async def test_a_take_over_that_waits_for_the_store_keeps_no_rebalance_waiting_and_no_partition() -> None:
    rig, first, second = MemoryRig(2), Keeper({}), Keeper({})
    first.take_over_gate.clear()
    await rig.publish(1)
    await rig.publish(2, partition=1)
    async with rig.consuming(first) as task:
        await eventually(lambda: first.take_overs)
        joining = asyncio.create_task(hold(rig, second))
        await eventually(lambda: second.seen == keys(2))
        assert not task.done()
        first.take_over_gate.set()
        await eventually(lambda: first.seen == keys(1))
        joining.cancel()
        await asyncio.wait([joining])
    assert first.take_overs[:2] == [frozenset({0, 1}), frozenset({0})]


# Stops and failures


async def test_a_stop_finishes_the_batch_in_hand_and_leaves_the_rest_of_what_was_polled() -> None:
    rig, handler = MemoryRig(max_batch_bytes=1), Gated(opened=False)
    await rig.publish(1, 2)
    stopping = asyncio.Event()
    async with rig.stoppable(handler, stopping) as task:
        await eventually(lambda: handler.batches)
        stopping.set()
        handler.gate.set()
        await task
    assert handler.seen == keys(1)
    assert rig.committed() == 1


async def test_a_stop_in_a_rebalance_that_waits_for_another_member_does_not_wait_for_that_one() -> None:
    rig, first, second = MemoryRig(2), Gated(opened=False), Gated()
    await rig.publish(1)
    stopping = asyncio.Event()
    async with rig.consuming(first):
        await eventually(lambda: first.batches)
        joining = asyncio.create_task(rig.run(second, stopping))
        await eventually(lambda: len(rig.clients) == 2 and rig.clients[1].polls > 0)
        stopping.set()
        await asyncio.wait_for(joining, timeout=5)  # it has nothing in hand that needs time to drain
        first.gate.set()
        await eventually(lambda: rig.committed() == 1)


async def test_a_transient_failure_is_tried_again_and_the_batch_is_committed_once() -> None:
    rig, handler = MemoryRig(), Gated()
    handler.errors = [TransientError("no"), TransientError("not yet")]
    await rig.publish(1)
    async with rig.consuming(handler):
        await eventually(lambda: rig.committed() == 1)
    assert handler.seen == keys(1)
    assert handler.batches == [keys(1)] * 3


async def test_dead_letters_that_the_broker_refuses_for_now_are_sent_once_it_takes_them() -> None:
    rig, handler = MemoryRig(), Gated()
    await rig.publish_raw(b"garbage")
    rig.broker.refused_sends = 2
    async with rig.consuming(handler):
        await eventually(lambda: rig.committed() == 1)
    assert rig.letters() == [0]


# Whose fault it is


async def test_a_run_of_garbage_becomes_one_dead_letter_each_and_the_consumer_goes_on() -> None:
    rig, handler = MemoryRig(max_batch_messages=25), Gated()
    for _ in range(300):
        await rig.publish_raw(b"garbage")
    await rig.publish(1, 2, 3)
    async with rig.consuming(handler) as task:
        await eventually(lambda: rig.committed() == 303)
        assert not task.done()
    assert handler.seen == keys(1, 2, 3)
    assert rig.letters() == list(range(300))


async def test_a_service_that_rejects_nearly_everything_stops_with_nothing_of_the_batch_published() -> None:
    rig = MemoryRig(failure_minimum_messages=10, failure_window_messages=20, max_batch_messages=5)
    await rig.publish(*range(100))
    for _ in range(4):  # as a supervisor starts it again and again
        handler = Gated()
        handler.refuse = {f"art_{number}" for number in range(100)}
        async with rig.consuming(handler) as task:
            await eventually(task.done)
        with pytest.raises(TooManyFailures, match=r"rejected 10 of the last 10 messages"):
            task.result()
    assert rig.letters() == list(range(20)), "five for each start, each of them once"
    assert rig.committed() == 20
    mended = Gated()
    async with rig.consuming(mended):
        await eventually(lambda: rig.committed() == 100)
    assert mended.seen == keys(*range(20, 100)), "what it had stopped before is handled, not dead"


async def test_a_higher_limit_lets_a_service_pass_what_it_rejects() -> None:
    rig = MemoryRig(failure_minimum_messages=1_000, max_batch_messages=5)
    await rig.publish(*range(60))
    handler = Gated()
    handler.refuse = set(keys(*range(59)))
    async with rig.consuming(handler) as task:
        await eventually(lambda: rig.committed() == 60)
        assert not task.done()
    assert rig.letters() == list(range(59))


NEWER = (("ce_type", TOPIC.encode()), ("ce_contractversion", b"99"))


async def test_a_message_of_a_newer_producer_that_cannot_be_read_stops_the_consumer_and_is_not_lost() -> None:
    rig = MemoryRig()
    await rig.publish(1)
    await rig.publish_raw(b'{"article_id": 7}', NEWER)
    await rig.publish(2)
    seen = []
    for _ in range(3):
        handler = Gated()
        async with rig.consuming(handler) as task:
            await eventually(task.done)
        with pytest.raises(NewerProducer, match=r"contract version 99, ours is \d+\)\. Deploy this consumer anew"):
            task.result()
        seen += handler.seen
    assert seen == keys(1), "what came before is handled, once"
    assert rig.committed() == 1
    assert rig.broker.records(DEAD_LETTERS) == []


async def test_whoever_cannot_deploy_can_have_newer_messages_as_dead_letters() -> None:
    rig, handler = MemoryRig(newer_messages="dead_letter"), Gated()
    await rig.publish_raw(b'{"article_id": 7}', NEWER)
    await rig.publish(2)
    async with rig.consuming(handler):
        await eventually(lambda: rig.committed() == 2)
    assert handler.seen == keys(2)
    assert rig.letters() == [0]


# Being cancelled


async def test_a_cancellation_that_the_handler_lost_still_ends_the_consumer() -> None:
    """Python 3.11's `wait_for` forgets a cancellation that comes together with the result."""
    rig, handler = MemoryRig(), Gated()
    handle, begun = handler.handle, asyncio.Event()

    async def losing(messages):  # type: ignore[no-untyped-def]
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return await handle(messages)

    handler.handle = losing  # type: ignore[method-assign]
    await rig.publish(1)
    async with rig.consuming(handler) as task:
        await begun.wait()
        task.cancel()
        await eventually(task.done)
    assert task.cancelled()
    assert handler.seen == keys(1), "the batch in hand was finished"
