"""The stream of updates: how late readers with filters hear of a change, and what that costs the server.

    python -m benchmarks.streams                                   # 2,000 readers, 20 changes a second, for 30 seconds
    python -m benchmarks.streams --readers 500 --changes 50
    python -m benchmarks.streams --concerned 0.2                   # each change concerns a fifth of the readers

The server is one process on one core: the HTTP side of api over an embedded Redis that is written as its projector
writes it. The readers are another process, with a connection each. A change is a new version of an event of a few
articles, with its typed changes. Late is counted from before the version is stored to when its frame is in the process
of its reader.
"""

import argparse
import asyncio
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from redis.asyncio import Redis

from benchmarks.machine import machine_line
from services.api.app import create_app
from services.api.projector import change_projector, event_projector
from services.api.settings import ApiSettings
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind
from services.contracts.event import ArticleRole, Counts, Event, EventArticle, Membership
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.event_changes.changes import changes_between
from services.local.ports import LOOPBACK, free_port
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock
from services.runtime.garbage import let_collector_rest
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message

READERS, CHANGES, SECONDS = 2_000, 20.0, 30.0
OUTLETS = 100
"""As many distinct filters as there are outlets, and twice as many with those that also ask for a status."""
CONCERNED = 0.05
"""Share of the readers that a change concerns: each reader asks for one outlet, each event has so many of them."""
EVENTS = 200
CLAIMS = 24
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
_OPEN_FILES = 8_000
_CONNECTED_AT_A_TIME = 50


@dataclass(frozen=True)
class Cost:
    """What the server took."""

    cpu_seconds: float
    seconds: float
    peak_bytes: int


def event_of(number: int, version: int, outlets: int) -> Event:
    """A version of an event, which grows by an article with each."""
    articles = tuple(_article(number, (number * 7 + at) % OUTLETS, at) for at in range(outlets))
    return Event(
        event_id=f"evt_{number:020x}",
        version=version,
        headline=f"Ferry {number} capsizes off Port Eldrin, version {version}",
        language="en",
        first_published_at=NOON,
        last_published_at=NOON + timedelta(minutes=version),
        updated_at=NOON + timedelta(minutes=version),
        counts=Counts(articles=len(articles), publishers=len(articles), origins=1),
        articles=articles,
        claims=tuple(_claim(number, at, articles[0]) for at in range(CLAIMS + version % 3)),
    )


def _article(number: int, outlet: int, at: int) -> EventArticle:
    return EventArticle(
        article_id=f"art_{number:012x}{at:08x}",
        revision=1,
        url=f"https://outlet{outlet}.example/{number}",
        publisher=Publisher(name=f"Outlet {outlet}", domain=f"outlet{outlet}.example"),
        title=f"Ferry {number} capsizes",
        published_at=NOON,
        origin_id=f"org_{number:020x}",
        role=ArticleRole.FOUNDER if at == 0 else ArticleRole.MEMBER,
        membership=Membership(threshold=0.5, model="benchmark"),
    )


def _claim(number: int, at: int, article: EventArticle) -> MergedClaim:
    text = f"At least {at} people of ferry {number} were brought to the harbour by boats of the coast guard."
    support = Support(
        article_id=article.article_id,
        publisher=article.publisher,
        origin_id=article.origin_id,
        claim_id=f"clm_{number:010x}{at:010x}",
        span=Span(start=0, end=len(text)),
        text=text,
        published_at=NOON,
    )
    return MergedClaim(
        claim_id=f"clm_{number:010x}{at:010x}",
        kind=ClaimKind.STATEMENT,
        text=text,
        origins=1,
        first_reported_at=NOON,
        supports=(support,),
    )


def on_core(core: int) -> None:
    """Keep this process to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def serve(url: str, port: int, readers: int, control: Connection) -> None:
    """The server's process: until it is told to stop; then it says what it took."""

    async def run() -> None:
        settings = ApiSettings(
            http_port=port, max_connections=readers + 100, client_share=1.0, max_streams=readers, redis_url=url
        )
        stopping = asyncio.Event()
        async with Redis.from_url(url) as redis:
            app = create_app(ViewStore(redis), settings)
            following = asyncio.create_task(app.state.stream_hub.run(stopping))
            async with serving(HttpGuard(app, settings), settings, stopping):
                let_collector_rest()
                await asyncio.to_thread(control.recv)
                began, cpu = time.monotonic(), time.process_time()
                await asyncio.to_thread(control.recv)
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
                control.send(Cost(time.process_time() - cpu, time.monotonic() - began, peak))
                stopping.set()
                await following

    on_core(0)
    asyncio.run(run())


class Reader(asyncio.Protocol):
    """One connection: notes when each frame of an event came."""

    def __init__(self, request: bytes, seen: list[tuple[str, float]]) -> None:
        self._request = request
        self._seen = seen
        self._left = b""
        self.begun = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Note the frames that are whole."""
        now = time.monotonic()
        *whole, self._left = (self._left + data).split(b"\n\n")
        for frame in whole:
            if b"\nevent: event\n" in frame:
                position = frame.partition(b"id: ")[2].partition(b"\n")[0]
                self._seen.append((position.decode(), now))
            elif b"event: position" in frame:
                self.begun.set()


def read(port: int, readers: int, control: Connection) -> None:
    """The readers' process: connects all, says so, and when told gives what each has seen."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        seen: list[list[tuple[str, float]]] = [[] for _ in range(readers)]
        for start in range(0, readers, _CONNECTED_AT_A_TIME):
            connections = []
            for number in range(start, min(start + _CONNECTED_AT_A_TIME, readers)):
                reader = Reader(request_of(number), seen[number])
                await loop.create_connection(lambda reader=reader: reader, LOOPBACK, port)  # type: ignore[misc]
                connections.append(reader)
            for reader in connections:
                await asyncio.wait_for(reader.begun.wait(), 30)
        control.send("connected")
        await asyncio.to_thread(control.recv)
        control.send(seen)

    on_core(1)
    asyncio.run(run())


def request_of(number: int) -> bytes:
    """What a reader asks for: its outlet; every second one also events that are open."""
    status = "&status=open" if number % 2 else ""
    path = f"/v1/events/stream?publisher=outlet{number % OUTLETS}.example{status}"
    return f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode()


class Writer:
    """Writes versions of events into the view, as the projectors do."""

    def __init__(self, redis: Redis) -> None:
        self._store = ViewStore(redis)
        offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, "benchmark")
        self._events = event_projector(self._store, offsets, clock=SystemClock(), stream_days=7)
        self._changes = change_projector(self._store, offsets)
        self._offset = 0

    async def begin(self) -> None:
        """Take the partitions over."""
        for projector in (self._events, self._changes):
            await projector.take_over(frozenset({0}))

    async def write(self, before: Event | None, after: Event) -> tuple[str, float]:
        """The position of a new version, and the moment before it was stored. Its changes come first."""
        self._offset += 1
        changes = [
            Message("event.changed.v1", 0, 0, after.event_id, change) for change in changes_between(before, after)
        ]
        await self._changes.handle(changes)
        await self._changes.save({0: self._offset})
        await self._events.handle([Message("event.updated.v1", 0, 0, after.event_id, after)])
        began = time.monotonic()
        await self._events.save({0: self._offset})
        return await self._store.log.head(), began


async def write_all(url: str, changes: float, seconds: float, outlets: int) -> dict[str, tuple[float, Event]]:
    """Write at a steady rate; by position, when and what."""
    written: dict[str, tuple[float, Event]] = {}
    async with Redis.from_url(url) as redis:
        writer = Writer(redis)
        await writer.begin()
        last: dict[int, Event] = {}
        began = time.monotonic()
        for number in range(int(changes * seconds)):
            await asyncio.sleep(max(0.0, began + number / changes - time.monotonic()))
            at = number % EVENTS
            event = event_of(at, number // EVENTS + 1, outlets)
            position, moment = await writer.write(last.get(at), event)
            written[position] = (moment, event)
            last[at] = event
    return written


def report(seen: Sequence[Sequence[tuple[str, float]]], written: dict[str, tuple[float, Event]], cost: Cost) -> int:
    """Print the figures; how many frames are missing or too many."""
    late: list[float] = []
    faults = 0
    outlets_of = {position: outlets(event) for position, (_, event) in written.items()}
    for number, frames in enumerate(seen):
        outlet = f"outlet{number % OUTLETS}.example"
        expected = [position for position in written if outlet in outlets_of[position]]
        faults += [position for position, _ in frames] != expected
        late += [moment - written[position][0] for position, moment in frames]
    ranked = sorted(late)
    p50, p99 = (1000 * ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.99))
    print(
        f"{len(seen):,} readers, {len(written):,} changes, {len(late):,} frames ({len(late) / cost.seconds:,.0f} a "
        f"second): p50 {p50:.0f} ms, p99 {p99:.0f} ms, mean {1000 * statistics.mean(late):.0f} ms, "
        f"longest {1000 * ranked[-1]:.0f} ms"
    )
    print(
        f"server: {100 * cost.cpu_seconds / cost.seconds:.0f}% of one core, {cost.peak_bytes / 2**20:.0f} MiB at most; "
        f"readers with a frame missing, twice or out of order: {faults}"
    )
    return faults


def outlets(event: Event) -> frozenset[str]:
    """Domains of the event's publishers."""
    return frozenset(article.publisher.domain or "" for article in event.articles)


def measure(readers: int, changes: float, seconds: float, concerned: float) -> int:
    """Run it; how many readers saw something wrong."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, EmbeddedRedis(Path(folder)) as redis:
        port = free_port()
        to_server, server_end = context.Pipe()
        to_readers, readers_end = context.Pipe()
        server = context.Process(target=serve, args=(redis.url, port, readers, server_end), daemon=True)
        clients = context.Process(target=read, args=(port, readers, readers_end), daemon=True)
        server.start()
        _wait_for(port)
        clients.start()
        to_readers.recv()
        to_server.send("begin")
        written = asyncio.run(write_all(redis.url, changes, seconds, max(1, round(concerned * OUTLETS))))
        time.sleep(1)  # for the last frames
        to_server.send("end")
        cost = to_server.recv()
        to_readers.send("tell")
        seen = to_readers.recv()
        clients.terminate()
        server.join(10)
        return report(seen, written, cost)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60

    async def connect() -> bool:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            return False
        writer.close()
        return True

    while not asyncio.run(connect()):
        if time.monotonic() > deadline:
            raise TimeoutError("the server does not answer")
        time.sleep(0.1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--changes", type=float, default=CHANGES, help="a second (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--concerned", type=float, default=CONCERNED, help="share of readers (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    faults = measure(chosen.readers, chosen.changes, chosen.seconds, chosen.concerned)
    print(machine_line())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
