"""The event-time clock of a shard: how far publication has come, whatever the order of arrival."""

from datetime import datetime, timedelta

from services.contracts.article import Article, published_note

LONGEST_STEP = timedelta(days=1)
"""How far one article can move the clock. One wrong date must not close everything; a real stream that went on
catches up within a few articles."""


def event_time(article: Article) -> datetime:
    """Publication time; arrival where the publisher gives none, or one that lies more than a day after arrival."""
    return reliable_publication_time(article) or article.fetched_at


def reliable_publication_time(article: Article) -> datetime | None:
    """Publication time, if it can be relied on: null where there is none, or it lies more than a day after arrival."""
    return None if _is_dated_after_arrival(article) else article.published_at


def advance_clock(clock: datetime | None, article: Article) -> datetime | None:
    """The clock after `article`. It never goes back and never runs ahead of arrival.

    Articles that are undated, or dated more than a day after their arrival, leave it.
    """
    if article.published_at is None or _is_dated_after_arrival(article):
        return clock
    moment = min(article.published_at, article.fetched_at)
    if clock is None:
        return moment
    return min(max(clock, moment), clock + LONGEST_STEP)


def _is_dated_after_arrival(article: Article) -> bool:
    # Not by the note: articles from before it have none.
    return published_note(article.published_at, article.fetched_at) is not None
