"""The HTTP API: how many requests a second one core answers, and how long searches take.

    python -m benchmarks.api                        # 20,000 made-up events
    python -m benchmarks.api --events 5000 --requests 1000

The server is one process on one core: the HTTP side of api over an embedded Redis, filled as the projector fills it.
Beside it, in a process of the same kind, stands the least that could serve an event: a FastAPI route that reads one key
of Redis and answers with it. The client is another process: each of its connections asks again as soon as it has its
answer, so that times include the waiting for the others.
"""

import argparse
import asyncio
import itertools
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.responses import Response

from benchmarks.machine import machine_line
from benchmarks.made_events import CLAIMS, OUTLETS, made_event, people, vocabulary
from services.api.app import create_app
from services.api.changes import event_changes
from services.api.search.following import IndexFollower
from services.api.search.index_row_store import IndexRowStore, write_index_rows
from services.api.settings import ApiSettings
from services.api.updates.update_log import UpdateLog, write_log
from services.api.view_store import ViewStore, write_events
from services.local.ports import LOOPBACK, free_port
from services.local.redis import EmbeddedRedis
from services.runtime.garbage import let_collector_rest
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving

EVENTS, REQUESTS = 20_000, 3_000
FILLED_AT_A_TIME = 100
SEED = 5
STOP = "stop"
_SPAWN = multiprocessing.get_context("spawn")
BUSY, CALM = 4, 1
"""Connections at a time where requests a second are measured, and where times are."""


@dataclass(frozen=True)
class Ready:
    """The server answers: what its index took to build."""

    events: int
    seconds: float
    cpu_seconds: float


def on_core(core: int) -> None:
    """Keep this process to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})


def fill(url: str, numbers: range, claims_of_first: int = CLAIMS) -> None:
    """Put events into the view, as the projector does."""

    async def run() -> None:
        async with Redis.from_url(url) as redis:
            for start in range(numbers.start, numbers.stop, FILLED_AT_A_TIME):
                part = range(start, min(start + FILLED_AT_A_TIME, numbers.stop))
                events = [made_event(number, claims_of_first=claims_of_first) for number in part]
                changes = event_changes({event.event_id: event for event in events}, {})
                pipe = redis.pipeline(transaction=True)
                write_events(pipe, changes)
                write_index_rows(pipe, changes)
                write_log(pipe, changes, "0-0")
                await pipe.execute()

    asyncio.run(run())


def fill_in_halves(url: str, events: int, claims_of_first: int = CLAIMS) -> None:
    """The same by two processes at once."""
    halves = (range(events // 2), range(events // 2, events))
    filling = [_SPAWN.Process(target=fill, args=(url, half, claims_of_first)) for half in halves]
    for process in filling:
        process.start()
    for process in filling:
        process.join()
        if process.exitcode:
            raise RuntimeError("filling the view failed: see above")


def serve(url: str, port: int, control: Connection) -> None:
    """The server's process: until it is told to stop."""

    async def run() -> None:
        settings = ApiSettings(http_port=port, redis_url=url)
        stopping = asyncio.Event()
        async with Redis.from_url(url) as redis:
            follower = IndexFollower(IndexRowStore(redis), UpdateLog(redis))
            app = create_app(ViewStore(redis), settings, follower=follower)
            tasks = [asyncio.create_task(app.state.stream_hub.run(stopping))]
            let_collector_rest()  # as the service does before it builds
            began, cpu = time.monotonic(), time.process_time()
            tasks.append(asyncio.create_task(follower.run()))
            assert await follower.reach(await UpdateLog(redis).head(), seconds=600)
            ready = Ready(await ViewStore(redis).count(), time.monotonic() - began, time.process_time() - cpu)
            async with serving(HttpGuard(app, settings), settings, stopping):
                let_collector_rest()
                control.send(ready)
                await answer_until_stopped(control)
                stopping.set()
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    on_core(0)
    asyncio.run(run())


async def answer_until_stopped(control: Connection) -> None:
    """Say again and again how much processor this process has taken, until it is told to stop."""
    while await asyncio.to_thread(control.recv) != STOP:
        control.send(time.process_time())


def serve_bare(url: str, port: int, control: Connection) -> None:
    """The least that serves an event, in a process of the same kind."""

    async def run() -> None:
        settings = ApiSettings(http_port=port, redis_url=url)
        stopping = asyncio.Event()
        app = FastAPI()
        async with Redis.from_url(url) as redis:

            @app.get("/v1/events/{event_id}")
            async def get(event_id: str) -> Response:
                return Response(await redis.get(f"view:event:{event_id}"), media_type="application/json")

            async with serving(app, settings, stopping):
                let_collector_rest()
                control.send(None)
                await answer_until_stopped(control)
                stopping.set()

    on_core(0)
    asyncio.run(run())


@dataclass
class Answers:
    """What a client saw."""

    seconds: float
    cpu_seconds: float = 0.0
    """What the server took of its processor."""
    times: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    @property
    def cpu_rate(self) -> float:
        """Requests a second of the server's processor."""
        return len(self.times) / self.cpu_seconds

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the requests took at most."""
        ranked = sorted(self.times)
        return 1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)]


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    port: int
    control: Connection

    def cpu_seconds(self) -> float:
        """What it has taken of its processor."""
        self.control.send("?")
        return float(self.control.recv())


async def ask(server: Server, requests: Iterable[bytes], connections: int) -> Answers:
    """Send the requests over some connections, each as soon as the one before it is answered."""
    left = iter(requests)
    answers = Answers(0.0)

    async def keep_asking() -> None:
        reader, writer = await asyncio.open_connection(LOOPBACK, server.port, limit=2**21)
        for request in left:
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            if length:
                await reader.readexactly(int(length))
            answers.times.append(time.perf_counter() - began)
            answers.statuses.add(int(head[9:12]))
        writer.close()

    cpu, began = server.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(keep_asking() for _ in range(connections)))
    answers.seconds = time.perf_counter() - began
    answers.cpu_seconds = server.cpu_seconds() - cpu
    return answers


def get(path: str, **headers: str) -> bytes:
    """A request."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {LOOPBACK}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def single_events(chance: random.Random, events: int) -> Iterator[bytes]:
    """Events at random."""
    while True:
        yield get(f"/v1/events/evt_{chance.randrange(events):020}")


def lists(chance: random.Random) -> Iterator[bytes]:
    """Lists: plain, by conditions, in all orders."""
    kinds: Sequence[Callable[[], dict[str, str]]] = (
        dict,
        lambda: {"publisher": f"outlet{chance.randrange(100)}.example"},
        lambda: {"entity": _drawn(chance, people())},
        lambda: {"has": "denial", "min_origins": "2"},
        lambda: {"not_publisher": "outlet0.example", "status": "open"},
        lambda: {"published_since": f"2026-01-{chance.randint(1, 28):02}"},
        lambda: {"sort": "published"},
        lambda: {"sort": "origins", "single_origin": "false"},
        lambda: {"sort": "growth"},
    )
    for kind in itertools.cycle(kinds):
        yield get(f"/v1/events?{urlencode(kind())}")


def words(chance: random.Random, path: str) -> Iterator[bytes]:
    """Searches for a word or two, drawn as they stand in claims, and for names."""
    kinds: Sequence[Callable[[], str]] = (
        lambda: _drawn(chance, vocabulary()),
        lambda: f"{_drawn(chance, vocabulary())} {_drawn(chance, vocabulary())}",
        lambda: _drawn(chance, people()),
        lambda: _with_typo(chance, _drawn(chance, people()).split()[1]),
        lambda: f"{_drawn(chance, people()).split()[1]} {_drawn(chance, vocabulary())}",
    )
    for kind in itertools.cycle(kinds):
        yield get(f"{path}?{urlencode({'q': kind()})}")


def front_pages() -> Iterator[bytes]:
    """The front page as it opens."""
    return itertools.repeat(get("/", Accept="text/html"))


def fruitless_searches(chance: random.Random) -> Iterator[bytes]:
    """Searches on the front page that find nothing: it counts what there would be without one of the conditions."""
    while True:
        asked = {"q": _drawn(chance, vocabulary()), "entity": "nobody of this name", "min_origins": "2"}
        yield get(f"/?{urlencode(asked)}", Accept="text/html")


def pages_of_names(chance: random.Random, path: str) -> Iterator[bytes]:
    """Pages of people, drawn as they are named in events: every fifth of the one who is named in most."""
    for number in itertools.count():
        name = people()[0] if number % 5 == 0 else _drawn(chance, people())
        yield get(f"/{path}/{quote(name)}", Accept="text/html")


def pages_of_outlets(chance: random.Random) -> Iterator[bytes]:
    """Pages of outlets, those with most articles first."""
    while True:
        yield get(f"/outlets/outlet{int(OUTLETS * chance.random() ** 2)}.example", Accept="text/html")


def _with_typo(chance: random.Random, word: str) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]


def _drawn(chance: random.Random, among: Sequence[str]) -> str:
    return among[int(len(among) * chance.random() ** 4)]


async def measure(server: Server, bare_server: Server, events: int, requests: int) -> None:
    """Print the figures of one server and of the bare one."""
    chance = random.Random(SEED)

    def some(kind: Iterator[bytes], count: int = requests) -> list[bytes]:
        return list(itertools.islice(kind, count))

    await ask(server, some(single_events(chance, events), 200), BUSY)  # warm
    await ask(bare_server, some(single_events(chance, events), 200), BUSY)
    event_requests = some(single_events(chance, events))
    bare, served = [], []
    for _ in range(3):  # by turns: the machine is not always as busy
        bare.append(await ask(bare_server, event_requests, BUSY))
        served.append(await ask(server, event_requests, BUSY))
    least, ours = (statistics.median(one.cpu_rate for one in runs) for runs in (bare, served))
    _report("bare FastAPI + Redis", bare[-1])
    _report("GET /v1/events/ID", served[-1])
    print(f"GET /v1/events/ID by processor: {ours / least:.2f} of the bare route")
    unchanged = get(f"/v1/events/evt_{0:020}", **{"If-None-Match": "*"})
    _report("304", await ask(server, [unchanged] * requests, BUSY))
    _report("list", await ask(server, some(lists(chance)), CALM))
    _report("words, events", await ask(server, some(words(chance, "/v1/events")), CALM))
    _report("words, claims", await ask(server, some(words(chance, "/v1/claims")), CALM))
    for what, pages in (
        ("front page", front_pages()),
        ("front page by words", words(chance, "/")),
        ("list while somebody types", words(chance, "/list")),
        ("front page that finds nothing", fruitless_searches(chance)),
        ("pages of speakers", pages_of_names(chance, "speakers")),
        ("pages of entities", pages_of_names(chance, "entities")),
        ("pages of outlets", pages_of_outlets(chance)),
    ):
        await ask(server, some(pages, 1), CALM)  # the first one compiles the template
        _report(what, await ask(server, some(pages, max(requests // 4, 1)), CALM))
    facets = get("/v1/events?" + urlencode({"facets": "publisher,entity,has", "min_origins": "2"}))
    _report("facets", await ask(server, [facets] * max(requests // 50, 1), CALM))


def _report(what: str, answers: Answers) -> None:
    print(
        f"{what}: {answers.rate:,.0f}/s ({answers.cpu_rate:,.0f} a second of processor), {_times(answers)}, "
        f"status {sorted(answers.statuses)}",
        flush=True,
    )


def _times(answers: Answers) -> str:
    return f"p50 {answers.percentile(0.5):.1f} ms, p99 {answers.percentile(0.99):.1f} ms"


def run(events: int, requests: int, home: Path) -> None:
    """Fill, serve, measure."""
    port, bare_port = free_port(), free_port()
    with EmbeddedRedis(home) as store:
        fill_in_halves(store.url, events)
        servers = []
        for target, its_port in ((serve, port), (serve_bare, bare_port)):
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=target, args=(store.url, its_port, theirs))
            process.start()
            ready = ours.recv()
            servers.append((process, Server(its_port, ours)))
            if isinstance(ready, Ready):
                rate, cpu_rate = ready.events / ready.seconds, ready.events / ready.cpu_seconds
                print(f"index of {ready.events:,} events: {rate:,.0f} events/s, {cpu_rate:,.0f} a second of processor")
        on_core(1)
        (_, server), (_, bare_server) = servers
        asyncio.run(measure(server, bare_server, events, requests))
        for process, running in servers:
            running.control.send(STOP)
            process.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=EVENTS, help="made-up events (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each kind (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    with tempfile.TemporaryDirectory() as home:
        run(chosen.events, chosen.requests, Path(home))
    print(machine_line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
