"""A feed, before it is written in one of the two formats."""

from dataclasses import dataclass
from datetime import datetime

from services.api.syndication.entries import FeedEntry
from services.api.syndication.tombstones import Tombstone


@dataclass(frozen=True)
class FeedItem:
    """An entry with its content as HTML, whose links are absolute."""

    entry: FeedEntry
    html: str


@dataclass(frozen=True)
class Feed:
    """All that a feed says."""

    id: str
    title: str
    base: str
    """Scheme and host of the service, without a slash at the end."""
    self_path: str
    """Path and parameters of the feed in this format."""
    home_path: str
    """Path of the page that shows the same for people."""
    updated: datetime
    items: tuple[FeedItem, ...]
    tombstones: tuple[Tombstone, ...]
