"""A subscription to one feed at its hub, and how what the hub does changes it. Pure: secrets and times come in."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from services.contracts.base import UtcDatetime
from services.ingest.feeds.websub.hub_links import HubLinks

VERIFY_WITHIN = timedelta(minutes=10)
"""A hub that has not asked whether we mean it by then counts as one that failed."""
FIRST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=1)
"""After failures in a row the pause before the next request doubles, from the first to the longest. A denial takes the
longest."""
RENEW_AFTER = 2 / 3
"""Share of the lease after which it is renewed: the rest is for hubs that fail for a while."""
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=5), timedelta(days=90)
"""A hub's lease counts as one between these: no hub makes us ask all the time, or never again."""
MAX_UNSUBSCRIPTIONS = 3
"""Requests to end a subscription. A hub that answers none of them hears it from our 410 at its next push."""
MAX_REASON_CHARS = 200


class Mode(StrEnum):
    """What is asked of the hub, in the words of WebSub."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class SubscriptionStatus(StrEnum):
    """How a subscription stands, for people."""

    ASKED = "asked"
    """The hub has been asked and has not yet verified that we mean it."""
    ACTIVE = "active"
    """Verified: the hub pushes."""
    FAILING = "failing"
    """The hub could not be asked, or did not verify. It is asked again."""
    DENIED = "denied"
    """The hub said no. It is asked again after a day."""
    ENDING = "ending"
    """The hub has been asked to end it."""


class Subscription(BaseModel):
    """What is remembered of a subscription."""

    model_config = ConfigDict(frozen=True)

    hub: str
    topic: str
    callback: str
    """Our address for this feed's pushes. Nobody but the hub knows it."""
    token: str
    """The unguessable end of `callback`."""
    secret: str
    """With which the hub signs."""
    status: SubscriptionStatus
    asked_at: UtcDatetime
    """The last request to the hub."""
    next_at: UtcDatetime
    """When it is to be looked at again: to renew it, to ask once more, or to give up waiting."""
    lease_ends_at: UtcDatetime | None = None
    """As the hub verified it last."""
    failures: int = 0
    """In a row."""
    reason: str | None = None
    """What went wrong last, in one line."""
    pushes: int = 0
    """Since it began; those with a right signature."""
    pushed_at: UtcDatetime | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the hub shall push."""
        return self.status is not SubscriptionStatus.ENDING

    @property
    def is_asked(self) -> bool:
        """Whether a request of ours stands that a hub may verify.

        One that was verified still stands: its hub asks again where our answer got lost.
        """
        return self.status is not SubscriptionStatus.DENIED

    @property
    def links(self) -> HubLinks:
        """Where it was asked for."""
        return HubLinks(self.hub, self.topic)


def asked(links: HubLinks, callback: str, token: str, secret: str, at: datetime) -> Subscription:
    """A new subscription, about to be asked for."""
    return Subscription(
        hub=links.hub,
        topic=links.topic,
        callback=callback,
        token=token,
        secret=secret,
        status=SubscriptionStatus.ASKED,
        asked_at=at,
        next_at=at + VERIFY_WITHIN,
    )


def asked_again(subscription: Subscription, at: datetime) -> Subscription:
    """About to be asked for once more, to renew it or after a failure.

    Callback and secret stay, so that a push that is on its way keeps its right signature.
    """
    return _with(subscription, status=SubscriptionStatus.ASKED, asked_at=at, next_at=at + VERIFY_WITHIN)


def verified(subscription: Subscription, lease_seconds: float, at: datetime) -> Subscription:
    """The hub has verified that we mean it."""
    lease = min(max(timedelta(seconds=lease_seconds), SHORTEST_LEASE), LONGEST_LEASE)
    return _with(
        subscription,
        status=SubscriptionStatus.ACTIVE,
        lease_ends_at=at + lease,
        next_at=at + lease * RENEW_AFTER,
        failures=0,
        reason=None,
    )


def failed(subscription: Subscription, reason: str, at: datetime, retry_after_seconds: float = 0.0) -> Subscription:
    """The hub could not be asked, or has not verified in time."""
    pause = min(FIRST_PAUSE * 2 ** min(subscription.failures, 16), LONGEST_PAUSE)
    return _with(
        subscription,
        status=SubscriptionStatus.FAILING,
        failures=subscription.failures + 1,
        reason=reason,
        next_at=at + max(pause, timedelta(seconds=retry_after_seconds)),
    )


def denied(subscription: Subscription, reason: str, at: datetime) -> Subscription:
    """The hub does not push, or no longer does."""
    said = "".join(char for char in reason if char.isprintable())[:MAX_REASON_CHARS]
    return _with(
        subscription,
        status=SubscriptionStatus.DENIED,
        lease_ends_at=None,
        failures=subscription.failures + 1,
        reason=f"denied by the hub: {said}" if said else "denied by the hub",
        next_at=at + LONGEST_PAUSE,
    )


def ending(subscription: Subscription, at: datetime) -> Subscription:
    """About to be ended at the hub, for the first time or once more. Requests before this one count as failures."""
    return _with(
        subscription,
        status=SubscriptionStatus.ENDING,
        asked_at=at,
        next_at=at + VERIFY_WITHIN,
        failures=0 if subscription.is_wanted else subscription.failures + 1,
        reason=None,
    )


def pushed(subscription: Subscription, at: datetime) -> Subscription:
    """The hub has pushed."""
    return _with(subscription, pushes=subscription.pushes + 1, pushed_at=at)


def _with(subscription: Subscription, **update: object) -> Subscription:
    return subscription.model_copy(update=update)
