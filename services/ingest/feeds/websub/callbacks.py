"""What hubs ask and say at our callbacks."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from services.ingest import metrics
from services.ingest.feeds.scheduling import due_after_push
from services.ingest.feeds.store import FeedStore
from services.ingest.feeds.websub.signatures import SignatureCheck
from services.ingest.feeds.websub.store import Stored, SubscriptionStore
from services.ingest.feeds.websub.subscription import Mode, Subscription, denied, pushed, verified
from services.runtime.clock import Clock
from services.runtime.errors import TransientError

log = structlog.get_logger()

DENIED = "denied"
MAX_DIGITS = 9
"""Of a lease in seconds."""
TRIES = 5
"""To write what a hub says, while others change the same subscription."""


class CallOutcome(StrEnum):
    """What came of a request of a hub. The metric says these words and no others."""

    VERIFIED = "verified"
    """We have said that we mean it."""
    NOT_ASKED = "not_asked"
    """To verify what we have not asked for: 404."""
    DENIED = "denied"
    """The hub does not push, or no longer does."""
    PUSHED = "pushed"
    """The feed is polled at once."""
    BAD_SIGNATURE = "bad_signature"
    """No signature, or not one by our secret: acknowledged and ignored."""
    NOT_SUBSCRIBED = "not_subscribed"
    """A push that we do not want, or no longer: 410, at which hubs stop."""
    TOO_LARGE = "too_large"
    """A push of more bytes than a feed may have: 413."""
    RATE = "rate"
    """More requests than one address may send: 429."""


@dataclass(frozen=True)
class Query:
    """What a hub asks to verify, or says of a denial."""

    mode: str
    topic: str
    challenge: str = ""
    lease_seconds: str = ""
    reason: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Query":
        """From the parameters of the request's address."""
        names = ("mode", "topic", "challenge", "lease_seconds", "reason")
        return cls(**{name: parameters.get(f"hub.{name}", "") for name in names})


class Callbacks:
    """Answers hubs. Every method raises TransientError while the store does not answer."""

    def __init__(
        self, subscriptions: SubscriptionStore, feeds: FeedStore, clock: Clock, *, lease_seconds: int, max_bytes: int
    ) -> None:
        """Set up.

        Args:
            subscriptions: what we have asked hubs for.
            feeds: which is told to poll.
            clock: the time of verifications and pushes.
            lease_seconds: of a subscription whose hub names no lease.
            max_bytes: of a push.
        """
        self._subscriptions = subscriptions
        self._feeds = feeds
        self._clock = clock
        self._lease_seconds = lease_seconds
        self.max_bytes = max_bytes

    async def verify(self, feed: str, token: str, query: Query) -> CallOutcome:
        """A hub asks whether we mean a request, or denies it. `verified`: its challenge is to be sent back."""
        for _ in range(TRIES):
            stored = await self._subscriptions.read(feed)
            subscription = _with_token(stored, token)
            if subscription is None or query.topic != subscription.topic:
                return CallOutcome.NOT_ASKED
            outcome, after = self._after(subscription, query)
            if outcome is CallOutcome.NOT_ASKED or await self._subscriptions.replace(stored, after):
                log.info("hub called", hub=subscription.hub, topic=subscription.topic, outcome=outcome)
                return outcome
        raise TransientError("the subscription is being changed by others")

    def _after(self, subscription: Subscription, query: Query) -> tuple[CallOutcome, Subscription | None]:
        """What it comes to, and the subscription after it; None: ended."""
        now = self._clock.now()
        if query.mode == DENIED:
            return CallOutcome.DENIED, denied(subscription, query.reason, now) if subscription.is_wanted else None
        wanted = Mode.SUBSCRIBE if subscription.is_wanted else Mode.UNSUBSCRIBE
        if query.mode != wanted or not query.challenge or not subscription.is_asked:
            return CallOutcome.NOT_ASKED, subscription
        if wanted is Mode.UNSUBSCRIBE:
            return CallOutcome.VERIFIED, None
        return CallOutcome.VERIFIED, verified(subscription, self._lease(query.lease_seconds), now)

    def _lease(self, digits: str) -> int:
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
        return int(digits) if is_number and int(digits) else self._lease_seconds

    async def find(self, feed: str, token: str) -> Stored | None:
        """The subscription that a push is for; None: there is none, or it is not wanted any more."""
        stored = await self._subscriptions.read(feed)
        subscription = _with_token(stored, token)
        return stored if subscription and subscription.is_wanted and stored.is_polled else None

    def check(self, stored: Stored, signatures: list[str]) -> SignatureCheck:
        """What checks the body of a push."""
        assert stored.subscription is not None  # `find` gives no other
        return SignatureCheck(signatures, stored.subscription.secret)

    async def push(self, feed: str, token: str) -> CallOutcome:
        """A push with a right signature has come: poll the feed. Once this returns, no crash forgets that."""
        now = self._clock.now()
        state = (await self._feeds.states([feed])).get(feed)
        if not await self._feeds.push(feed, due_after_push(state, now)):
            return CallOutcome.NOT_SUBSCRIBED
        stored = await self._subscriptions.read(feed)
        subscription = _with_token(stored, token)
        if subscription is not None:  # the count may miss one that came beside another change
            await self._subscriptions.replace(stored, pushed(subscription, now))
        return CallOutcome.PUSHED


def count(outcome: CallOutcome) -> None:
    """Count a request of a hub."""
    metrics.HUB_CALLS.labels(outcome).inc()


def _with_token(stored: Stored, token: str) -> Subscription | None:
    """The subscription, if the token is its own."""
    subscription = stored.subscription
    if subscription is None or not hmac.compare_digest(subscription.token.encode(), token.encode()):
        return None
    return subscription
