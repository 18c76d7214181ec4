"""The thread in which drafts are checked."""

import asyncio
import threading

import pytest

from services.api.check.checking_thread import CheckingThread
from services.api.errors import Refused


async def test_a_check_without_a_place_is_refused_until_another_is_through() -> None:
    thread, go_on = CheckingThread(places=1), threading.Event()
    first = asyncio.create_task(thread.run(lambda: go_on.wait(20)))
    await asyncio.sleep(0)  # it begins
    with pytest.raises(Refused) as caught:
        await thread.run(lambda: True)
    assert caught.value.status == 503
    go_on.set()
    assert await first
    assert await thread.run(lambda: "next") == "next"


async def test_a_check_that_nobody_waits_for_keeps_its_place_until_it_is_through() -> None:
    thread, go_on = CheckingThread(places=2), threading.Event()
    left = asyncio.create_task(thread.run(lambda: go_on.wait(20)))
    await asyncio.sleep(0)
    left.cancel()
    await asyncio.gather(left, return_exceptions=True)
    waiting = asyncio.create_task(thread.run(lambda: "next"))
    await asyncio.sleep(0)
    with pytest.raises(Refused):
        await thread.run(lambda: "one too many")
    go_on.set()
    assert await waiting == "next"
