"""Polls all feeds of the file, for as long as the service runs."""

import asyncio
from collections import Counter
from datetime import timedelta

import structlog

from services.ingest import metrics
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.polling import FeedPolling
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.settings import FeedSettings
from services.ingest.feeds.state import FeedStatus, status_of
from services.ingest.feeds.store import FeedStore, Lease
from services.ingest.feeds.websub.noticing import HubNotices
from services.runtime.clock import Clock
from services.runtime.errors import TransientError

log = structlog.get_logger()

LONGEST_PAUSE_SECONDS = 1.0
"""Until the file and the store are looked at again."""
PAUSE_AFTER_ERROR_SECONDS = 5.0
KEEP_SUBSCRIBED = timedelta(minutes=5)
"""How long a feed that is polled no more stays subscribed: it may be back at once, as after a slip in the file."""
COUNT_EVERY = timedelta(minutes=5)
"""The metrics of how feeds stand."""


class FeedPoller:
    """Takes feeds when they are due, several at a time, and polls them."""

    def __init__(
        self,
        file: FeedsFile,
        store: FeedStore,
        polling: FeedPolling,
        clock: Clock,
        settings: FeedSettings,
        *,
        hubs: HubNotices | None = None,
    ) -> None:
        """Set up.

        Args:
            file: of feeds.
            store: what is remembered of them.
            polling: polls one.
            clock: tells when one is due.
            settings: how many at a time, and for how long one is taken.
            hubs: hears which feeds are polled no more.
        """
        self.file = file
        self._store = store
        self._polling = polling
        self._hubs = hubs
        self._clock = clock
        self._places = settings.feed_concurrency
        self._lease = timedelta(seconds=settings.feed_lease_seconds)
        self._in_hand: set[asyncio.Task[None]] = set()
        self._is_planned = False
        self._paused = frozenset[str]()
        """Feeds that were paused when what is polled was planned last."""
        self._count_at = clock.now()

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until `stopping` is set; polls in hand are then given up, which loses nothing."""
        stopped = asyncio.create_task(stopping.wait())
        try:
            while not stopping.is_set():
                pause = await self._turn_guarded()
                await asyncio.wait({stopped, *self._in_hand}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            for task in self._in_hand:
                task.cancel()
            await asyncio.gather(*self._in_hand, return_exceptions=True)

    async def poll_due(self) -> int:
        """Poll all feeds that are due now, to the end; how many."""
        count = 0
        while (begun := await self._begin_due()) or self._in_hand:
            count += begun
            await asyncio.gather(*self._in_hand)
        return count

    async def _turn_guarded(self) -> float:
        """One turn; whatever goes wrong, the next comes: a feed must never stop ingest."""
        try:
            return await self._turn()
        except TransientError as error:
            log.warning("feeds wait for the store", reason=str(error))
        except Exception:
            log.exception("feeds: an error of ours")
        return PAUSE_AFTER_ERROR_SECONDS

    async def _turn(self) -> float:
        """Begin with what is due; seconds until there may be more."""
        await self._begin_due()
        await self._count()
        if len(self._in_hand) >= self._places:
            return LONGEST_PAUSE_SECONDS
        due = await self._store.next_due()
        wait = LONGEST_PAUSE_SECONDS if due is None else due - self._clock.now().timestamp()
        return min(max(wait, 0.0), LONGEST_PAUSE_SECONDS)

    async def _begin_due(self) -> int:
        """Take what is due, as far as there are places; how many."""
        if self.file.reload():
            self._is_planned = False
        if not self._is_planned:
            await self._plan()
        metrics.FEEDS_FILE_IS_BAD.set(self.file.problem is not None)
        free = self._places - len(self._in_hand)
        if free <= 0 or not self.file.feeds:
            return 0
        now = self._clock.now()
        leases = await self._store.take(now, now + self._lease, free)
        for lease in leases:
            self._begin(lease)
        return len(leases)

    def _begin(self, lease: Lease) -> None:
        entry = self.file.feeds.get(lease.feed)
        if entry is None or entry.paused:
            return  # another replica has a newer file; who knows the feed takes it when the lease ends
        task = asyncio.create_task(self._poll(lease, entry))
        self._in_hand.add(task)
        metrics.FEED_POLLS_IN_HAND.set(len(self._in_hand))
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._in_hand.discard(task)
        metrics.FEED_POLLS_IN_HAND.set(len(self._in_hand))

    async def _poll(self, lease: Lease, entry: FeedEntry) -> None:
        try:
            await self._polling.poll(lease, entry)
        except TransientError as error:
            # The lease ends, and the feed is polled again.
            log.warning("poll not remembered", feed=entry.url, reason=str(error))

    async def _plan(self) -> None:
        """Make what is polled what the file says."""
        states = await self._store.states(self.file.feeds)
        for feed, entry in self.file.feeds.items():
            state = states.get(feed)
            if entry.paused and state is not None and state.is_stopped:
                await self._store.restart(feed, state)
        now = self._clock.now()
        paused = frozenset(feed for feed, entry in self.file.feeds.items() if entry.paused)
        wanted = self.file.feeds.keys() - paused
        # A feed that left the file and comes back is polled when it was due: its server may have said when.
        known = {feed: state.due_at for feed, state in states.items() if state.due_at and feed not in self._paused}
        due = {feed: known.get(feed, now) for feed in wanted if not (feed in states and states[feed].is_stopped)}
        dropped = await self._store.plan(due)
        if self._hubs:
            await self._hubs.dropped(dropped, now + KEEP_SUBSCRIBED)
        self._is_planned, self._paused = True, paused

    async def _count(self) -> None:
        """Say in the metrics, now and then, how feeds stand."""
        now = self._clock.now()
        if now < self._count_at:
            return
        self._count_at = now + COUNT_EVERY
        states = await self._store.states(self.file.feeds)
        counts = Counter(status_of(entry, states.get(feed)) for feed, entry in self.file.feeds.items())
        for status in FeedStatus:
            metrics.FEEDS.labels(status).set(counts[status])
