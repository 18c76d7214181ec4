"""A feed that was read, as a row of JSON: what `newsweave feed` writes. Pure."""

from datetime import datetime, timedelta, timezone
from typing import Any

from services.contracts.article import Precision
from services.ingest.feeds.feed import Feed, Item, NotAFeed, UnsafeFeed
from services.ingest.feeds.reading import read_feed
from services.ingest.timestamps import Timestamp

READ = "read"


def feed_row(
    identity: Any, content: bytes, at: datetime, *, content_type: str | None = None, url: str | None = None
) -> dict[str, Any]:
    """What a feed says, or why the document is not a feed.

    Args:
        identity: what the row is called.
        content: the feed.
        at: when it was fetched (aware).
        content_type: as the server names it.
        url: its address.

    Returns:
        id, outcome (`read`, `not_a_feed`, `unsafe_feed`), items; of a feed its kind, title and problems, else the
        reason.
    """
    try:
        feed = read_feed(content, at, content_type=content_type, url=url)
    except NotAFeed as error:
        return no_feed_row(identity, "unsafe_feed" if isinstance(error, UnsafeFeed) else "not_a_feed", str(error))
    return {"id": identity, "outcome": READ, **feed_fields(feed)}


def no_feed_row(identity: Any, outcome: str, reason: str) -> dict[str, Any]:
    """The row of what could not be read."""
    return {"id": identity, "outcome": outcome, "reason": reason, "items": []}


def feed_fields(feed: Feed) -> dict[str, Any]:
    """What a feed says, as JSON has it."""
    fields: dict[str, Any] = {"kind": feed.kind, "title": feed.title, "problems": list(feed.problems)}
    fields["items"] = [item_fields(item) for item in feed.items]
    if feed.sitemaps:
        fields["sitemaps"] = [sitemap.url for sitemap in feed.sitemaps]
    return fields


def item_fields(item: Item) -> dict[str, Any]:
    """What one item says, as JSON has it."""
    return {
        "title": item.title,
        "url": item.url,
        "published_at": written_time(item.published_at),
        "summary": item.summary,
        "authors": list(item.authors),
    }


def written_time(moment: Timestamp | None) -> str | None:
    """ISO 8601 on the publisher's clock, e.g. `2031-03-03T09:30:00+02:00`; a day alone where no more is known."""
    if moment is None:
        return None
    if moment.precision is not Precision.SECOND:
        return moment.at.date().isoformat()
    if moment.offset is None:
        return moment.at.isoformat().replace("+00:00", "Z")
    return moment.at.astimezone(timezone(timedelta(minutes=moment.offset))).isoformat()
