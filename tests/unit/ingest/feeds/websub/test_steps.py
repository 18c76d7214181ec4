"""What is done about a subscription, and when."""

from datetime import datetime, timedelta

import pytest

from services.ingest.feeds.websub import subscription as transitions
from services.ingest.feeds.websub.hub_links import HubLinks
from services.ingest.feeds.websub.steps import Step, next_step
from services.ingest.feeds.websub.subscription import Subscription, SubscriptionStatus
from tests.unit.ingest.feeds.cases import AT

BASE = "https://news.example"
LINKS = HubLinks("https://hub.example/", "https://courier.example/rss")
OTHER = HubLinks("https://other.example/", "https://courier.example/rss")
DAY = timedelta(days=1)
ASKED = transitions.asked(LINKS, f"{BASE}/websub/f/token", "token", "secret", AT)
ACTIVE = transitions.verified(ASKED, 9 * DAY.total_seconds(), AT)
DENIED = transitions.denied(ACTIVE, "no", AT)
ENDING = transitions.ending(ACTIVE, AT)


def step(
    subscription: Subscription | None,
    offered: HubLinks | None = LINKS,
    *,
    is_polled: bool = True,
    base: str = BASE,
    now: datetime = AT,
) -> Step:
    return next_step(subscription, offered, is_polled=is_polled, callback_base=base, now=now)


def test_a_feed_with_a_hub_is_subscribed_to_and_one_without_is_forgotten() -> None:
    assert step(None) is Step.SUBSCRIBE
    assert step(None, None) is Step.FORGET
    assert step(None, is_polled=False) is Step.FORGET


def test_a_subscription_is_renewed_after_two_thirds_of_its_lease() -> None:
    assert step(ACTIVE, now=AT + 5.9 * DAY) is Step.WAIT
    assert step(ACTIVE, now=AT + 6 * DAY) is Step.RENEW
    again = transitions.asked_again(ACTIVE, AT + 6 * DAY)
    assert (again.token, again.secret, again.lease_ends_at) == (ACTIVE.token, ACTIVE.secret, AT + 9 * DAY)


def test_a_lease_that_a_hub_makes_very_short_or_long_counts_as_a_usual_one() -> None:
    assert transitions.verified(ASKED, 1, AT).lease_ends_at == AT + timedelta(minutes=5)
    assert transitions.verified(ASKED, 999_999_999, AT).lease_ends_at == AT + 90 * DAY


def test_a_hub_that_does_not_verify_is_asked_again_later_and_later() -> None:
    subscription, now = ASKED, AT
    pauses = []
    for _ in range(10):
        now = subscription.next_at
        assert step(subscription, now=now) is Step.GIVE_UP_WAITING
        subscription = transitions.failed(subscription, "silent", now)
        pauses.append(subscription.next_at - now)
        assert step(subscription, now=now) is Step.WAIT
        assert step(subscription, now=subscription.next_at) is Step.RENEW
        subscription = transitions.asked_again(subscription, subscription.next_at)
    assert pauses[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert pauses[-1] == DAY


def test_a_hub_that_says_when_to_come_again_is_left_alone_until_then() -> None:
    assert transitions.failed(ASKED, "status 429", AT, 7200).next_at == AT + timedelta(hours=2)


def test_after_a_denial_the_hub_is_asked_for_a_new_subscription_a_day_later() -> None:
    assert DENIED.reason == "denied by the hub: no"
    assert step(DENIED, now=AT + 0.9 * DAY) is Step.WAIT
    assert step(DENIED, now=AT + DAY) is Step.SUBSCRIBE


def test_the_reason_of_a_denial_is_one_short_line() -> None:
    reason = transitions.denied(ASKED, "a\nb\x00\u202e" + "c" * 999, AT).reason
    assert reason is not None
    assert reason.startswith("denied by the hub: abc")
    assert len(reason) < 250


@pytest.mark.parametrize("subscription", [ASKED, ACTIVE, DENIED, ENDING])
def test_another_hub_or_another_callback_is_another_subscription(subscription: Subscription) -> None:
    assert step(subscription, OTHER) is Step.SUBSCRIBE
    assert step(subscription, base="https://news.example.org") is Step.SUBSCRIBE


@pytest.mark.parametrize(("offered", "is_polled"), [(None, True), (LINKS, False)], ids=["no hub", "not polled"])
def test_a_subscription_that_is_not_wanted_any_more_is_ended(offered: HubLinks | None, is_polled: bool) -> None:
    assert step(ACTIVE, offered, is_polled=is_polled) is Step.UNSUBSCRIBE
    assert step(ASKED, offered, is_polled=is_polled) is Step.UNSUBSCRIBE
    assert step(DENIED, offered, is_polled=is_polled) is Step.FORGET


def test_a_hub_that_does_not_end_it_is_asked_three_times() -> None:
    subscription, requests = ENDING, 1
    assert step(subscription, is_polled=False) is Step.WAIT
    while step(subscription, is_polled=False, now=subscription.next_at) is Step.UNSUBSCRIBE:
        subscription = transitions.ending(subscription, subscription.next_at)
        requests += 1
    assert requests == 3
    assert step(subscription, is_polled=False, now=subscription.next_at) is Step.FORGET


def test_a_feed_that_is_back_while_its_subscription_ends_gets_a_new_one() -> None:
    assert step(ENDING) is Step.SUBSCRIBE


def test_what_was_verified_may_be_verified_again_but_not_what_was_denied() -> None:
    assert ACTIVE.is_asked
    assert not DENIED.is_asked
    assert transitions.pushed(ACTIVE, AT).pushes == 1
    assert ENDING.status is SubscriptionStatus.ENDING
