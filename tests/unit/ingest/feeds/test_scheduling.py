"""When a feed is polled again, and how it then stands."""

from datetime import timedelta

import pytest

from services.ingest.feeds.outcomes import FeedOutcome, PollOutcome, failure_weight, read_outcome
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.scheduling import JITTER, LONGEST_SECONDS, Poll, after_poll, chance, due_after_push
from services.ingest.feeds.state import FeedState, FeedStatus, status_of
from services.ingest.fetching.fetched import Outcome
from tests.unit.ingest.feeds.cases import AT

ENTRY = FeedEntry(url="https://courier.example/rss", min_interval_minutes=2, max_interval_minutes=60)
STATE = FeedState(url=ENTRY.url, interval_seconds=600.0, polls=5, succeeded_at=AT, had_news=True)


def after(outcome: PollOutcome, state: FeedState = STATE, entry: FeedEntry = ENTRY, **more: float) -> FeedState:
    return after_poll(state, entry, Poll(outcome, AT, **more))  # type: ignore[arg-type]


def wait_of(state: FeedState) -> float:
    assert state.due_at is not None
    return (state.due_at - AT).total_seconds()


def test_the_interval_grows_without_news_and_shrinks_with_them() -> None:
    assert after(Outcome.UNCHANGED).interval_seconds == pytest.approx(660)
    assert after(Outcome.FETCHED, items=20).interval_seconds == pytest.approx(660)
    assert after(Outcome.UNCHANGED, STATE.model_copy(update={"had_news": False})).interval_seconds == 900
    assert after(Outcome.FETCHED, items=20, new_items=1).interval_seconds == 300
    assert after(Outcome.FETCHED, items=20, new_items=15).interval_seconds == 150


def test_the_interval_stays_within_the_bounds_of_the_feed() -> None:
    state = STATE
    for _ in range(50):
        state = after(Outcome.UNCHANGED, state)
    assert state.interval_seconds == 3600
    for _ in range(50):
        state = after(Outcome.FETCHED, state, items=20, new_items=20)
    assert state.interval_seconds == 120


def test_a_feed_that_nothing_is_known_of_is_polled_at_its_shortest_interval() -> None:
    state = after(Outcome.FETCHED, FeedState(url=ENTRY.url), items=20, new_items=20)
    assert state.interval_seconds == 120


def test_a_wait_is_the_interval_give_or_take_a_tenth_and_the_same_each_time() -> None:
    waits = [wait_of(after(Outcome.UNCHANGED, STATE.model_copy(update={"polls": polls}))) for polls in range(200)]
    assert min(waits) >= 660 * (1 - JITTER)
    assert max(waits) <= 660 * (1 + JITTER)
    assert max(waits) - min(waits) > 100
    assert waits == [
        wait_of(after(Outcome.UNCHANGED, STATE.model_copy(update={"polls": polls}))) for polls in range(200)
    ]


@pytest.mark.parametrize(
    ("outcome", "weight"),
    [
        (Outcome.NOT_FOUND, 1.0),
        (FeedOutcome.NOT_A_FEED, 1.0),
        (Outcome.REFUSED_ADDRESS, 1.0),
        (Outcome.SERVER_ERROR, 0.5),
        (Outcome.TOO_LARGE, 0.5),
        (Outcome.TIMEOUT, 0.25),
        (Outcome.RATE_LIMITED, 0.25),
        (Outcome.UNCHANGED, 0.0),
        (FeedOutcome.UNDATED, 0.0),
        (FeedOutcome.NOT_PUBLISHED, 0.0),
    ],
)
def test_failures_weigh_by_how_likely_they_are_to_go_away(outcome: PollOutcome, weight: float) -> None:
    assert failure_weight(outcome) == weight
    assert after(outcome).weight == weight


def test_failures_add_up_put_the_next_poll_off_and_are_forgotten_at_the_first_success() -> None:
    state, waits = STATE, []
    for _ in range(4):
        state = after(Outcome.NOT_FOUND, state)
        waits.append(wait_of(state))
    assert waits == sorted(waits)
    assert 4 < waits[3] / waits[0] < 12
    assert state.interval_seconds == 600, "a failure says nothing of the feed's rhythm"
    assert status_of(ENTRY, state) is FeedStatus.FAILING
    state = after(Outcome.NOT_FOUND, state)
    assert status_of(ENTRY, state) is FeedStatus.DEAD
    assert abs(wait_of(state) - LONGEST_SECONDS) <= LONGEST_SECONDS * JITTER
    assert after(Outcome.UNCHANGED, state).weight == 0


def test_twenty_failures_that_pass_are_as_bad_as_five_that_do_not() -> None:
    state = STATE
    for number in range(20):
        assert status_of(ENTRY, state) is not FeedStatus.DEAD, number
        state = after(Outcome.TIMEOUT, state)
    assert status_of(ENTRY, state) is FeedStatus.DEAD


def test_retry_after_is_honoured_and_a_429_gets_a_chance_offset() -> None:
    assert wait_of(after(Outcome.SERVER_ERROR, retry_after_seconds=7200.0)) == 7200
    waits = {
        wait_of(after(Outcome.RATE_LIMITED, STATE.model_copy(update={"polls": polls}), retry_after_seconds=7200.0))
        for polls in range(50)
    }
    assert len(waits) == 50
    assert min(waits) > 7200
    assert max(waits) < 7260
    assert wait_of(after(Outcome.UNCHANGED, retry_after_seconds=10.0**9)) == 7 * LONGEST_SECONDS


def test_a_feed_that_is_gone_is_polled_no_more() -> None:
    state = after(Outcome.GONE)
    assert (state.due_at, status_of(ENTRY, state)) == (None, FeedStatus.STOPPED)


def test_what_is_left_over_and_what_was_not_published_comes_soon() -> None:
    assert wait_of(after(FeedOutcome.CAPPED, items=200, new_items=300)) < 70
    neutral = after(FeedOutcome.NOT_PUBLISHED)
    assert wait_of(neutral) < 70
    assert neutral.interval_seconds == 600


def test_pages_that_did_not_come_bring_the_next_poll_forward() -> None:
    slow = STATE.model_copy(update={"interval_seconds": 3600.0})
    assert wait_of(after(FeedOutcome.PAGES_FAILED, slow, items=20, has_pending=True)) <= 330


def test_chance_is_even_and_depends_on_feed_and_poll_alone() -> None:
    numbers = [chance("feed", polls) for polls in range(1000)]
    assert 0.45 < sum(numbers) / 1000 < 0.55
    assert chance("feed", 1) == chance("feed", 1) != chance("other", 1)


def test_every_outcome_is_read_back_from_its_word() -> None:
    words = [*Outcome, *FeedOutcome]
    assert [read_outcome(str(word)) for word in words] == words
    assert len({str(word) for word in words}) == len(words)


def test_a_paused_feed_is_paused_whatever_came_of_it() -> None:
    paused = ENTRY.model_copy(update={"paused": True})
    assert status_of(paused, STATE) is FeedStatus.PAUSED
    assert status_of(ENTRY, None) is FeedStatus.NEW


def simulated_lags(gap: timedelta, hours: int) -> list[float]:
    """How long items of a steady feed wait until they are polled, in seconds."""
    state, now, lags = FeedState(url=ENTRY.url), AT, []
    published = [AT + gap * number for number in range(1, int(timedelta(hours=hours) / gap))]
    while now < AT + timedelta(hours=hours):
        new = [at for at in published if at <= now]
        published = published[len(new) :]
        lags += [(now - at).total_seconds() for at in new]
        outcome = Outcome.FETCHED if new else Outcome.UNCHANGED
        state = after_poll(state, ENTRY, Poll(outcome, now, items=20, new_items=len(new)))
        state = state.model_copy(update={"polls": state.polls + 1, "succeeded_at": now})
        now = state.due_at or now
    return lags


@pytest.mark.parametrize("minutes", [10, 20, 40])
def test_items_of_an_active_feed_wait_less_than_five_minutes_at_the_median(minutes: int) -> None:
    lags = sorted(simulated_lags(timedelta(minutes=minutes), 24))
    assert len(lags) > 20
    assert lags[len(lags) // 2] < 300


def test_a_poll_that_a_hub_asked_for_leaves_the_rhythm_as_it_is() -> None:
    assert after(Outcome.FETCHED, items=20, new_items=15, is_pushed=True).interval_seconds == 600
    assert after(Outcome.UNCHANGED, is_pushed=True).interval_seconds == 600


def test_a_feed_that_does_not_have_yet_what_its_hub_pushed_is_polled_again_soon() -> None:
    assert 54 <= wait_of(after(Outcome.UNCHANGED, is_pushed=True)) <= 66
    assert wait_of(after(Outcome.FETCHED, items=20, new_items=1, is_pushed=True)) >= 540


def test_a_push_makes_a_feed_due_at_once_but_never_many_times_in_a_row() -> None:
    state = STATE.model_copy(update={"polled_at": AT})
    assert due_after_push(None, AT) == AT
    assert due_after_push(state, AT + timedelta(seconds=5)) == AT + timedelta(seconds=15)
    assert due_after_push(state, AT + timedelta(minutes=5)) == AT + timedelta(minutes=5)


def test_a_push_does_not_shorten_what_the_server_asked_for() -> None:
    state = after(Outcome.RATE_LIMITED, retry_after_seconds=7200).model_copy(update={"polled_at": AT})
    assert due_after_push(state, AT + timedelta(minutes=5)) == state.due_at
