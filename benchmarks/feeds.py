"""Polls thousands of feeds on one core: how soon items are seen, and what the polls cost.

    python -m benchmarks.feeds [--feeds 10000] [--hours 2]

The server is a process of its own (`benchmarks/feed_server.py`), Redis another. The fetches, the reading, the store and
the building of articles are those of the service, on one core; only the broker is left out. Time between polls is
**simulated**: the clock of server and poller moves on in steps, and at each step all feeds that are due are polled for
real. So a lag is right to a step, and says nothing of a machine that cannot keep up: the polls a second that it did,
beside those it would need, say that. Items carry their text, so that no pages are fetched.
"""

import argparse
import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import structlog
from prometheus_client import REGISTRY

from benchmarks.feed_server import START, gap_seconds, item_times
from benchmarks.machine import machine_line
from services.contracts.article import Article
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.poller import FeedPoller
from services.ingest.feeds.running import feed_polling
from services.ingest.feeds.store import FeedStore
from services.ingest.fetching.fetcher import open_fetcher
from services.ingest.handler import SubmissionService
from services.ingest.pages.page import Page
from services.ingest.pages.pool import PageTooCostly, Source
from services.ingest.revisions import RedisRecords
from services.ingest.settings import IngestSettings
from services.ingest.trace_log import RedisTraces
from services.local.redis import EmbeddedRedis
from services.runtime.messages import Outgoing
from services.runtime.redis_client import open_redis

STEP_SECONDS = 30
REPORT_STEPS = 30
"""The figures so far are printed each quarter of an hour."""
HOSTS = 1_000
"""Feeds are spread over so many addresses of loopback: turns are by host."""
ACTIVE_GAP_SECONDS = 3_600
"""A feed with an item an hour or more often is active."""
WARM_UP_HOURS = 0.5
"""In which the rhythm of feeds is found: left out of the lags."""


@dataclass
class SteppedClock:
    """Simulated time."""

    moment: datetime = field(default_factory=lambda: datetime.fromtimestamp(START, UTC))

    def now(self) -> datetime:
        """As set."""
        return self.moment


class Seen:
    """Takes the place of the broker: notes when each item was published."""

    def __init__(self, clock: SteppedClock) -> None:
        self.at: dict[str, float] = {}
        self.count = 0
        self._clock = clock

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        """Note them."""
        for message in outgoing:
            assert isinstance(message.value, Article)
            self.count += 1
            self.at.setdefault(str(message.value.url), self._clock.now().timestamp())


class NoPages:
    """No item has a page here."""

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        """Nothing to read."""
        assert not sources
        return []

    async def read_each(self, sources: Sequence[Source]) -> list[Page | PageTooCostly | None]:
        """Nothing to read."""
        assert not sources
        return []


@dataclass
class Figures:
    """What is measured along the way."""

    polls: int = 0
    seconds: float = 0.0
    most_files: int = 0
    most_open: int = 0


async def measure(feeds: int, hours: float, port: int, folder: Path, redis: EmbeddedRedis) -> None:
    """Poll for so many simulated hours, and print what it came to."""
    file = folder / "feeds.yaml"
    write_feeds(file, feeds, port)
    settings = IngestSettings(
        redis_url=redis.url,
        feeds_file=file,
        fetch_allowed_hosts="127.0.0.0/8",
        fetch_allowed_ports="*",
        fetch_host_delay_seconds=0,
        fetch_contact="benchmark",
    )
    clock, figures = SteppedClock(), Figures()
    seen = Seen(clock)
    async with (
        open_fetcher(settings, clock) as fetcher,
        open_redis(settings) as store_client,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as server,
    ):
        store = FeedStore(store_client)
        records = RedisRecords(store_client, keep_days=1)
        submissions = SubmissionService(seen, records, clock, pages=NoPages(), publish_timeout_seconds=30)
        traces = RedisTraces(store_client, keep_days=settings.trace_days)
        polling = feed_polling(settings, store, submissions, fetcher, clock, traces=traces)
        poller = FeedPoller(FeedsFile(file), store, polling, clock, settings)
        steps = round(hours * 3600 / STEP_SECONDS / REPORT_STEPS) * REPORT_STEPS
        for step in range(steps + 1):
            answer = (await server.get(f"/clock/{clock.now().timestamp()}")).text
            figures.most_open = max(figures.most_open, int(answer.split()[1]))
            began = time.process_time()
            figures.polls += await poller.poll_due()
            figures.seconds += time.process_time() - began
            figures.most_files = max(figures.most_files, open_files())
            done = step * STEP_SECONDS / 3600
            print(f"  {done:.2f} h: {figures.polls:,} polls, {figures.seconds:.0f} s", flush=True)
            if step % REPORT_STEPS == 0 and step:
                report(feeds, done, seen, figures)
            clock.moment += timedelta(seconds=STEP_SECONDS)


def open_files() -> int:
    """How many files and connections this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def write_feeds(file: Path, feeds: int, port: int) -> None:
    """The file of feeds."""
    lines = ["feeds:"]
    for feed in range(feeds):
        host = feed % HOSTS
        lines += [
            f"  - url: http://127.0.{host // 250}.{host % 250 + 1}:{port}/feed/{feed}",
            "    content: full_text",
            "    newest_days: 1",
        ]
    file.write_text("\n".join(lines) + "\n")


def report(feeds: int, hours: float, seen: Seen, figures: Figures) -> None:
    """Print the figures."""
    outcomes = {
        sample.labels["outcome"]: int(sample.value)
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == "newsweave_ingest_feed_polls_total" and sample.value
    }
    unchanged, end = outcomes.get("unchanged", 0), START + hours * 3600
    lags: list[float] = []
    missed = 0
    for feed in range(feeds):
        if gap_seconds(feed) > ACTIVE_GAP_SECONDS:
            continue
        times = item_times(feed, end)
        for number, at in enumerate(times, start=1):
            if at < START + WARM_UP_HOURS * 3600:
                continue
            seen_at = seen.at.get(f"https://outlet{feed}.example/{number}")
            if seen_at is not None:
                lags.append(seen_at - at)
            elif at < end - 3600:
                missed += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = figures.polls / figures.seconds
    print(machine_line())
    print(f"{feeds:,} feeds, {hours:g} simulated hours, steps of {STEP_SECONDS} s, one core")
    print(f"polls                 {figures.polls:,}; by outcome {dict(sorted(Counter(outcomes).items()))}")
    print(f"unchanged             {unchanged / max(1, figures.polls):.1%} of the polls cost a 304 or no reading")
    print(f"articles published    {seen.count:,}, {len(seen.at):,} different")
    needed = figures.polls / hours / 3600
    print(f"processor             {figures.seconds:.0f} s: {rate:.0f} polls a second; needed {needed:.1f}")
    print(f"memory                {memory:.0f} MiB at most")
    print(
        f"open connections      {figures.most_open} at most (server); {figures.most_files} open files at most (poller)"
    )
    if lags:
        deciles = statistics.quantiles(lags, n=10)
        print(
            f"lag of active feeds   median {statistics.median(lags) / 60:.1f} min, 90% {deciles[8] / 60:.1f} min "
            f"({len(lags):,} items, {missed} older than an hour and not seen)"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--hours", type=float, default=2.0, help="simulated hours (2)")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.feed_server", "--feeds", str(options.feeds)], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        try:
            with tempfile.TemporaryDirectory() as name, EmbeddedRedis(Path(name) / "redis") as redis:
                asyncio.run(measure(options.feeds, options.hours, port, Path(name), redis))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
