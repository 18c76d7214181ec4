"""The event-time clock of a shard: how far publication has come, whatever the order of arrival."""

from datetime import datetime, timedelta

from services.contracts.article import Article

LONGEST_STEP = timedelta(days=1)
"""How far one article can move the clock. One wrong date must not close everything; a real stream that went on
catches up within a few articles."""


def event_time(article: Article) -> datetime:
    """Publication time, or arrival where the publisher gives none."""
    return article.published_at or article.fetched_at


def advanced(clock: datetime | None, article: Article) -> datetime | None:
    """The clock after `article`. It never goes back, never runs ahead of arrival, and undated articles leave it."""
    if article.published_at is None:
        return clock
    moment = min(article.published_at, article.fetched_at)
    if clock is None:
        return moment
    return min(max(clock, moment), clock + LONGEST_STEP)
