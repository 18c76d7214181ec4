"""A walk of the whole list of events while they change: whether it gives each of them, and none twice.

    python -m benchmarks.walk                       # 100,000 made-up events, 100 updates a second meanwhile
    python -m benchmarks.walk --events 10000 --updates 500

The events are small ones, about 8 KB each, in an embedded Redis, filled as the projector fills it. The server is one
process: the HTTP side of api. A writer in another process runs the projector itself: of its updates most move an event
to the top, some change one where it is, some are new events. The walk follows `next` from the first part, asked for
while the writer writes, to the last. What was there at its start is read from the update log afterwards: all events
that stand there up to the position at which the first part was answered.
"""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
from redis.asyncio import Redis

from benchmarks.api import STOP, fill_in_halves, on_core, serve
from benchmarks.machine import machine_line
from benchmarks.made_events import MINUTES_BETWEEN, made_event
from services.api.projector import event_projector
from services.api.search.list_cursors import read_list_cursor
from services.api.updates.positions import BEGINNING, order_of
from services.api.updates.update_log import UpdateLog
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.event import Event
from services.local.ports import LOOPBACK, free_port
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message

EVENTS, UPDATES = 100_000, 100.0
CLAIMS = 3
"""Of the first article of an event."""
LIMIT = 100
"""Events a part."""
BATCHES = 10
"""Of updates, a second."""
STAYS, IS_NEW = 0.1, 0.1
"""Shares of the updates that leave an event where it is, and that are new events."""
READ_AT_ONCE = 10_000
SEED = 7


def updates_of(events: int) -> Iterator[Event]:
    """Updates without end, of events of which the first so many are there."""
    chance = random.Random(SEED)
    versions: Counter[int] = Counter()
    minutes: dict[int, int] = {}
    last = MINUTES_BETWEEN * events
    for number_of_new in itertools.count(events):
        while chance.random() > IS_NEW:
            number = chance.randrange(events)
            versions[number] += 1
            if chance.random() > STAYS:
                last += 1
                minutes[number] = last - MINUTES_BETWEEN * number
            yield made_event(number, 1 + versions[number], minutes=minutes.get(number, 0), claims_of_first=CLAIMS)
        last += 1
        yield made_event(number_of_new, minutes=last - MINUTES_BETWEEN * number_of_new, claims_of_first=CLAIMS)


def write(url: str, events: int, updates_a_second: float, control: Connection) -> None:
    """The writer's process: a batch of updates every tenth of a second, until it is told to stop.

    It says when the first batch is written, and at its end how many updates a second it wrote.
    """

    async def run() -> None:
        async with Redis.from_url(url) as redis:
            offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, "benchmark")
            projector = event_projector(ViewStore(redis), offsets, clock=SystemClock(), stream_days=7)
            await projector.take_over(frozenset({0}))
            updates, written, began = updates_of(events), 0, time.monotonic()
            size = max(round(updates_a_second / BATCHES), 1)
            while not control.poll():
                batch = list(itertools.islice(updates, size))
                await projector.handle([Message("event.updated.v1", 0, 0, event.event_id, event) for event in batch])
                written += size
                await projector.save({0: written})
                if written == size:
                    control.send(None)
                await asyncio.sleep(max(began + written / updates_a_second - time.monotonic(), 0))
            control.send(written / (time.monotonic() - began))

    on_core(1)
    asyncio.run(run())


@dataclass
class Walk:
    """What a walk gave."""

    began: str
    """Where the index was in the update log when it answered the first part."""
    given: list[str] = field(default_factory=list)
    """Ids of events, in order."""
    times: list[float] = field(default_factory=list)
    """Seconds that each part took."""


async def walk_all(client: httpx.AsyncClient) -> Walk:
    """From the first part to the last."""
    walk, cursor = Walk(BEGINNING), None
    while cursor is not None or not walk.times:
        parameters = {"limit": str(LIMIT), "fields": "event_id"} | ({"cursor": cursor} if cursor else {})
        asked = time.monotonic()
        answer = await client.get("/v1/events", params=parameters)
        walk.times.append(time.monotonic() - asked)
        body = answer.raise_for_status().json()
        walk.given += [event["event_id"] for event in body["events"]]
        cursor = body["next"]
        if cursor is not None:
            walk.began = read_list_cursor(cursor).position or BEGINNING
    return walk


async def parted_at(position: str, update_log: UpdateLog) -> tuple[set[str], int]:
    """Ids of the events that stand in the update log up to a position, and how many updates come after it."""
    there: set[str] = set()
    later, after = 0, BEGINNING
    head = await update_log.head()
    while order_of(after) < order_of(head):
        for update in await update_log.read(after, READ_AT_ONCE):
            if order_of(update.position) <= order_of(position):
                there.add(update.event_id)
            elif order_of(update.position) <= order_of(head):
                later += 1
            after = update.position
    return there, later


async def measure(url: str, port: int) -> None:
    """Walk and print what came of it."""
    async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", timeout=60, trust_env=False) as client:
        began = time.monotonic()
        walk = await walk_all(client)
        seconds = time.monotonic() - began
    async with Redis.from_url(url) as redis:
        there, updates = await parted_at(walk.began, UpdateLog(redis))
    given = Counter(walk.given)
    ranked = sorted(walk.times)
    print(
        f"there at the start {len(there):,}, given {len(walk.given):,}, missed {len(there - given.keys()):,}, "
        f"twice {sum(count > 1 for count in given.values()):,}, not there at the start {len(given.keys() - there):,}"
    )
    print(
        f"{seconds:.1f} s, {len(walk.times):,} parts, {len(walk.times) / seconds:,.1f} parts/s, "
        f"p50 {1000 * ranked[len(ranked) // 2]:.1f} ms, longest {1000 * ranked[-1]:.1f} ms; "
        f"{updates:,} updates meanwhile"
    )


def run(events: int, updates_a_second: float, home: Path) -> None:
    """Fill, serve, write and walk."""
    context, port = get_context("spawn"), free_port()
    with EmbeddedRedis(home) as store:
        began = time.monotonic()
        fill_in_halves(store.url, events, CLAIMS)
        filled = time.monotonic() - began
        server, server_side = context.Pipe()
        serving = context.Process(target=serve, args=(store.url, port, server_side))
        serving.start()
        server_side.close()
        ready = server.recv()
        print(f"{ready.events:,} events: filled in {filled:.0f} s, index built in {ready.seconds:.0f} s", flush=True)
        writer, writer_side = context.Pipe()
        writing = context.Process(target=write, args=(store.url, events, updates_a_second, writer_side))
        writing.start()
        writer_side.close()
        writer.recv()
        on_core(1)
        asyncio.run(measure(store.url, port))
        writer.send(STOP)
        print(f"the writer wrote {writer.recv():,.0f} updates/s")
        writing.join()
        server.send(STOP)
        serving.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=EVENTS, help="made-up events (default: %(default)s)")
    parser.add_argument("--updates", type=float, default=UPDATES, help="a second, meanwhile (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as home:
        run(chosen.events, chosen.updates, Path(home))
    print(machine_line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
