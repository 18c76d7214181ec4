"""Placing articles: how many a second, and how much memory a live article takes, by the number of live articles.

    python -m benchmarks.assign                       # 10,000, 100,000 and 1,000,000 live articles
    python -m benchmarks.assign --live 10000 100000

Signals, candidate search, decision and bookkeeping are measured; embedding, and taking terms out of texts, are not:
vectors and terms are made up (see `benchmarks.synthetic`). Restoring is reading the packed state, as after a
reassignment, without Redis's part (see --redis).
"""

import argparse
import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from redis.asyncio import Redis
from rich.console import Console

from benchmarks.machine import machine_line
from benchmarks.synthetic import LIVE_DAYS, World, event_sizes, make_article, make_world
from services.contracts.article import Article, ArticleInput, InputKind, Precision, Publisher
from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_article import LiveArticleRecord, LivePlacement
from services.dedupe.clustering.records import EventRecord, ShardRecord
from services.dedupe.clustering.shard import Shard
from services.dedupe.embedding.vectors import encode_vector
from services.dedupe.signals.article_rows import build_row
from services.dedupe.signals.article_signals import ArticleSignals
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.packed import pack_dataclass, unpack_dataclass
from services.dedupe.store.shard_store import ShardStore
from services.local.progress import Bar, progress
from services.local.redis import EmbeddedRedis

LIVE = (10_000, 100_000, 1_000_000)
PLACED = 2_000
SEED = 7
MODEL = "synthetic@1"
WARM_UP = 200
SAVED_EVERY = 100
LIKELY = (1.4, 0.0)
"""Probability of a pair of reports of one event; pairs of other events count as 0."""
MOST_NEAR = 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOW = EPOCH + timedelta(days=LIVE_DAYS)


@dataclass(frozen=True)
class Figures:
    """What one size gives. Times in seconds, memory in bytes."""

    per_second: float
    median: float
    late: float
    """The 99th percentile."""
    joined_right: float
    """Share of reports of a live event that were placed in it."""
    bytes_each: float
    restore_seconds: float
    packed_bytes: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", type=int, nargs="+", default=list(LIVE), help="numbers of live articles")
    parser.add_argument("--placed", type=int, default=PLACED, help="articles placed and timed (default: %(default)s)")
    parser.add_argument(
        "--one-event",
        type=int,
        default=0,
        metavar="ARTICLES",
        help="so many of the live articles report one event, and half of those placed do",
    )
    parser.add_argument("--redis", action="store_true", help="also restore out of an embedded Redis")
    chosen = parser.parse_args(arguments)
    console = Console(stderr=True)
    print(machine_line())
    rates = [_report(live, chosen.placed, chosen.one_event, chosen.redis, console) for live in chosen.live]
    for smaller, larger, before, after in zip(chosen.live, chosen.live[1:], rates, rates[1:], strict=False):
        print(f"cost of an article, {larger:,} live against {smaller:,}: x {before / after:.2f}")
    print(machine_line())
    return 0


def _report(live: int, placed: int, one_event: int, redis: bool, console: Console) -> float:
    """Measure and print one size; articles placed a second."""
    found = measure(live, placed, console, one_event)
    print(
        f"{live:,} live: {found.per_second:,.0f} placed/s (median {found.median * 1000:.2f} ms, p99 "
        f"{found.late * 1000:.2f} ms), {found.bytes_each:,.0f} bytes a live article, restored in "
        f"{found.restore_seconds:.1f} s from {found.packed_bytes:,.0f} packed bytes each; {found.joined_right:.1%} of "
        "reports joined their event",
        flush=True,
    )
    if redis:
        print(f"{live:,} live: restored out of Redis in {restore_from_redis(live, console):.1f} s", flush=True)
    return found.per_second


def measure(live: int, placed: int, console: Console, one_event: int = 0) -> Figures:
    """Fill a shard with `live` articles, then place `placed` more: half of live events, half of new ones.

    `one_event`: how many of the live articles report one event, which half of the placed ones then report too.
    """
    world = make_world(SEED)
    sizes = event_sizes(live - one_event, SEED)
    if one_event:
        sizes = np.concatenate([[one_event], sizes])
    shard = new_shard()
    gc.collect()
    before = _resident_bytes()
    source = _Source(world, sizes.tolist())
    start = time.perf_counter()
    with progress(console, f"{live:,} live", total=live) as bar:
        shard.fill_from_records(ShardRecord(clock=NOW), source.unpacked(bar), _events(len(sizes)))
    seconds = time.perf_counter() - start - source.making_seconds
    gc.collect()
    held = _resident_bytes() - before
    reported = 1 if one_event else len(sizes)
    _place(shard, world, sizes.tolist(), WARM_UP, console, reported=reported)
    times, right = _place(shard, world, sizes.tolist(), placed, console, reported=reported, first=WARM_UP)
    return Figures(
        per_second=placed / sum(times),
        median=statistics.median(times),
        late=sorted(times)[int(0.99 * placed)],
        joined_right=right,
        bytes_each=held / live,
        restore_seconds=seconds,
        packed_bytes=source.packed_bytes / live,
    )


@dataclass
class _Source:
    """Makes the live articles, keeps the time and counts the bytes."""

    world: World
    sizes: Sequence[int]
    making_seconds: float = 0.0
    packed_bytes: int = 0

    def packed(self) -> Iterator[tuple[str, bytes]]:
        number = 0
        for event, size in enumerate(self.sizes):
            for report in range(size):
                start = time.perf_counter()
                article_id = f"art_{event:08}{report:012}"
                live = LiveArticleRecord.from_parts(
                    article_id,
                    LivePlacement(event_id(event), MODEL, withdrawn=False, sequence=number),
                    build_row(make_article(self.world, event, report)),
                    {f"art_{event:08}{earlier:012}": LIKELY for earlier in range(report)[-MOST_NEAR:]},
                )
                content = pack_dataclass(live)
                number += 1
                self.packed_bytes += len(content)
                self.making_seconds += time.perf_counter() - start
                yield article_id, content

    def unpacked(self, bar: Bar) -> Iterator[LiveArticleRecord]:
        for _, content in self.packed():
            yield unpack_dataclass(LiveArticleRecord, content)
            bar.advance()


def _place(
    shard: Shard,
    world: World,
    sizes: Sequence[int],
    placed: int,
    console: Console,
    *,
    reported: int,
    first: int = 0,
) -> tuple[list[float], float]:
    """Seconds that each placement took, and the share of reports of live events that joined theirs.

    `reported`: how many of the live events, the first ones, are reported again.
    """
    seconds: list[float] = []
    right = 0
    rng = np.random.default_rng(SEED)
    with progress(console, "Placing", total=placed) as bar:
        for number in range(first, first + placed):
            known = number % 2 == 0
            event = int(rng.integers(reported)) if known else len(sizes) + number
            signals = make_article(world, event, int(sizes[event]) + number if known else 0)
            embedded = _embedded(f"new{number}", signals)
            row = build_row(signals)
            start = time.perf_counter()
            placement = shard.place_article(embedded, row)
            seconds.append(time.perf_counter() - start)
            right += known and placement.event_id == event_id(event)
            if number % SAVED_EVERY == 0:
                shard.mark_saved()
            bar.advance()
    return seconds, right / max(1, (placed + 1) // 2)


def restore_from_redis(live: int, console: Console) -> float:
    """Seconds from an empty process to a shard with everything that Redis has of the shard."""
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, EmbeddedRedis(Path(folder)) as server:
        return asyncio.run(_restore(server.url, live, console))


async def _restore(url: str, live: int, console: Console) -> float:
    sizes = event_sizes(live, SEED).tolist()
    async with Redis.from_url(url) as redis:
        with progress(console, "Filling Redis", total=live) as bar:
            waiting: dict[str, bytes] = {}
            for article_id, content in _Source(make_world(SEED), sizes).packed():
                waiting[article_id] = content
                if len(waiting) == SAVED_EVERY:
                    await redis.hset("dedupe:main:live", mapping=waiting)  # type: ignore[arg-type] # str keys are fine
                    waiting = {}
                bar.advance()
        if waiting:
            await redis.hset("dedupe:main:live", mapping=waiting)  # type: ignore[arg-type]
        events = {one.event_id: one.to_json_bytes() for one in _events(len(sizes))}
        await redis.hset("dedupe:main:events", mapping=events)  # type: ignore[arg-type]
        await redis.set("dedupe:main:shard", ShardRecord(clock=NOW).to_json_bytes())
        shard = new_shard()
        start = time.perf_counter()
        await ShardStore(redis).load_shard("main", shard)
        seconds = time.perf_counter() - start
    assert shard.live_article_count == live
    return seconds


def new_shard() -> Shard:
    """An empty shard with what the service ships."""
    nothing = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1)  # the terms are made up
    return Shard(Decision.load_bundled(), nothing, cells=VectorCells.load_bundled(), kept_articles=0)


def event_id(number: int) -> str:
    """Id of a made-up event."""
    return f"evt_{number:020}"


def _events(count: int) -> Iterator[EventRecord]:
    for number in range(count):
        yield EventRecord(
            event_id=event_id(number),
            version=1,
            status=EventStatus.OPEN,
            founder_id=f"art_{number:08}{0:012}",
            updated_at=NOW,
            active_at=NOW,
        )


def _embedded(key: str, signals: ArticleSignals) -> EmbeddedArticle:
    """The least that an article can be: its vectors and terms are given."""
    published = None if signals.day is None else min(NOW, EPOCH + timedelta(days=signals.day))
    article = Article(
        article_id=f"art_{key:>20}",
        revision=1,
        publisher=Publisher(name="Bench"),
        text=key,
        published_at=published,
        published_precision=None if published is None else Precision.SECOND,
        fetched_at=NOW,
        content_hash=key,
        input=ArticleInput(kind=InputKind.PUSH),
    )
    extracted = ExtractedArticle(article=article, extractor="none")
    return EmbeddedArticle(shard="main", extracted=extracted, model=MODEL, lead_vector=encode_vector(signals.lead))


def _resident_bytes() -> int:
    """Memory of this process that is really in use (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main())
