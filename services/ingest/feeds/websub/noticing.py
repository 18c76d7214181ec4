"""Notices at the end of a poll that a feed has a hub, has another one, or has none any more."""

from datetime import datetime

import structlog

from services.ingest.feeds.state import FeedState
from services.ingest.feeds.websub.store import SubscriptionStore
from services.runtime.errors import TransientError

log = structlog.get_logger()


class HubNotices:
    """Sees to it that subscriptions are looked at when something has changed for them."""

    def __init__(self, store: SubscriptionStore) -> None:
        self._store = store

    async def after_poll(self, feed: str, before: FeedState | None, after: FeedState, at: datetime) -> None:
        """A poll has ended. What is missed here is seen at the next poll, or when the lease is renewed."""
        links, earlier = after.hub_links, before.hub_links if before else None
        try:
            if after.is_stopped or (links is None and earlier):
                await self._store.look_again([feed], at)
            elif links:
                await self._store.notice(feed, at, has_changed=links != earlier)
        except TransientError as error:
            log.warning("hub not noticed", feed=after.url, reason=str(error))

    async def dropped(self, feeds: list[str], at: datetime) -> None:
        """Feeds are polled no more. Errors: as of the store."""
        await self._store.look_again(feeds, at)
