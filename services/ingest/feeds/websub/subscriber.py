"""Subscribes to feeds that name a hub, renews that in time, and ends it when they are polled no more.

What is about to be asked is remembered before the hub hears of it: a hub may verify before it answers, and to another
replica. A crash in between is the same as a hub that does not answer.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from services.ingest import metrics
from services.ingest.feeds.settings import FeedSettings
from services.ingest.feeds.store import FeedStore
from services.ingest.feeds.websub.hub_links import HubLinks
from services.ingest.feeds.websub.steps import Step, next_step
from services.ingest.feeds.websub.store import Stored, SubscriptionStore
from services.ingest.feeds.websub.subscription import (
    VERIFY_WITHIN,
    Mode,
    Subscription,
    asked,
    asked_again,
    ending,
    failed,
)
from services.ingest.fetching.fetched import Fetched, Outcome
from services.runtime.clock import Clock
from services.runtime.errors import TransientError

log = structlog.get_logger()

CALLBACK_PATH = "websub"
"""Below the callbacks' base: `/websub/{feed}/{token}`."""
UNVERIFIED = "unverified"
"""In the metric: a hub that has accepted a request and then not verified it."""
NOT_VERIFIED = f"the hub has not verified the request within {VERIFY_WITHIN.total_seconds() / 60:g} minutes"
TOKEN_BYTES = 32
AT_A_TIME = 8
PAUSE_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 5.0
_REQUESTS = {Step.SUBSCRIBE: Mode.SUBSCRIBE, Step.RENEW: Mode.SUBSCRIBE, Step.UNSUBSCRIBE: Mode.UNSUBSCRIBE}


class Posts(Protocol):
    """Sends forms."""

    async def post(self, url: str, form: Mapping[str, str]) -> Fetched:
        """How it ended. Nothing that a server does raises."""
        ...


def _make_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


class Subscriber:
    """Looks at subscriptions when they are due. Every replica has one; the store gives each subscription to one."""

    def __init__(
        self,
        subscriptions: SubscriptionStore,
        feeds: FeedStore,
        hubs: Posts,
        clock: Clock,
        settings: FeedSettings,
        *,
        make_token: Callable[[], str] = _make_token,
    ) -> None:
        self._subscriptions = subscriptions
        self._feeds = feeds
        self._hubs = hubs
        self._clock = clock
        self._base = settings.websub_callback_base_url
        self._lease_seconds = settings.websub_lease_seconds
        self._taken_for = timedelta(seconds=settings.feed_lease_seconds)
        self._make_token = make_token
        self._is_settled = False
        """Whether all have been looked at since the start: with another address for hubs, all are asked for anew."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Look at what is due until `stopping` is set."""
        stopped = asyncio.create_task(stopping.wait())
        try:
            while not stopping.is_set():
                await asyncio.wait({stopped}, timeout=await self._turn_guarded())
        finally:
            stopped.cancel()

    async def look_at_due(self) -> int:
        """Look at a few subscriptions that are due, to the end; how many."""
        now = self._clock.now()
        feeds = await self._subscriptions.take(now, now + self._taken_for, AT_A_TIME)
        await asyncio.gather(*map(self._look_guarded, feeds))
        return len(feeds)

    async def _turn_guarded(self) -> float:
        """One turn; the seconds until the next."""
        try:
            if not self._is_settled:
                await self._subscriptions.look_at_all(self._clock.now())
                self._is_settled = True
            return 0.0 if await self.look_at_due() else PAUSE_SECONDS
        except TransientError as error:
            log.warning("subscriptions wait for the store", reason=str(error))
        except Exception:
            log.exception("subscriptions: an error of ours")
        return PAUSE_AFTER_ERROR_SECONDS

    async def _look_guarded(self, feed: str) -> None:
        """One that fails is looked at again when the time for which it was taken ends."""
        try:
            await self._look(feed)
        except TransientError as error:
            log.warning("subscription waits for the store", feed=feed, reason=str(error))
        except Exception:
            log.exception("subscription: an error of ours", feed=feed)

    async def _look(self, feed: str) -> None:
        stored = await self._subscriptions.read(feed)
        state = (await self._feeds.states([feed])).get(feed)
        offered = state.hub_links if state else None
        now = self._clock.now()
        step = next_step(stored.subscription, offered, is_polled=stored.is_polled, callback_base=self._base, now=now)
        after = self._after(step, stored, offered, now)
        if step is Step.GIVE_UP_WAITING:
            metrics.HUB_REQUESTS.labels(Mode.SUBSCRIBE, UNVERIFIED).inc()
        if await self._subscriptions.replace(stored, after) and after is not None and step in _REQUESTS:
            await self._ask(feed, after, _REQUESTS[step])

    def _after(self, step: Step, stored: Stored, offered: HubLinks | None, now: datetime) -> Subscription | None:
        """The subscription as it is to be remembered before anything is asked."""
        subscription = stored.subscription
        if step is Step.SUBSCRIBE and offered is not None:
            token = self._make_token()
            callback = f"{self._base}/{CALLBACK_PATH}/{stored.feed}/{token}"
            return asked(offered, callback, token, self._make_token(), now)
        if step is Step.FORGET or subscription is None:
            return None
        if step is Step.RENEW:
            return asked_again(subscription, now)
        if step is Step.UNSUBSCRIBE:
            return ending(subscription, now)
        return failed(subscription, NOT_VERIFIED, now) if step is Step.GIVE_UP_WAITING else subscription

    async def _ask(self, feed: str, subscription: Subscription, mode: Mode) -> None:
        """Send the request. What comes of it is remembered unless the hub has verified meanwhile."""
        ended = await self._hubs.post(subscription.hub, _form(subscription, mode, self._lease_seconds))
        metrics.HUB_REQUESTS.labels(mode, ended.outcome).inc()
        log.info("hub asked", hub=subscription.hub, topic=subscription.topic, mode=mode, outcome=ended.outcome)
        if ended.outcome is Outcome.ACCEPTED or mode is Mode.UNSUBSCRIBE:
            return  # it is looked at again when the hub should have verified
        stored = await self._subscriptions.read(feed)
        if stored.subscription == subscription:
            reason = f"{ended.outcome}: {ended.reason}" if ended.reason else str(ended.outcome)
            after = failed(subscription, reason, self._clock.now(), ended.retry_after_seconds or 0.0)
            await self._subscriptions.replace(stored, after)


def _form(subscription: Subscription, mode: Mode, lease_seconds: int) -> dict[str, str]:
    """What a request says."""
    form = {"hub.mode": mode.value, "hub.topic": subscription.topic, "hub.callback": subscription.callback}
    if mode is Mode.SUBSCRIBE:
        form |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(lease_seconds)}
    return form
