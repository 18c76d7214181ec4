"""Asks for a feed, or for the sitemaps of an index, and reads what has changed."""

import asyncio
import hashlib
from dataclasses import dataclass, field

import structlog

from services.ingest import metrics
from services.ingest.feeds.feed import Feed, FeedKind, Item, NotAFeed, Sitemap, UnsafeFeed
from services.ingest.feeds.fetching import FEED_TYPES, Fetches
from services.ingest.feeds.outcomes import FeedOutcome, PollOutcome, failure_weight
from services.ingest.feeds.reading import read_feed
from services.ingest.feeds.state import Cursor, FeedState
from services.ingest.fetching.fetched import Fetched, Outcome

log = structlog.get_logger()

MAX_SITEMAPS = 20
"""Of an index that are asked in one poll: those that changed last."""


@dataclass
class Asked:
    """What came of asking for a feed."""

    outcome: PollOutcome
    fetched: Fetched
    feed: Feed | None = None
    """None: unchanged, or a failure."""
    reason: str | None = None
    cursor: Cursor = field(default_factory=Cursor)
    """What to compare with next time."""


class FeedAsking:
    """Asks for feeds."""

    def __init__(self, feeds: Fetches, *, max_bytes: int) -> None:
        """Set up. `max_bytes`: of a feed, as sent and as unpacked."""
        self._feeds = feeds
        self._max_bytes = max_bytes

    async def ask(self, url: str, cursor: Cursor) -> Asked:
        """Ask for a feed and read it, if it has changed."""
        fetched = await self._feeds.fetch(
            url, validators=cursor.validators, accept=FEED_TYPES, max_bytes=self._max_bytes
        )
        if fetched.outcome is not Outcome.FETCHED:
            return Asked(fetched.outcome, fetched, reason=fetched.reason, cursor=cursor)
        validators = fetched.validators
        body_hash = hashlib.sha256(fetched.content).hexdigest()[:32]
        new_cursor = Cursor(etag=validators.etag, last_modified=validators.last_modified, body_hash=body_hash)
        if body_hash == cursor.body_hash:
            return Asked(Outcome.UNCHANGED, fetched, cursor=new_cursor)
        try:
            # Reading takes up to a second for the largest: not on the event loop.
            feed = await asyncio.to_thread(
                read_feed,
                fetched.content,
                fetched.at,
                content_type=fetched.content_type,
                charset=fetched.charset,
                url=fetched.final_url or url,
            )
        except UnsafeFeed as error:
            return Asked(FeedOutcome.UNSAFE_FEED, fetched, reason=str(error), cursor=cursor)
        except NotAFeed as error:
            return Asked(FeedOutcome.NOT_A_FEED, fetched, reason=str(error), cursor=cursor)
        return Asked(Outcome.FETCHED, fetched, feed=feed, cursor=new_cursor)

    async def ask_sitemaps(self, asked: Asked, state: FeedState) -> FeedState:
        """Put the items of an index's sitemaps that have changed in its place; the state with their cursors."""
        index = asked.feed
        if asked.outcome is Outcome.UNCHANGED and state.sitemaps:  # it need not change when its sitemaps do
            index = Feed(FeedKind.SITEMAP_INDEX, sitemaps=tuple(map(Sitemap, state.sitemaps)))
        if index is None or index.kind is not FeedKind.SITEMAP_INDEX:
            return state
        oldest_first = sorted(index.sitemaps, key=_changed_at)
        items: list[Item] = []
        cursors: dict[str, Cursor] = {}
        has_changed = False
        for sitemap in oldest_first[: -MAX_SITEMAPS - 1 : -1]:
            part = await self.ask(sitemap.url, state.sitemaps.get(sitemap.url, Cursor()))
            metrics.FEED_SITEMAPS.labels(part.outcome).inc()
            cursors[sitemap.url] = part.cursor
            if part.feed is not None:
                items.extend(part.feed.items)
                has_changed = True
            elif failure_weight(part.outcome):
                log.info("sitemap not read", feed=state.url, sitemap=sitemap.url, outcome=part.outcome)
        asked.feed = None
        if has_changed:
            asked.outcome = Outcome.FETCHED
            asked.feed = Feed(FeedKind.SITEMAP, index.title, tuple(items), index.problems)
        return state.model_copy(update={"sitemaps": cursors})


def _changed_at(sitemap: Sitemap) -> float:
    return sitemap.changed_at.at.timestamp() if sitemap.changed_at else 0.0
