"""JSON Feed 1.1. Pure.

Source: https://www.jsonfeed.org/version/1.1/. It has no tombstones: they stand in an extension, `_newsweave`.
"""

from typing import Any

import orjson

from services.api.summaries import event_page
from services.api.syndication.atom import rfc3339
from services.api.syndication.entries import entry_id
from services.api.syndication.feed import Feed, FeedItem

MEDIA_TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed."""
    return orjson.dumps(
        {
            "version": _VERSION,
            "title": feed.title,
            "home_page_url": feed.base + feed.home_path,
            "feed_url": feed.base + feed.self_path,
            "authors": [{"name": "Newsweave"}],
            "items": [_item(feed.base, item) for item in feed.items],
            "_newsweave": {
                "about": f"{feed.base}/docs",
                "deleted": [
                    {
                        "id": entry_id(tombstone.event_id),
                        "when": rfc3339(tombstone.at),
                        "merged_into": entry_id(tombstone.merged_into),
                        "url": feed.base + event_page(tombstone.merged_into),
                    }
                    for tombstone in feed.tombstones
                ],
            },
        }
    )


def _item(base: str, item: FeedItem) -> dict[str, Any]:
    entry = item.entry
    written: dict[str, Any] = {
        "id": entry.id,
        "url": base + entry.page,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": item.html,
        "date_modified": rfc3339(entry.updated),
        "tags": list(entry.categories),
        "_newsweave": {"event_id": entry.event_id, "version": entry.version, "event_url": base + entry.url},
    }
    if entry.published is not None:
        written["date_published"] = rfc3339(entry.published)
    if entry.language:
        written["language"] = entry.language
    return written
