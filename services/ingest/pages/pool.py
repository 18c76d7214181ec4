"""Pages read in processes of their own, each with limits on time and memory that end it."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import structlog

from services.ingest import metrics
from services.ingest.pages.page import Page
from services.ingest.pages.process import Worker, WorkerLost
from services.ingest.pages.worker import OUT_OF_MEMORY, PageFailed, job, page_of
from services.ingest.settings import IngestSettings
from services.runtime.errors import TransientError

log = structlog.get_logger()

WORKER_PROGRAM = ("-m", "services.ingest.pages.worker")
_STUCK_SECONDS = 5.0
"""A worker that still has a page so long after the limit could not be killed."""
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.2, 10.0
"""Between two tries to start a worker."""


@dataclass(frozen=True)
class Source:
    """A page to read; arguments as of `read_page`."""

    html: str
    today: date


class PageTooCostly(Exception):  # noqa: N818 - a fact about the page
    """Reading a page passed a limit or failed. The text says what to do; `index` is its place among the request's."""

    def __init__(self, message: str, *, index: int = 0) -> None:
        super().__init__(message)
        self.index = index


class PagesUnavailable(Exception):  # noqa: N818 - a fact about the service
    """Pages are not taken for now. The text says why."""


@dataclass(eq=False)
class _RequestTime:
    """How long workers may still work for one request: many pages that each take long are one request, too."""

    seconds_left: float


@dataclass(frozen=True, eq=False)
class _Job:
    frame: bytes
    time: _RequestTime
    answer: asyncio.Future[Page | None]
    again: bool = False
    """Whether a worker crashed over it."""


class PagePool:
    """Reads pages in worker processes. Made by `open_page_pool`."""

    def __init__(self, settings: IngestSettings, program: Sequence[str]) -> None:
        self._settings = settings
        self._program = program
        self._free_places = settings.max_page_requests_in_flight
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()  # bounded by the places, each with `page_workers` jobs
        self._workers: set[Worker] = set()
        self._failing = False
        self._since: dict[Worker, float] = {}  # those that have a page

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        """The pages of one request; None where a page holds no article. Cancelled: their workers are killed.

        Raises:
            PageTooCostly: a page passed a limit; the request's others are given up.
            PagesUnavailable: too many requests with pages are in hand, or no worker can be started.
        """
        pages = await self._read_all(sources, stop_at_first=True)
        return [page for page in pages if not isinstance(page, PageTooCostly)]  # which would have been raised

    async def read_each(self, sources: Sequence[Source]) -> list[Page | PageTooCostly | None]:
        """As `read`, but what passed a limit stands in its page's place, and the others are read all the same."""
        return await self._read_all(sources, stop_at_first=False)

    async def _read_all(self, sources: Sequence[Source], *, stop_at_first: bool) -> list[Page | PageTooCostly | None]:
        if not sources:
            return []
        if not self._free_places:
            raise PagesUnavailable("Too many submissions with pages at a time.")
        self._free_places -= 1
        turns = asyncio.Semaphore(self._settings.page_workers)  # so that requests take turns, page by page
        left = _RequestTime(self._settings.page_request_timeout_seconds)

        async def one(index: int, source: Source) -> Page | PageTooCostly | None:
            async with turns:
                try:
                    return await self._read(source, left)
                except PageTooCostly as error:
                    error.index = index
                    if stop_at_first:
                        raise
                    return error

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(index, source)) for index, source in enumerate(sources)]
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        finally:
            self._free_places += 1
        return [task.result() for task in tasks]

    def workers_alive(self) -> int:
        """How many workers there are."""
        return sum(not worker.has_ended() for worker in self._workers)

    async def check(self) -> None:
        """Raises TransientError while no worker is there, or every one is stuck with a page."""
        if not self.workers_alive():
            raise TransientError("no page worker is running")
        limit = self._settings.page_timeout_seconds + _STUCK_SECONDS
        if sum(time.monotonic() - since > limit for since in self._since.values()) >= self._settings.page_workers:
            raise TransientError("every page worker is stuck")

    async def _read(self, source: Source, left: _RequestTime) -> Page | None:
        if self._failing and not self._workers:
            raise PagesUnavailable("Pages cannot be read at the moment.")
        waiting = _Job(job(source.html, source.today), left, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(waiting)
        try:
            return await waiting.answer
        except asyncio.CancelledError:
            metrics.PAGES.labels("abandoned").inc()
            raise

    async def work(self) -> None:
        """Keep one worker at work, and replace it whenever it is lost. Runs until it is cancelled."""
        pause = _FIRST_PAUSE_SECONDS
        arguments = [str(self._settings.page_timeout_seconds), str(self._settings.page_memory_bytes)]
        while True:
            try:
                worker = await Worker.start(self._program, arguments)
            except (OSError, WorkerLost) as error:
                log.warning("page worker did not start", reason=str(error), again_in_seconds=pause)
                self._failing = True
                self._turn_away()
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
                continue
            pause, self._failing = _FIRST_PAUSE_SECONDS, False
            self._workers.add(worker)
            while (waiting := await self._next(worker)) and await self._serve(worker, waiting):
                pass
            await self._lose(worker)

    async def _next(self, worker: Worker) -> _Job | None:
        """The next job for the worker; None when it ends before there is one."""
        getting = asyncio.create_task(self._jobs.get())
        ending = asyncio.create_task(worker.ended())
        try:
            await asyncio.wait({getting, ending}, return_when=asyncio.FIRST_COMPLETED)
            return getting.result() if getting.done() else None
        finally:
            getting.cancel()
            ending.cancel()

    async def _lose(self, worker: Worker) -> None:
        # Until it has ended it counts as there, and as busy: one that cannot be killed is stuck.
        await worker.kill()
        self._workers.discard(worker)
        self._mark(worker, None)

    async def close(self) -> None:
        """Kill the workers that are left. Nobody works any more."""
        for worker in list(self._workers):
            await self._lose(worker)

    async def _serve(self, worker: Worker, waiting: _Job) -> bool:
        """Have a job done; whether the worker can go on. When it cannot, the job's page may be the reason."""
        if waiting.answer.done():  # the client left
            return True
        started = time.monotonic()
        self._mark(worker, started)
        asking = asyncio.create_task(worker.ask(waiting.frame))
        either: set[asyncio.Future[Any]] = {asking, waiting.answer}
        try:
            limit = min(self._settings.page_timeout_seconds, waiting.time.seconds_left)
            await asyncio.wait(either, timeout=max(0.0, limit), return_when=asyncio.FIRST_COMPLETED)
            if waiting.answer.done():
                return False
            if _crashed(asking) and not waiting.again:
                # It may have been ended while it was idle, just now. The next worker shows whether the page does that.
                self._jobs.put_nowait(replace(waiting, again=True))
                return False
            outcome, usable = _settle(waiting, asking, self._settings)
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError, WorkerLost):
                await asking
            seconds = time.monotonic() - started
            waiting.time.seconds_left -= seconds
            metrics.PAGE_SECONDS.observe(seconds)
        metrics.PAGES.labels(outcome).inc()
        if usable:
            self._mark(worker, None)
        return usable

    def _mark(self, worker: Worker, since: float | None) -> None:
        """The worker has a page since then, or none."""
        if since is None:
            self._since.pop(worker, None)
        else:
            self._since[worker] = since
        metrics.BUSY_PAGE_WORKERS.set(len(self._since))

    def _turn_away(self) -> None:
        """Nobody waits for a worker that may never come."""
        while not self._workers and not self._jobs.empty():
            waiting = self._jobs.get_nowait()
            if not waiting.answer.done():
                waiting.answer.set_exception(PagesUnavailable("Pages cannot be read at the moment."))


def _crashed(asking: asyncio.Future[bytes]) -> bool:
    """Whether the worker ended, and not by one of its own limits."""
    error = asking.exception() if asking.done() else None
    return isinstance(error, WorkerLost) and error.exit_code not in (OUT_OF_MEMORY, -signal.SIGALRM)


def _settle(waiting: _Job, asking: asyncio.Future[bytes], settings: IngestSettings) -> tuple[str, bool]:
    """Answer from what the worker came to; the outcome, and whether the worker can go on."""
    answer = waiting.answer
    if not asking.done():
        answer.set_exception(_took_too_long(settings, waiting.time))
        return "timed_out", False
    try:
        page = page_of(asking.result())
    except PageFailed as error:
        log.warning("page parser failed", reason=str(error))
        answer.set_exception(PageTooCostly("the page could not be read; send its text instead"))
        return "failed", True
    except WorkerLost as error:
        if error.exit_code == OUT_OF_MEMORY:
            limit_mb = settings.page_memory_bytes // 1_000_000
            message = f"the page took more than {limit_mb:,} MB of memory to read; send its text instead"
            answer.set_exception(PageTooCostly(message))
            return "out_of_memory", False
        if error.exit_code == -signal.SIGALRM:  # its own alarm: this process was too busy to keep the time
            answer.set_exception(_took_too_long(settings, waiting.time))
            return "timed_out", False
        log.warning("page worker ended over a page", reason=str(error))
        answer.set_exception(PageTooCostly("the page could not be read; send its text instead"))
        return "failed", False
    answer.set_result(page)
    return ("read" if page else "empty"), True


def _took_too_long(settings: IngestSettings, left: _RequestTime) -> PageTooCostly:
    if left.seconds_left < settings.page_timeout_seconds:
        limit = settings.page_request_timeout_seconds
        return PageTooCostly(f"the request's pages took longer than {limit:g} s together; send fewer in one request")
    limit = settings.page_timeout_seconds
    return PageTooCostly(f"the page took longer than {limit:g} s to read; send its text instead")


@asynccontextmanager
async def open_page_pool(
    settings: IngestSettings, *, program: Sequence[str] = WORKER_PROGRAM
) -> AsyncIterator[PagePool]:
    """A pool whose workers are being started, killed at the end of the block. `program`: another one, for tests."""
    pool = PagePool(settings, program)
    owner = asyncio.current_task()
    assert owner is not None
    tasks = [asyncio.create_task(pool.work()) for _ in range(settings.page_workers)]
    for task in tasks:  # one that ends by itself is a bug of ours: the block ends with its error
        task.add_done_callback(lambda ended: None if ended.cancelled() else owner.cancel())
    try:
        yield pool
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await pool.close()
        for result in results:
            if isinstance(result, Exception):
                raise result
