"""The items of one poll: each is published and remembered at once, so that a crash loses none."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from services.ingest import metrics
from services.ingest.feeds.choosing import Choice, KeyedItem, remembered
from services.ingest.feeds.delivery import PUBLISHED, Delivered, Delivery, item_outcome, to_retry
from services.ingest.feeds.feed import Item
from services.ingest.feeds.outcomes import FeedOutcome
from services.ingest.feeds.pending import MAX_PENDING, PendingItem
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.store import FeedStore, Lease, Memory
from services.ingest.trace import SubmissionTrace, Traces, article_of, reasons_of
from services.runtime.clock import Clock
from services.runtime.errors import TransientError
from services.runtime.leases import renewing

log = structlog.get_logger()

DAY_SECONDS = 24 * 3600
_T = TypeVar("_T")


@dataclass
class Tally:
    """What became of the items of a poll."""

    choice: Choice = field(default_factory=Choice)
    published: int = 0
    given_up: int = 0
    pending: dict[str, PendingItem] = field(default_factory=dict)


class LeaseKeeper:
    """Keeps a feed while work on it takes long."""

    def __init__(self, store: FeedStore, clock: Clock, *, lease_seconds: float) -> None:
        self._store = store
        self._clock = clock
        self._seconds = lease_seconds

    def lease_end(self) -> datetime:
        """When a lease that is renewed now ends."""
        return self._clock.now() + timedelta(seconds=self._seconds)

    async def hold(self, lease: Lease, work: Coroutine[Any, Any, _T]) -> _T:
        """Do what may take long, because many wait for the turn of one host, and keep the feed meanwhile.

        Raises:
            Fenced: another replica has taken the feed; the work is given up.
            TransientError: the store did not answer until the lease was about to end; the work is given up.
        """
        return await renewing(
            work,
            lambda: self._store.write(lease, due=self.lease_end()),
            name=f"feed {lease.feed}",
            lease_seconds=self._seconds,
        )


class ItemDelivery:
    """Delivers the items that a poll has chosen, and those whose pages are waited for."""

    def __init__(
        self, store: FeedStore, delivery: Delivery, leases: LeaseKeeper, clock: Clock, *, traces: Traces
    ) -> None:
        self._store = store
        self._delivery = delivery
        self._leases = leases
        self._clock = clock
        self._traces = traces

    async def deliver(self, lease: Lease, entry: FeedEntry, kind: str | None, choice: Choice, memory: Memory) -> Tally:
        """Publish what is new, what has changed, and what is waited for; remember each at once."""
        now = self._clock.now()
        waiting = [item for item in memory.pending.values() if item.due_at <= now]
        tally = Tally(choice, pending=dict(memory.pending))
        for pending in waiting:
            again = KeyedItem(pending.item, pending.keys, pending.fingerprint)
            await self._deliver_one(lease, entry, again, tally, kind=kind, tries=pending.tries)
        for item in (*choice.new, *choice.changed):
            await self._deliver_one(lease, entry, item, tally, kind=kind, tries=0)
        metrics.FEED_ITEMS.labels("too_old").inc(len(choice.too_old))
        return tally

    async def _deliver_one(
        self, lease: Lease, entry: FeedEntry, item: KeyedItem, tally: Tally, *, kind: str | None, tries: int
    ) -> None:
        delivered = await self._leases.hold(lease, self._delivered(item.item, entry, kind))
        at = self._clock.now()
        pending = to_retry(item, delivered, tries + 1, at)
        if pending is not None and len(tally.pending) >= MAX_PENDING and pending.key not in tally.pending:
            pending = None
        if delivered.outcome != PUBLISHED:
            await self._trace(entry, item, delivered, at, is_waiting=pending is not None)
        metrics.FEED_ITEMS.labels(item_outcome(delivered, is_retried=pending is not None)).inc()
        lease_until = self._leases.lease_end()
        if pending is not None:
            log.info(
                "item to be tried again", feed=entry.url, url=item.item.url, reason=pending.reason, tries=tries + 1
            )
            tally.pending[pending.key] = pending
            await self._store.write(lease, due=lease_until, pending=[pending])
            return
        if delivered.outcome == PUBLISHED:
            tally.published += 1
        else:
            tally.given_up += 1
            log.warning(
                "item given up", feed=entry.url, url=item.item.url, outcome=delivered.outcome, reason=delivered.reason
            )
        was_pending = tally.pending.pop(item.keys[0], None)
        day = int(at.timestamp()) // DAY_SECONDS
        await self._store.write(
            lease, due=lease_until, seen=remembered([item], day), settled=[item.keys[0]] if was_pending else []
        )

    async def _trace(
        self, entry: FeedEntry, item: KeyedItem, delivered: Delivered, at: datetime, *, is_waiting: bool
    ) -> None:
        """Note why there is no article, at that which the item's address would be."""
        article_id = article_of(item.item.url)
        if article_id is None:
            return
        noted = SubmissionTrace(
            feed=entry.url,
            received_at=at,
            ended_at=at,
            outcome="waiting" if is_waiting else "refused",
            reasons=reasons_of([(delivered.outcome, delivered.reason or "")]),
        )
        await self._traces.note(None, [(article_id, noted)])

    async def _delivered(self, item: Item, entry: FeedEntry, kind: str | None) -> Delivered:
        """What became of an item. One that we cannot deal with must not keep back those after it."""
        try:
            return await self._delivery.deliver(item, entry, kind)
        except TransientError:
            raise
        except Exception as error:
            log.exception("item failed", feed=entry.url, url=item.url)
            return Delivered(FeedOutcome.FAILED, repr(error))
