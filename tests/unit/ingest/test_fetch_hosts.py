"""Turns at hosts, by a clock that the tests move."""

import asyncio
from contextlib import suppress

import pytest

from services.ingest.fetching import hosts
from services.ingest.fetching.hosts import HostTurns


class Time:
    """Stands still until somebody sleeps; then it is the time when the first of them wakes."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        event = asyncio.Event()
        self._sleepers.append((self.seconds + seconds, event))
        await event.wait()

    async def run(self, *tasks: asyncio.Task[None]) -> None:
        """Until all tasks are done."""
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[0])
                self.seconds, event = self._sleepers.pop(0)
                event.set()


async def visits(turns: HostTurns, time: Time, host: str, log: list[tuple[str, float]], pause: float = 0.0) -> None:
    async with turns.turn(host, pause):
        log.append((host, time.now()))


async def test_requests_to_one_host_start_a_pause_apart_in_the_order_they_came() -> None:
    time, log = Time(), list[tuple[str, float]]()
    turns = HostTurns(concurrency=2, delay_seconds=1, now=time.now, sleep=time.sleep)
    tasks = [asyncio.create_task(visits(turns, time, host, log)) for host in ("a", "a", "b", "a", "b")]
    await time.run(*tasks)
    assert [at for host, at in log if host == "a"] == [0, 1, 2]
    assert [at for host, at in log if host == "b"] == [0, 1]


async def test_a_longer_pause_that_a_site_asks_for_is_kept() -> None:
    time, log = Time(), list[tuple[str, float]]()
    turns = HostTurns(concurrency=2, delay_seconds=1, now=time.now, sleep=time.sleep)
    await time.run(*[asyncio.create_task(visits(turns, time, "a", log, pause)) for pause in (10, 0.5, 0)])
    assert [at for _, at in log] == [0, 10, 11]


async def test_no_more_than_so_many_are_at_one_host() -> None:
    time = Time()
    turns = HostTurns(concurrency=2, delay_seconds=0, now=time.now, sleep=time.sleep)
    leave, inside, most = asyncio.Event(), 0, 0

    async def stay() -> None:
        nonlocal inside, most
        async with turns.turn("a"):
            inside += 1
            most = max(most, inside)
            await leave.wait()
            inside -= 1

    tasks = [asyncio.create_task(stay()) for _ in range(5)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert inside == 2
    leave.set()
    await asyncio.gather(*tasks)
    assert most == 2


async def test_hosts_are_forgotten_once_their_pause_is_over() -> None:
    time, log = Time(), list[tuple[str, float]]()
    turns = HostTurns(concurrency=2, delay_seconds=1, now=time.now, sleep=time.sleep)
    for number in range(1000):
        time.seconds += 0.5
        await visits(turns, time, f"host{number}", log)
    assert len(turns) <= 3


async def test_memory_is_bounded_also_while_pauses_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "MAX_REMEMBERED", 100)
    time, log = Time(), list[tuple[str, float]]()
    turns = HostTurns(concurrency=2, delay_seconds=60, now=time.now, sleep=time.sleep)
    for number in range(1000):
        await visits(turns, time, f"host{number}", log)
    assert len(turns) == 100


async def test_whoever_gives_up_holds_nobody_else_up() -> None:
    time, log = Time(), list[tuple[str, float]]()
    turns = HostTurns(concurrency=1, delay_seconds=1, now=time.now, sleep=time.sleep)
    await visits(turns, time, "a", log)
    waiting = asyncio.create_task(visits(turns, time, "a", log))
    behind = asyncio.create_task(visits(turns, time, "a", log))
    for _ in range(20):
        await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    await time.run(behind)
    assert [at for _, at in log] == [0, 1]
    assert len(turns) == 1
