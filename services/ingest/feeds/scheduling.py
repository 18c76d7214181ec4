"""When to poll a feed again. Pure: chance comes from the feed's id and the number of its polls."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.ingest.feeds.outcomes import FeedOutcome, PollOutcome, failure_weight
from services.ingest.feeds.registry import FeedEntry, feed_id
from services.ingest.feeds.state import DEAD_WEIGHT, FeedState
from services.ingest.fetching.fetched import Outcome

SLOWER_AT_FIRST = 1.5
"""A poll without anything new, of a feed that had nothing new since it was first polled: most have an item a day."""
SLOWER = 1.1
"""The same once it had: with the halving below, a feed is polled some seven times between two of its items, and an item
waits about a tenth of the time between them: five minutes where there is one every 50."""
FASTER = 0.5
"""A poll with something new."""
MUCH_FASTER = 0.25
"""A poll with more new items than known ones: some may have come and gone between the polls."""
MOSTLY_NEW = 0.5
LONGEST_SECONDS = 24 * 3600.0
"""Between two polls of a feed that fails."""
MOST_PATIENT_SECONDS = 7 * 24 * 3600.0
"""A longer Retry-After counts as this."""
JITTER = 0.1
"""Share of an interval that is added or taken away, so that feeds polled together once do not stay together."""
RATE_LIMIT_SECONDS = 60.0
"""At least so long a host is left alone that said 429; and up to as long again, so that replicas do not come back at
once."""
SOON_SECONDS = 60.0
"""After what is not the feed's fault, and with items left over."""
PUSH_PAUSE_SECONDS = 15.0
"""At least so long after a poll a hub can make us poll again, however often it pushes."""
RETRY_PAGES_SECONDS = 300.0
"""Pages that did not come are tried again after so long."""


@dataclass(frozen=True)
class Poll:
    """How one poll ended, as far as the next one depends on it."""

    outcome: PollOutcome
    at: datetime
    items: int = 0
    """That the feed has."""
    new_items: int = 0
    """Of these, those never seen before."""
    retry_after_seconds: float | None = None
    has_pending: bool = False
    """Whether pages are to be tried again."""
    is_pushed: bool = False
    """Whether a hub had said that the feed has changed."""


def chance(feed: str, polls: int) -> float:
    """A number from 0 to 1 that looks random and is the same each time.

    Args:
        feed: id of the feed.
        polls: how often it was polled.
    """
    return int.from_bytes(hashlib.sha256(f"{feed}:{polls}".encode()).digest()[:6]) / 2**48


def after_poll(state: FeedState, entry: FeedEntry, poll: Poll) -> FeedState:
    """The state with interval, weight and time of the next poll as they are after this one."""
    weight = failure_weight(poll.outcome)
    interval = _interval(state, entry, poll, failed=weight > 0)
    is_neutral = poll.outcome is FeedOutcome.NOT_PUBLISHED
    total = state.weight + weight if weight or is_neutral else 0.0
    is_stopped = poll.outcome is Outcome.GONE
    luck = chance(feed_id(state.url), state.polls)
    asked = _asked_seconds(poll, luck)
    seconds = max(_wait(interval, total, poll, luck, failed=weight > 0), asked)
    return state.model_copy(
        update={
            "interval_seconds": interval,
            "weight": total,
            "had_news": state.had_news or (poll.new_items > 0 and state.succeeded_at is not None),
            "is_stopped": is_stopped,
            "leave_until": poll.at + timedelta(seconds=asked) if asked else None,
            "due_at": None if is_stopped else poll.at + timedelta(seconds=seconds),
        }
    )


def _interval(state: FeedState, entry: FeedEntry, poll: Poll, *, failed: bool) -> float:
    """The feed's own rhythm, within its bounds.

    A failure says nothing about it, and neither does a push: as long as the hub pushes, the polls of the rhythm find
    nothing new and become rare; once it is silent, they find something and become frequent again.
    """
    shortest, longest = entry.min_interval_minutes * 60, entry.max_interval_minutes * 60
    interval = state.interval_seconds or shortest  # of a feed that nothing is known of yet
    is_neutral = failed or poll.is_pushed or poll.outcome is FeedOutcome.NOT_PUBLISHED
    if not (is_neutral or state.succeeded_at is None):
        interval *= _factor(state, poll)
    return min(max(interval, shortest), longest)


def _factor(state: FeedState, poll: Poll) -> float:
    """From the share of items that were known."""
    if not poll.new_items:
        return SLOWER if state.had_news else SLOWER_AT_FIRST
    return MUCH_FASTER if poll.new_items > MOSTLY_NEW * poll.items else FASTER


def _wait(interval: float, weight: float, poll: Poll, luck: float, *, failed: bool) -> float:
    """Seconds until the next poll, as far as it is ours to say."""
    if poll.outcome in {FeedOutcome.NOT_PUBLISHED, FeedOutcome.CAPPED}:
        seconds = min(interval, SOON_SECONDS)
    elif weight >= DEAD_WEIGHT:
        seconds = LONGEST_SECONDS
    elif failed:
        seconds = min(interval * 2**weight, LONGEST_SECONDS)
    else:
        seconds = interval
    if poll.has_pending:
        seconds = min(seconds, max(RETRY_PAGES_SECONDS, SOON_SECONDS))
    if poll.is_pushed and not (poll.new_items or failed):
        # What the hub has seen may not have come to all copies of the feed. Once: the next poll is not pushed.
        seconds = min(seconds, SOON_SECONDS)
    return seconds * (1 + JITTER * (2 * luck - 1))


def _asked_seconds(poll: Poll, luck: float) -> float:
    """How long the server asks us to stay away; 0: it does not."""
    asked = min(poll.retry_after_seconds or 0.0, MOST_PATIENT_SECONDS)
    if poll.outcome is Outcome.RATE_LIMITED:
        asked = max(asked, RATE_LIMIT_SECONDS) + luck * RATE_LIMIT_SECONDS
    return asked


def due_after_push(state: FeedState | None, now: datetime) -> datetime:
    """When to poll a feed of which a hub says at `now` that it has changed."""
    if state is None or state.polled_at is None:
        return now
    soonest = state.polled_at + timedelta(seconds=PUSH_PAUSE_SECONDS)
    return max(now, soonest, state.leave_until or now)
