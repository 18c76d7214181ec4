"""A feed as it was read: what its items say, whatever format they came in. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from services.ingest.timestamps import Timestamp


class FeedKind(StrEnum):
    """The format that a feed came in."""

    RSS = "rss"
    """RSS 0.91 to 2.0."""
    RDF = "rdf"
    """RSS 0.90 and 1.0, which are RDF."""
    ATOM = "atom"
    """Atom 0.3 and 1.0."""
    JSON_FEED = "json_feed"
    """JSON Feed 1.0 and 1.1."""
    SITEMAP = "sitemap"
    """A sitemap, with or without the elements of Google News, or a plain list of addresses."""
    SITEMAP_INDEX = "sitemap_index"
    """A list of sitemaps; it has no items of its own."""


class Problem(StrEnum):
    """What was wrong with a feed that was read nevertheless."""

    WRONG_CONTENT_TYPE = "wrong_content_type"
    """The server calls it a page, a picture or the like."""
    WRONG_ENCODING = "wrong_encoding"
    """It is not in the encoding that it names."""
    LEADING_TEXT = "leading_text"
    """Something stood before its beginning."""
    NOT_WELL_FORMED = "not_well_formed"
    """Its XML or JSON had to be mended."""
    UNREAD_TIME = "unread_time"
    """An item gives a time that nobody can read."""
    IMPOSSIBLE_TIME = "impossible_time"
    """An item gives a time before 1990 or more than ten years ahead: not believed."""
    TOO_MANY_ITEMS = "too_many_items"
    """It has more items than we read; the rest was left out."""


class NotAFeed(Exception):  # noqa: N818 - a fact about the content
    """No feed. The text says what it is instead."""


class UnsafeFeed(NotAFeed):
    """It could harm whoever reads it, e.g. by entities that unfold or by what it unpacks to."""


@dataclass(frozen=True)
class Item:
    """One article that a feed lists. Nothing but its position is certain to be there."""

    title: str | None = None
    """One line without markup."""
    url: str | None = None
    """Absolute address of its page, http or https."""
    guid: str | None = None
    """The feed's own id for it."""
    published_at: Timestamp | None = None
    """When the publisher says that it was published."""
    updated_at: Timestamp | None = None
    """When the publisher says that it was last changed."""
    summary: str | None = None
    """One line without markup."""
    content_html: str | None = None
    """The longest text that the feed carries: its content, else its description. HTML without scripts, addresses
    absolute."""
    authors: tuple[str, ...] = ()
    """Names, as written."""
    categories: tuple[str, ...] = ()
    """Subjects, as written."""


@dataclass(frozen=True)
class Sitemap:
    """A sitemap that an index names."""

    url: str
    changed_at: Timestamp | None = None


@dataclass(frozen=True)
class Feed:
    """A feed, its items in the feed's order."""

    kind: FeedKind
    title: str | None = None
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Each at most once, sorted."""
    language: str | None = None
    """As the feed names it, e.g. `en-GB`."""
    hub_url: str | None = None
    """WebSub hub."""
    self_url: str | None = None
    """Its own address, by which the hub knows it."""
    next_url: str | None = None
    """The page of older items (RFC 5005)."""
    sitemaps: tuple[Sitemap, ...] = ()
    """Of an index."""

    @property
    def has_undated_items(self) -> bool:
        """Whether some item has neither time."""
        return any(item.published_at is None and item.updated_at is None for item in self.items)
