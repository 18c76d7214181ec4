"""One poll of one feed: ask, read, publish what is new, remember.

An item is remembered only once the broker has its article, so that a crash at any moment loses none. It may then be
published again, as the same message: its address is the same, and so is the article's id.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from services.ingest import metrics
from services.ingest.feeds.asking import Asked, FeedAsking
from services.ingest.feeds.choosing import MAX_CHANGED, Choice, KeyedItem, choose, forgotten, keyed, remembered
from services.ingest.feeds.delivery import PUBLISHED, Delivered, Delivery, item_outcome, to_retry
from services.ingest.feeds.feed import FeedKind, Item
from services.ingest.feeds.fetching import Fetches
from services.ingest.feeds.outcomes import HARD, FeedOutcome, PollOutcome, failure_weight
from services.ingest.feeds.pending import MAX_PENDING, PendingItem
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.scheduling import Poll, after_poll
from services.ingest.feeds.settings import FeedSettings
from services.ingest.feeds.state import Cursor, FeedState
from services.ingest.feeds.store import FeedStore, Lease, Memory
from services.ingest.fetching.fetched import Fetched, Outcome
from services.ingest.trace import SubmissionTrace, Traces, article_of, reasons_of
from services.runtime.clock import Clock
from services.runtime.errors import Fenced, TransientError

log = structlog.get_logger()

DAY_SECONDS = 24 * 3600
_T = TypeVar("_T")


@dataclass
class _Tally:
    """What became of the items of a poll."""

    choice: Choice = field(default_factory=Choice)
    published: int = 0
    given_up: int = 0
    pending: dict[str, PendingItem] = field(default_factory=dict)


class FeedPolling:
    """Polls feeds that were taken."""

    def __init__(
        self,
        store: FeedStore,
        feeds: Fetches,
        delivery: Delivery,
        clock: Clock,
        settings: FeedSettings,
        *,
        traces: Traces,
    ) -> None:
        self._store = store
        self._asking = FeedAsking(feeds, max_bytes=settings.feed_max_bytes)
        self._delivery = delivery
        self._clock = clock
        self._settings = settings
        self._traces = traces

    async def poll(self, lease: Lease, entry: FeedEntry) -> PollOutcome:
        """Poll the feed once and remember what came of it. Raises TransientError when the store does not answer."""
        state = _begun(lease.state, entry)
        try:
            outcome = await self._poll(lease, entry, state)
        except Fenced:
            outcome = FeedOutcome.LOST_LEASE
        except TransientError as error:
            outcome = await self._end(lease, entry, state, FeedOutcome.NOT_PUBLISHED, str(error))
        except Exception as error:
            log.exception("poll failed", feed=entry.url)
            outcome = await self._end(lease, entry, state, FeedOutcome.FAILED, repr(error))
        metrics.FEED_POLLS.labels(outcome).inc()
        return outcome

    async def _poll(self, lease: Lease, entry: FeedEntry, state: FeedState) -> PollOutcome:
        asked = await self._holding(lease, self._asking.ask(state.address, state.cursor))
        state = await self._holding(lease, self._asking.ask_sitemaps(asked, state))
        feed = asked.feed
        if feed is None and not state.pending_items:
            return await self._conclude(lease, entry, state, asked, _Tally())
        memory = await self._store.memory(lease.feed)
        items = keyed(feed.items) if feed is not None else []
        at = self._clock.now()
        choice = choose(
            items,
            memory.seen,
            memory.pending.keys(),
            cap=min(self._settings.feed_max_items, _room(memory)),
            at=at,
            newest_days=entry.newest_days,
        )
        tally = await self._deliver(lease, entry, feed.kind if feed else state.kind, choice, memory)
        if feed is not None:
            await self._remember(lease, items, choice, memory)
        return await self._conclude(lease, entry, state, asked, tally)

    async def _deliver(
        self, lease: Lease, entry: FeedEntry, kind: str | None, choice: Choice, memory: Memory
    ) -> _Tally:
        """Publish what is new, what has changed, and what is waited for; remember each at once."""
        now = self._clock.now()
        waiting = [one for one in memory.pending.values() if one.due_at <= now]
        tally = _Tally(choice, pending=dict(memory.pending))
        for pending in waiting:
            again = KeyedItem(pending.item, pending.keys, pending.fingerprint)
            await self._deliver_one(lease, entry, again, tally, kind=kind, tries=pending.tries)
        for one in (*choice.new, *choice.changed):
            await self._deliver_one(lease, entry, one, tally, kind=kind, tries=0)
        metrics.FEED_ITEMS.labels("too_old").inc(len(choice.too_old))
        return tally

    async def _deliver_one(
        self, lease: Lease, entry: FeedEntry, one: KeyedItem, tally: _Tally, *, kind: str | None, tries: int
    ) -> None:
        delivered = await self._holding(lease, self._delivered(one.item, entry, kind))
        at = self._clock.now()
        pending = to_retry(one, delivered, tries + 1, at)
        if pending is not None and len(tally.pending) >= MAX_PENDING and pending.key not in tally.pending:
            pending = None
        if delivered.outcome != PUBLISHED:
            await self._trace(entry, one, delivered, at, is_waiting=pending is not None)
        metrics.FEED_ITEMS.labels(item_outcome(delivered, is_retried=pending is not None)).inc()
        lease_until = at + timedelta(seconds=self._settings.feed_lease_seconds)
        if pending is not None:
            log.info("item to be tried again", feed=entry.url, url=one.item.url, reason=pending.reason, tries=tries + 1)
            tally.pending[pending.key] = pending
            await self._store.write(lease, due=lease_until, pending=[pending])
            return
        if delivered.outcome == PUBLISHED:
            tally.published += 1
        else:
            tally.given_up += 1
            log.warning(
                "item given up", feed=entry.url, url=one.item.url, outcome=delivered.outcome, reason=delivered.reason
            )
        was_pending = tally.pending.pop(one.keys[0], None)
        day = int(at.timestamp()) // DAY_SECONDS
        await self._store.write(
            lease, due=lease_until, seen=remembered([one], day), settled=[one.keys[0]] if was_pending else []
        )

    async def _trace(
        self, entry: FeedEntry, one: KeyedItem, delivered: Delivered, at: datetime, *, is_waiting: bool
    ) -> None:
        """Note why there is no article, at that which the item's address would be."""
        article_id = article_of(one.item.url)
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

    async def _holding(self, lease: Lease, work: Coroutine[Any, Any, _T]) -> _T:
        """Do what may take long, because many wait for the turn of one host, and keep the feed meanwhile.

        Raises:
            Fenced: another replica has taken the feed; the work is given up.
        """
        seconds = self._settings.feed_lease_seconds
        task = asyncio.create_task(work)
        try:
            while not (await asyncio.wait({task}, timeout=seconds / 3))[0]:
                await self._store.write(lease, due=self._clock.now() + timedelta(seconds=seconds))
            return task.result()
        finally:
            task.cancel()

    async def _delivered(self, item: Item, entry: FeedEntry, kind: str | None) -> Delivered:
        """What became of an item. One that we cannot deal with must not keep back those after it."""
        try:
            return await self._delivery.deliver(item, entry, kind)
        except TransientError:
            raise
        except Exception as error:
            log.exception("item failed", feed=entry.url, url=item.url)
            return Delivered(FeedOutcome.FAILED, repr(error))

    async def _remember(self, lease: Lease, items: Sequence[KeyedItem], choice: Choice, memory: Memory) -> None:
        """Keep those that are still in the feed from being forgotten, and forget those that left it long ago."""
        at = self._clock.now()
        day = int(at.timestamp()) // DAY_SECONDS
        current = remembered((*choice.known, *choice.too_old), day)
        touched = {key: one for key, one in current.items() if memory.seen.get(key) != one}
        gone = forgotten(memory.seen, remembered(items, day), len(items))
        if touched or gone:
            lease_until = at + timedelta(seconds=self._settings.feed_lease_seconds)
            await self._store.write(lease, due=lease_until, seen=touched, forgotten=gone)

    async def _conclude(
        self, lease: Lease, entry: FeedEntry, state: FeedState, asked: Asked, tally: _Tally
    ) -> PollOutcome:
        """Remember how the poll ended."""
        outcome = _outcome(asked, tally)
        fetched, choice = asked.fetched, tally.choice
        update: dict[str, object] = {
            "cursor": asked.cursor,
            "new_items": choice.count_of_new,
            "published_items": state.published_items + tally.published,
            "pending_items": len(tally.pending),
            "given_up_items": state.given_up_items + tally.given_up,
            "moved_to": _moved(state, fetched, asked.outcome),
        }
        if choice.left_out:  # the rest must come at the next poll, whatever the server says of changes
            update |= {"cursor": Cursor(), "sitemaps": dict.fromkeys(state.sitemaps, Cursor())}
        if asked.feed is not None:
            update |= {
                "title": asked.feed.title,
                "kind": asked.feed.kind,
                "items": len(asked.feed.items),
                "problems": tuple(asked.feed.problems),
            }
        if choice.count_of_new:
            update["new_item_at"] = fetched.at
        state = state.model_copy(update=update)
        return await self._end(
            lease, entry, state, outcome, asked.reason, retry_after=fetched.retry_after_seconds, choice=choice
        )

    async def _end(
        self,
        lease: Lease,
        entry: FeedEntry,
        state: FeedState,
        outcome: PollOutcome,
        reason: str | None,
        *,
        retry_after: float | None = None,
        choice: Choice | None = None,
    ) -> PollOutcome:
        """Write the state after the poll, with the time of the next."""
        at = self._clock.now()
        poll = Poll(
            outcome,
            at,
            items=state.items,
            new_items=choice.count_of_new if choice else 0,
            retry_after_seconds=retry_after,
            has_pending=state.pending_items > 0,
        )
        before = state.status
        after = after_poll(state, entry, poll).model_copy(
            update={
                "polls": state.polls + 1,
                "unchanged_polls": state.unchanged_polls + (outcome is Outcome.UNCHANGED),
                "outcome": outcome,
                "reason": reason,
                "polled_at": at,
            }
            | ({} if failure_weight(outcome) or outcome is FeedOutcome.NOT_PUBLISHED else {"succeeded_at": at})
        )
        try:
            await self._store.write(lease, due=after.due_at, state=after)
        except Fenced:
            return FeedOutcome.LOST_LEASE
        if failure_weight(outcome) or after.status is not before:
            log.info("feed polled", feed=entry.url, outcome=outcome, reason=reason, status=after.status, before=before)
        return outcome


def _begun(state: FeedState | None, entry: FeedEntry) -> FeedState:
    return state if state is not None and state.url == entry.url else FeedState(url=entry.url)


def _room(memory: Memory) -> int:
    """How many new items can be taken, should no page of theirs come: none is given up for want of a place."""
    return max(MAX_PENDING - MAX_CHANGED - len(memory.pending), 0)


def _outcome(asked: Asked, tally: _Tally) -> PollOutcome:
    """One word for the poll: that which an operator can do most about."""
    feed = asked.feed
    if feed is None:
        return asked.outcome
    if not feed.items and feed.kind is not FeedKind.SITEMAP:
        return FeedOutcome.NO_ITEMS
    if tally.choice.left_out and tally.choice.new:
        return FeedOutcome.CAPPED
    if tally.pending:
        return FeedOutcome.PAGES_FAILED
    return FeedOutcome.UNDATED if feed.has_undated_items else asked.outcome


def _moved(state: FeedState, fetched: Fetched, outcome: PollOutcome) -> str | None:
    """Where to ask from now on. An address that a redirect led to and that is gone is forgotten again."""
    if failure_weight(outcome) >= HARD:
        return None
    return fetched.moved_to or state.moved_to
