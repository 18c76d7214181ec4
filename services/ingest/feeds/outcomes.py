"""How a poll of a feed may end, and how much each end weighs. Pure."""

from enum import StrEnum

from services.ingest.fetching.fetched import Outcome


class FeedOutcome(StrEnum):
    """How a poll ended where the fetch itself went well. With `Outcome` these are all the words that are used."""

    UNDATED = "undated"
    """Read; some of its items have no time."""
    CAPPED = "capped"
    """Read; it has more new items than are taken at a time. The rest comes with the next poll."""
    NO_ITEMS = "no_items"
    """A feed without a single item."""
    NOT_A_FEED = "not_a_feed"
    """Something else: a page, another kind of XML."""
    UNSAFE_FEED = "unsafe_feed"
    """It unfolds or unpacks to more than it may."""
    PAGES_FAILED = "pages_failed"
    """Read; the pages of some new items did not come. They are tried again."""
    NOT_PUBLISHED = "not_published"
    """Broker or store did not answer. The poll is repeated."""
    LOST_LEASE = "lost_lease"
    """It took so long that another replica has polled the feed meanwhile."""
    FAILED = "failed"
    """An error of ours; the log has it."""


PollOutcome = Outcome | FeedOutcome

HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
"""What a failure adds to a feed's weight: it will hardly go away, it may, it will."""
_WEIGHTS: dict[PollOutcome, float] = {
    **dict.fromkeys(
        (
            Outcome.NOT_FOUND,
            Outcome.GONE,
            Outcome.FORBIDDEN,
            Outcome.WRONG_TYPE,
            Outcome.TOO_MANY_REDIRECTS,
            Outcome.REFUSED_ADDRESS,
            Outcome.DISALLOWED,
            Outcome.RIGHTS_RESERVED,
            FeedOutcome.NOT_A_FEED,
            FeedOutcome.UNSAFE_FEED,
        ),
        HARD,
    ),
    **dict.fromkeys(
        (
            Outcome.CLIENT_ERROR,
            Outcome.SERVER_ERROR,
            Outcome.BAD_RESPONSE,
            Outcome.TOO_LARGE,
            Outcome.EMPTY,
            FeedOutcome.FAILED,
        ),
        SOFT,
    ),
    **dict.fromkeys((Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.RATE_LIMITED), TEMPORARY),
}


def failure_weight(outcome: PollOutcome) -> float:
    """What an end adds to the feed's weight; 0 for no failure of the feed."""
    return _WEIGHTS.get(outcome, 0.0)


def read_outcome(value: str) -> PollOutcome:
    """The outcome by its word. Raises ValueError for none of them."""
    try:
        return Outcome(value)
    except ValueError:
        return FeedOutcome(value)
