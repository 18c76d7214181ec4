"""What a case of feed reading is, and short ways to write one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

AT = datetime(2031, 3, 5, 12, 0, tzinfo=UTC)
URL = "https://courier.example/news/feed.xml"


@dataclass(frozen=True)
class FeedCase:
    """A feed and what it says. `items`: for each, the fields that are given (times as ISO 8601 with their offset)."""

    name: str
    content: bytes
    items: list[dict[str, Any]]
    kind: str = "rss"
    problems: tuple[str, ...] = ()
    url: str | None = URL
    content_type: str | None = "application/rss+xml"
    feed: dict[str, Any] = field(default_factory=dict)


def rss(
    *items: str, head: str = "", attributes: str = "", declaration: str = '<?xml version="1.0" encoding="utf-8"?>'
) -> bytes:
    """An RSS 2.0 feed with these items."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{declaration}<rss version="2.0"{attributes}><channel><title>Harbour Courier</title>'
        f"<link>https://courier.example/</link><description>News</description>{head}{body}</channel></rss>"
    ).encode()


def atom(*entries: str, head: str = "", attributes: str = "") -> bytes:
    """An Atom 1.0 feed with these entries."""
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"{attributes}>'
        f"<title>Harbour Courier</title><id>urn:courier</id><updated>2031-03-03T09:00:00Z</updated>{head}{body}</feed>"
    ).encode()


PLAIN = (
    "<title>Old harbour bridge reopens</title><link>https://courier.example/2031/03/bridge</link>"
    "<guid>https://courier.example/2031/03/bridge</guid><pubDate>Mon, 03 Mar 2031 09:30:00 +0200</pubDate>"
    "<description>Traffic returned on Monday.</description>"
)
PLAIN_ITEM = {
    "title": "Old harbour bridge reopens",
    "url": "https://courier.example/2031/03/bridge",
    "published_at": "2031-03-03T09:30:00+02:00",
    "summary": "Traffic returned on Monday.",
}
PLAIN_ENTRY = (
    '<title>Old harbour bridge reopens</title><link href="https://courier.example/2031/03/bridge"/>'
    "<id>urn:bridge</id><published>2031-03-03T09:30:00+02:00</published><updated>2031-03-03T10:00:00+02:00</updated>"
    "<summary>Traffic returned on Monday.</summary>"
)


def with_time(time: str) -> str:
    """An item of RSS with this time of publication."""
    return f"<title>Bridge</title><link>https://courier.example/b</link><pubDate>{time}</pubDate>"


def timed(published_at: str | None) -> dict[str, Any]:
    """The item of `with_time`."""
    return {"title": "Bridge", "url": "https://courier.example/b", "published_at": published_at}
