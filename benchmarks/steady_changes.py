"""Changes of made-up events at a steady rate, which benchmarks of those who hear of them have in common."""

import argparse
import asyncio
import os
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from benchmarks.machine import machine_line
from services.api.projector import change_projector, event_projector
from services.api.view_store import OFFSETS_NAMESPACE, ViewStore
from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import ClaimKind
from services.contracts.event import ArticleRole, Counts, Event, EventArticle, Membership
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.event_changes.changes import changes_between
from services.runtime.clock import SystemClock
from services.runtime.kept_offsets import KeptOffsets
from services.runtime.messages import Message

OUTLETS = 100
EVENTS = 200
CLAIMS = 24
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
_OPEN_FILES = 8_000


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


def outlets(event: Event) -> frozenset[str]:
    """Domains of the event's publishers."""
    return frozenset(article.publisher.domain or "" for article in event.articles)


def on_core(core: int) -> None:
    """Keep this process to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


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


def run_benchmark(
    measure: Callable[[int, float, float, float], int],
    description: str | None,
    consumers: str,
    defaults: tuple[int, float, float, float],
    arguments: Sequence[str] | None,
) -> int:
    """Command line: how many consumers, changes a second, seconds, and the share that a change concerns.

    Returns the exit code: 1 where `measure` counted faults.
    """
    count, changes, seconds, concerned = defaults
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(f"--{consumers}", dest="consumers", metavar="N", type=int, default=count)
    parser.add_argument("--changes", type=float, default=changes, help="a second (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument(
        "--concerned", type=float, default=concerned, help=f"share of {consumers} (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    print(machine_line())
    faults = measure(chosen.consumers, chosen.changes, chosen.seconds, chosen.concerned)
    print(machine_line())
    return 1 if faults else 0
