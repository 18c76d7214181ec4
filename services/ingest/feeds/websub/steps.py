"""What is to be done about a subscription now. Pure."""

from datetime import datetime
from enum import StrEnum

from services.ingest.feeds.websub.hub_links import HubLinks
from services.ingest.feeds.websub.subscription import MAX_UNSUBSCRIPTIONS, Subscription, SubscriptionStatus


class Step(StrEnum):
    """One thing to do."""

    WAIT = "wait"
    """Nothing before `next_at`."""
    SUBSCRIBE = "subscribe"
    """Ask for a new one, with a callback and a secret of its own."""
    RENEW = "renew"
    """Ask for the one there is once more."""
    GIVE_UP_WAITING = "give_up_waiting"
    """The hub has not verified in time: a failure."""
    UNSUBSCRIBE = "unsubscribe"
    """Ask the hub to end it."""
    FORGET = "forget"
    """There is nothing to keep."""


def next_step(
    subscription: Subscription | None,
    offered: HubLinks | None,
    *,
    is_polled: bool,
    callback_base: str,
    now: datetime,
) -> Step:
    """What to do.

    Args:
        subscription: as it stands; None where there is none.
        offered: the hub that the feed named last.
        is_polled: whether the feed is polled: not paused, stopped or out of the file.
        callback_base: where hubs reach us, as the settings say.
        now: the time (aware).
    """
    wanted = offered if is_polled else None
    if subscription is None:
        return Step.SUBSCRIBE if wanted else Step.FORGET
    if wanted is None:
        return _step_to_end(subscription, now)
    if not subscription.is_wanted or subscription.links != wanted or not _is_below(subscription, callback_base):
        # One at another hub or callback is left to its end: its token is gone, and its pushes are answered with 410.
        return Step.SUBSCRIBE
    if now < subscription.next_at:
        return Step.WAIT
    if subscription.status is SubscriptionStatus.ASKED:
        return Step.GIVE_UP_WAITING
    return Step.SUBSCRIBE if subscription.status is SubscriptionStatus.DENIED else Step.RENEW


def _step_to_end(subscription: Subscription, now: datetime) -> Step:
    if subscription.is_wanted:
        return Step.FORGET if subscription.status is SubscriptionStatus.DENIED else Step.UNSUBSCRIBE
    if now < subscription.next_at:
        return Step.WAIT
    return Step.UNSUBSCRIBE if subscription.failures < MAX_UNSUBSCRIPTIONS - 1 else Step.FORGET


def _is_below(subscription: Subscription, callback_base: str) -> bool:
    return subscription.callback.startswith(f"{callback_base}/")
