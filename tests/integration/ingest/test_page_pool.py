"""Pages read in processes that are ended when a page takes too much, and replaced."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from services.ingest import metrics
from services.ingest.pages import pool as page_pool
from services.ingest.pages.pool import PagePool, PagesUnavailable, PageTooCostly, Source, open_page_pool
from services.ingest.pages.process import Worker
from services.ingest.settings import IngestSettings
from services.runtime.errors import TransientError
from tests.support.page_workers import MISBEHAVING, NEVER_STARTS
from tests.support.polling import eventually, eventually_async
from tests.support.stack import is_gone

TODAY = date(2031, 3, 3)
ARTICLE = "<html><head><title>Bridge</title></head><body><article>{}</article></body></html>".format(
    "".join(
        f"<p>The old harbour bridge reopened on day {day} after two years of repairs, Ada Lind said.</p>"
        for day in range(9)
    )
)


@asynccontextmanager
async def pool_of(**settings: Any) -> AsyncIterator[PagePool]:
    given = {"page_workers": 1, "page_timeout_seconds": 30} | settings
    async with open_page_pool(IngestSettings(**given), program=MISBEHAVING) as pool:
        yield pool


async def is_up(pool: PagePool) -> bool:
    try:
        await pool.check()
    except TransientError:
        return False
    return True


async def read(pool: PagePool, *pages: str) -> list[str | None]:
    found = await pool.read([Source(page, TODAY) for page in pages])
    return [page.text if page else None for page in found]


async def hanging_in(pool: PagePool) -> asyncio.Task[list[str | None]]:
    """The task that reads a page which never ends, once a worker is at it."""
    task = asyncio.create_task(read(pool, "hang"))
    await eventually(lambda: len(pool._since) == 1)
    return task


def counted(outcome: str) -> float:
    return float(metrics.PAGES.labels(outcome)._value.get())


async def test_pages_come_back_in_their_order() -> None:
    async with pool_of(page_workers=2) as pool:
        first, none, again = await read(pool, ARTICLE, "<html></html>", ARTICLE)
        assert first is not None
        assert "reopened on day 8" in first
        assert none is None
        assert again == first
        assert await read(pool) == []


async def test_fault_1_a_page_that_takes_too_long_is_refused_and_its_worker_replaced() -> None:
    async with pool_of(page_timeout_seconds=0.3) as pool:
        [worker] = await read(pool, "who")
        before = counted("timed_out")
        with pytest.raises(PageTooCostly, match=r"the page took longer than 0\.3 s to read; send its text instead"):
            await read(pool, "hang")
        assert counted("timed_out") == before + 1
        [next_worker] = await read(pool, "who")
        assert next_worker != worker
        assert worker is not None
        assert is_gone(int(worker))


async def test_a_worker_that_no_signal_reaches_is_ended_all_the_same() -> None:
    async with pool_of(page_timeout_seconds=0.3) as pool:
        with pytest.raises(PageTooCostly, match="took longer"):
            await read(pool, "hang and hear nothing")
        assert await read(pool, "who")


@pytest.mark.parametrize("page", ["fill the memory", "one large block"])
async def test_a_page_that_takes_too_much_memory_is_refused(page: str) -> None:
    async with pool_of(page_memory_bytes=200_000_000) as pool:
        before = counted("out_of_memory")
        with pytest.raises(PageTooCostly, match="more than 200 MB of memory"):
            await read(pool, page)
        assert counted("out_of_memory") == before + 1
        assert await read(pool, "who")


@pytest.mark.parametrize("page", ["crash", "fail"])
async def test_a_page_that_the_parser_fails_on_is_refused(page: str) -> None:
    async with pool_of() as pool:
        with pytest.raises(PageTooCostly, match="could not be read"):
            await read(pool, page)
        assert await read(pool, "who")


async def test_a_page_that_is_refused_is_named_and_ends_the_rest_of_its_request() -> None:
    async with pool_of(page_timeout_seconds=0.3) as pool:
        started = time.monotonic()
        with pytest.raises(PageTooCostly) as refused:
            await read(pool, ARTICLE, ARTICLE, *["hang"] * 100)
        assert refused.value.index == 2
        assert time.monotonic() - started < 20  # not a hundred limits, one after the other


async def test_the_pages_of_one_request_share_a_time_so_that_none_has_the_pool_for_hours() -> None:
    async with pool_of(page_request_timeout_seconds=1.2) as pool:
        assert len(await read(pool, *["half a second"] * 2)) == 2
        started = time.monotonic()
        with pytest.raises(PageTooCostly, match=r"took longer than 1\.2 s together; send fewer") as refused:
            await read(pool, *["half a second"] * 100)
        assert refused.value.index == 2
        assert time.monotonic() - started < 20
        assert await read(pool, "half a second"), "the next request has a time of its own"


async def test_a_worker_knows_no_address_or_password_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWEAVE_REDIS_URL", "redis://:secret@127.0.0.1:6379/0")
    async with pool_of() as pool:
        assert await read(pool, "settings") == [""]


async def test_other_pages_go_on_beside_one_that_hangs() -> None:
    async with pool_of(page_workers=2) as pool:
        hanging = await hanging_in(pool)
        for _ in range(5):
            assert await read(pool, ARTICLE)
        assert not hanging.done()
        hanging.cancel()


async def test_requests_with_pages_above_the_bound_are_turned_away_and_places_come_free() -> None:
    async with pool_of(max_page_requests_in_flight=1) as pool:
        hanging = await hanging_in(pool)
        with pytest.raises(PagesUnavailable, match="Too many submissions with pages"):
            await read(pool, ARTICLE)
        assert await read(pool) == []  # a request without pages needs no place
        hanging.cancel()
        await asyncio.wait([hanging])
        assert await read(pool, ARTICLE)


async def test_fault_9_a_page_whose_client_left_costs_nothing_more() -> None:
    async with pool_of() as pool:
        [worker] = await read(pool, "who")
        assert worker is not None
        before = counted("abandoned")
        hanging, waiting = await hanging_in(pool), asyncio.create_task(read(pool, "hang"))
        await eventually(lambda: pool._jobs.qsize() == 1)
        for task in (hanging, waiting):
            task.cancel()
        await asyncio.wait([hanging, waiting])
        assert counted("abandoned") == before + 2
        assert await read(pool, ARTICLE)  # within the 30 s that the two might have had
        await eventually(lambda: is_gone(int(worker)))


async def test_an_idle_worker_that_ends_is_replaced_and_no_fault_of_the_next_page() -> None:
    async with pool_of() as pool:
        [worker] = await read(pool, "who")
        assert worker is not None
        os.kill(int(worker), signal.SIGKILL)
        [next_worker] = await read(pool, "who")
        assert next_worker is not None
        os.kill(int(next_worker), signal.SIGKILL)
        await eventually(lambda: pool.workers_alive() == 0)
        await eventually_async(lambda: is_up(pool))


async def test_the_workers_end_with_the_pool_whatever_they_do() -> None:
    async with pool_of(page_workers=2) as pool:
        [worker] = await read(pool, "who")
        hanging = await hanging_in(pool)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert worker is not None
    assert is_gone(int(worker))
    hanging.cancel()
    await asyncio.wait([hanging])


async def test_a_pool_whose_workers_do_not_start_says_so_and_lets_nobody_wait() -> None:
    async with open_page_pool(IngestSettings(page_workers=1), program=NEVER_STARTS) as pool:
        with pytest.raises(TransientError, match="no page worker is running"):
            await pool.check()
        with pytest.raises(PagesUnavailable, match="cannot be read"):
            await read(pool, ARTICLE)


async def test_a_pool_is_ready_while_its_workers_are_busy_and_not_when_they_are_stuck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed, kill = asyncio.Event(), Worker.kill

    async def kill_late(worker: Worker) -> None:
        await killed.wait()
        await kill(worker)

    monkeypatch.setattr(Worker, "kill", kill_late)
    monkeypatch.setattr(page_pool, "_STUCK_SECONDS", 0.1)
    async with pool_of(page_timeout_seconds=0.2) as pool:
        await eventually_async(lambda: is_up(pool))
        hanging = await hanging_in(pool)
        await pool.check()
        with pytest.raises(PageTooCostly):
            await hanging

        async def stuck() -> bool:
            return not await is_up(pool)

        await eventually_async(stuck)
        with pytest.raises(TransientError, match="every page worker is stuck"):
            await pool.check()
        killed.set()
        await eventually_async(lambda: is_up(pool))


async def test_a_worker_that_ends_by_its_own_alarm_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    # As when the service is too busy to keep the time itself: its wait for the worker never ends early.
    real_wait = asyncio.wait

    async def wait(tasks: Any, *, return_when: str, **_: Any) -> Any:
        return await real_wait(tasks, return_when=return_when)

    monkeypatch.setattr("services.ingest.pages.pool.asyncio.wait", wait)
    async with pool_of(page_timeout_seconds=0.1) as pool:
        with pytest.raises(PageTooCostly, match="took longer"):
            await read(pool, "hang")
