"""Ending in time."""

import asyncio

import pytest

from services.runtime.stopping import cut_short


async def test_a_block_that_ends_by_itself_is_left_alone() -> None:
    stopping = asyncio.Event()
    async with cut_short(stopping, grace_seconds=0) as limit:
        await asyncio.sleep(0)
    assert not limit.expired()
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1


async def test_what_finishes_within_the_grace_is_finished() -> None:
    stopping, done = asyncio.Event(), asyncio.Event()
    stopping.set()
    asyncio.get_running_loop().call_later(0.01, done.set)
    async with cut_short(stopping, grace_seconds=30) as limit:
        await done.wait()
    assert done.is_set()
    assert not limit.expired()


async def test_what_does_not_finish_is_cut_short_without_an_error() -> None:
    stopping = asyncio.Event()
    cleaned_up = False
    asyncio.get_running_loop().call_soon(stopping.set)
    async with cut_short(stopping, grace_seconds=0.01) as limit:
        try:
            await asyncio.Event().wait()
        finally:
            cleaned_up = True
    assert limit.expired()
    assert cleaned_up


async def test_a_timeout_of_the_block_itself_is_not_swallowed() -> None:
    async def work() -> None:
        async with cut_short(asyncio.Event(), grace_seconds=0), asyncio.timeout(0):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await work()


async def test_cancelling_from_outside_still_cancels() -> None:
    async def work() -> None:
        async with cut_short(asyncio.Event(), grace_seconds=0):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
