"""The history of an event in the view: bytes that it costs, and the time to read a version that is long past.

    python -m benchmarks.history                        # an event of 1,000 articles, a version each
    python -m benchmarks.history --articles 200
    python -m benchmarks.history --small 2000           # and that many events of two articles

The articles are made up, as in benchmarks.growth: half of them reports of their own. Each joins the event, whose view
is built, and told as changes and as a snapshot; these go through the projectors of api into an embedded Redis.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from redis.asyncio import Redis
from rich.console import Console

from benchmarks.big_event import FACTS, embedded_articles
from benchmarks.growth import build_view, members_of, mixed_articles
from benchmarks.machine import machine_line
from services.api.changes import document_of
from services.api.history.reading import read_version
from services.api.projector import change_projector, event_projector
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.changed import EventChange
from services.contracts.event import Event
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.snapshot import build_snapshot
from services.dedupe.merging.event_memory import EventMemory
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message

ARTICLES = 1_000
SMALL_ARTICLES = 2
READS = 5
_KEYS = ("event", "event-versions", "event-packs", "event-changes-at", "event-changes")

Version = tuple[Event, Sequence[EventChange]]


def versions_of(articles: int) -> Iterator[Version]:
    """Each snapshot of an event that grows by an article a version, with the changes that lead to it."""
    members = members_of(embedded_articles(list(mixed_articles(articles, FACTS)), Console(stderr=True)))
    memory, before = EventMemory(), None
    for count in range(1, articles + 1):
        view = build_view(members[:count], memory)
        changes = changes_between(before, view)
        yield build_snapshot(view), changes
        before = view
        members[count - 1].pack()


class Projectors:
    """Those of api that keep a history."""

    def __init__(self, redis: Redis) -> None:
        offsets = KeptOffsets(redis, OFFSETS_NAMESPACE, "benchmark")
        store = ViewStore(redis)
        self._events = event_projector(store, offsets, clock=SystemClock(), stream_days=7)
        self._changes = change_projector(store, offsets)
        self._offset = 0

    async def begin(self) -> None:
        """Take the partitions over."""
        await self._events.take_over(frozenset({0}))
        await self._changes.take_over(frozenset({0}))

    async def project(self, event: Event, changes: Sequence[EventChange]) -> float:
        """Take in one version; the seconds that its snapshot took."""
        self._offset += 1
        await self._changes.handle([Message("event.changed.v1", 0, 0, change.event_id, change) for change in changes])
        await self._changes.save({0: self._offset})
        began = time.perf_counter()
        await self._events.handle([Message("event.updated.v1", 0, 0, event.event_id, event)])
        await self._events.save({0: self._offset})
        return time.perf_counter() - began


async def memory_by_key(redis: Redis, event_ids: Sequence[str]) -> dict[str, int]:
    """Bytes in Redis, by kind of key, of these events together."""
    return {
        kind: sum([await redis.memory_usage(f"view:{kind}:{event_id}", samples=0) or 0 for event_id in event_ids])
        for kind in _KEYS
    }


def print_memory(what: str, articles: int, taken: dict[str, int]) -> None:
    """One line: bytes an article."""
    bytes_of = {kind: count / articles for kind, count in taken.items()}
    history = sum(count for kind, count in bytes_of.items() if kind != "event")
    print(
        f"{what}: history {history:,.0f} bytes an article (snapshots {bytes_of['event-packs']:,.0f}, their index "
        f"{bytes_of['event-versions']:,.0f}, changes {bytes_of['event-changes']:,.0f}, their index "
        f"{bytes_of['event-changes-at']:,.0f}), beside the latest snapshot, {taken['event']:,} bytes in all"
    )


async def measure_big(redis: Redis, articles: int) -> None:
    """One event of many versions."""
    projectors = Projectors(redis)
    await projectors.begin()
    first, longest, count, event_id = b"", 0.0, 0, ""
    total = 0.0
    for event, changes in versions_of(articles):
        took = await projectors.project(event, changes)
        first = first or document_of(event)
        event_id, longest, total = event.event_id, max(longest, took), total + took
        count += len(changes)
    what = f"an event of {articles:,} articles, {count:,} changes"
    print_memory(what, articles, await memory_by_key(redis, [event_id]))
    print(f"projecting a snapshot: {1000 * total / articles:.1f} ms in the mean, {1000 * longest:.0f} ms at most")
    store = ViewStore(redis).history
    entries = await store.versions(event_id)
    for place in (0, len(entries) // 2, len(entries) - 2):
        reads = []
        for _ in range(READS):
            began = time.perf_counter()
            document = await read_version(store, event_id, entries, place)
            reads.append(time.perf_counter() - began)
        assert place or document == first
        print(f"version {entries[place].version:,}: {len(document):,} bytes in {1000 * min(reads):.1f} ms")


async def measure_small(redis: Redis, events: int) -> None:
    """Events of two articles and two versions, the same one under other names."""
    projectors = Projectors(redis)
    await projectors.begin()
    versions = list(versions_of(SMALL_ARTICLES))
    names = [f"evt_{number:020x}" for number in range(events)]
    for name in names:
        for event, changes in versions:
            renamed = [change.model_copy(update={"event_id": name}) for change in changes]
            await projectors.project(event.model_copy(update={"event_id": name}), renamed)
    what = f"{events:,} events of {SMALL_ARTICLES} articles"
    print_memory(what, events * SMALL_ARTICLES, await memory_by_key(redis, names))


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of the big event (default: %(default)s)")
    parser.add_argument("--small", type=int, default=0, help="events of two articles besides (default: none)")
    chosen = parser.parse_args(arguments)
    print(machine_line())
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, EmbeddedRedis(Path(folder)) as server:

        async def run() -> None:
            async with Redis.from_url(server.url) as redis:
                await measure_big(redis, chosen.articles)
                if chosen.small:
                    await measure_small(redis, chosen.small)

        asyncio.run(run())
    print(machine_line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
