"""One poll of one feed: ask, read, publish what is new, remember.

An item is remembered only once the broker has its article, so that a crash at any moment loses none. It may then be
published again, as the same message: its address is the same, and so is the article's id.
"""

from collections.abc import Sequence

import structlog

from services.ingest import metrics
from services.ingest.feeds.asking import Asked, FeedAsking
from services.ingest.feeds.choosing import MAX_CHANGED, Choice, KeyedItem, choose, forgotten, keyed, remembered
from services.ingest.feeds.delivery import Delivery
from services.ingest.feeds.feed import Feed, FeedKind
from services.ingest.feeds.fetching import Fetches
from services.ingest.feeds.item_delivery import DAY_SECONDS, ItemDelivery, LeaseKeeper, Tally
from services.ingest.feeds.outcomes import HARD, FeedOutcome, PollOutcome, failure_weight
from services.ingest.feeds.pending import MAX_PENDING
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.scheduling import Poll, after_poll, due_after_push
from services.ingest.feeds.settings import FeedSettings
from services.ingest.feeds.state import Cursor, FeedState
from services.ingest.feeds.store import FeedStore, Lease, Memory
from services.ingest.feeds.websub.hub_links import advertised
from services.ingest.feeds.websub.noticing import HubNotices
from services.ingest.fetching.fetched import Fetched, Outcome
from services.ingest.trace import Traces
from services.runtime.clock import Clock
from services.runtime.errors import Fenced, TransientError

log = structlog.get_logger()


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
        hubs: HubNotices | None = None,
    ) -> None:
        self._store = store
        self._hubs = hubs
        self._asking = FeedAsking(feeds, max_bytes=settings.feed_max_bytes)
        self._leases = LeaseKeeper(store, clock, lease_seconds=settings.feed_lease_seconds)
        self._items = ItemDelivery(store, delivery, self._leases, clock, traces=traces)
        self._clock = clock
        self._settings = settings

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
        asked = await self._leases.hold(lease, self._asking.ask(state.address, state.cursor))
        state = await self._leases.hold(lease, self._asking.ask_sitemaps(asked, state))
        feed = asked.feed
        if feed is None and not state.pending_items:
            return await self._conclude(lease, entry, state, asked, Tally())
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
        tally = await self._items.deliver(lease, entry, feed.kind if feed else state.kind, choice, memory)
        if feed is not None:
            await self._remember(lease, items, choice, memory)
        return await self._conclude(lease, entry, state, asked, tally)

    async def _remember(self, lease: Lease, items: Sequence[KeyedItem], choice: Choice, memory: Memory) -> None:
        """Keep those that are still in the feed from being forgotten, and forget those that left it long ago."""
        at = self._clock.now()
        day = int(at.timestamp()) // DAY_SECONDS
        current = remembered((*choice.known, *choice.too_old), day)
        touched = {key: seen for key, seen in current.items() if memory.seen.get(key) != seen}
        gone = forgotten(memory.seen, remembered(items, day), len(items))
        if touched or gone:
            await self._store.write(lease, due=self._leases.lease_end(), seen=touched, forgotten=gone)

    async def _conclude(
        self, lease: Lease, entry: FeedEntry, state: FeedState, asked: Asked, tally: Tally
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
            update |= _hub(asked.feed, fetched)
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
            is_pushed=lease.is_pushed,
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
            await self._store.write(lease, due=after.due_at, due_if_pushed=due_after_push(after, at), state=after)
        except Fenced:
            return FeedOutcome.LOST_LEASE
        if self._hubs:
            await self._hubs.after_poll(lease.feed, lease.state, after, at)
        if failure_weight(outcome) or after.status is not before:
            log.info("feed polled", feed=entry.url, outcome=outcome, reason=reason, status=after.status, before=before)
        return outcome


def _begun(state: FeedState | None, entry: FeedEntry) -> FeedState:
    return state if state is not None and state.url == entry.url else FeedState(url=entry.url)


def _room(memory: Memory) -> int:
    """How many new items can be taken, should no page of theirs come: none is given up for want of a place."""
    return max(MAX_PENDING - MAX_CHANGED - len(memory.pending), 0)


def _outcome(asked: Asked, tally: Tally) -> PollOutcome:
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


def _hub(feed: Feed, fetched: Fetched) -> dict[str, str | None]:
    """What the feed says of its hub; nothing where its own answer did not come whole, as of an index unchanged."""
    if fetched.outcome is not Outcome.FETCHED:
        return {}
    links = advertised(feed, fetched.headers.get("link", ""), fetched.final_url or fetched.url)
    return {"hub_url": links.hub if links else None, "topic_url": links.topic if links else None}


def _moved(state: FeedState, fetched: Fetched, outcome: PollOutcome) -> str | None:
    """Where to ask from now on. An address that a redirect led to and that is gone is forgotten again."""
    if failure_weight(outcome) >= HARD:
        return None
    return fetched.moved_to or state.moved_to
