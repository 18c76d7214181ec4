"""One publication by one outlet: the value of `article.ingested.v1`."""

import hashlib
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.base import Contract, UtcDatetime
from services.contracts.open_values import OpenValues


class Precision(StrEnum):
    """How exactly a time or date is known."""

    SECOND = "second"
    """A time of day was given."""
    DAY = "day"
    """Only the day."""
    WEEK = "week"
    """Only the week."""
    MONTH = "month"
    """Only the month."""
    YEAR = "year"
    """Only the year."""


class DateSource(StrEnum):
    """What a time of publication was taken from."""

    PUBLISHER = "publisher"
    """Given with the article: by who sent it, or in its page."""
    ADDRESS = "address"
    """The day in the article's address; neither sender nor page gives one."""


class PublishedNote(StrEnum):
    """Why a time of publication that was given is not believed."""

    AFTER_ARRIVAL = "after_arrival"
    """It lies more than a day after `fetched_at`."""


class InputKind(StrEnum):
    """The way an article came in."""

    FEED = "feed"
    """An entry of an RSS or Atom feed, with the page it names."""
    SITEMAP = "sitemap"
    """A page that a news sitemap names."""
    PAGE = "page"
    """A page fetched by its address."""
    PUSH = "push"
    """Sent to ingest over HTTP."""
    FILE = "file"
    """Read from a file."""


UNNAMED_AGENCY = "agencies"
"""Wire credit of a text that credits agencies and does not say which."""


class ArticleStatus(StrEnum):
    """Whether the publisher still stands by the text."""

    USABLE = "usable"
    """It stands as published."""
    CORRECTED = "corrected"
    """The publisher changed it and says so."""
    WITHDRAWN = "withdrawn"
    """The publisher took it back: readers stop showing its claims."""


class ArticlePart(StrEnum):
    """Something of an article that a revision may change."""

    TITLE = "title"
    """The headline."""
    TEXT = "text"
    """The clean text."""
    STATUS = "status"
    """Whether the publisher stands by it."""


class HeadField(StrEnum):
    """What the head of a pasted text may say of it."""

    TITLE = "title"
    """The headline, as a line before the text."""
    AUTHORS = "authors"
    """A by-line."""
    PUBLISHED_AT = "published_at"
    """A line with the time or day of publication."""
    PUBLISHER = "publisher"
    """The outlet, in the by-line or on a line of its own."""


class TextKind(StrEnum):
    """What kind of text an article is that is no plain report."""

    ROUND_UP = "round_up"
    """Several happenings told one after another: a briefing, a week in review."""
    LIVE_BLOG = "live_blog"
    """Entries that grow through the day, each with its time."""
    NEWSLETTER = "newsletter"
    """A letter to subscribers."""
    SERIES = "series"
    """One of a series that comes back each day or week in the same form: a forecast, a horoscope, a court list."""
    STUB = "stub"
    """No text to speak of: a few words, a wall for subscribers, a page that was not found."""
    OPINION = "opinion"
    """Comment, editorial, letter to the editor."""
    OBITUARY = "obituary"
    """The life of somebody who died."""


class KindOfText(Contract):
    """The kind of an article's text, and what shows it."""

    kind: TextKind
    """The kind."""
    evidence: str
    """The words that showed the kind, or the rule with its count; for people who check it."""


class Publisher(Contract):
    """Who published an article. All null: not known."""

    name: str | None = None
    """Display name, as the outlet writes it."""
    domain: str | None = None
    """Registered domain in lower case, without `www.`."""
    family: str | None = None
    """The owner that several outlets share, if known."""

    @property
    def key(self) -> str | None:
        """What tells one publisher from another: the domain, else the name in lower case; null if unknown."""
        if self.domain:
            return self.domain.lower()
        return self.name.casefold() if self.name else None


class ArticleInput(Contract):
    """Where ingest got the article."""

    kind: InputKind
    """The way it came in."""
    feed: str | None = None
    """Address of the feed or sitemap that named it."""


MAX_VERSION = 1_000_000
"""A larger number of a version is a time or an id."""


class WireItem(Contract):
    """What an agency says of an item of its wire, beside what every article has."""

    guid: str
    """The agency's own id, the same for all versions. Without an address it identifies the article."""
    version: int | None = Field(default=None, ge=1, le=MAX_VERSION, strict=True)
    """The agency's own number of the version. An earlier version that comes late changes nothing."""
    urgency: int | None = Field(default=None, ge=1, le=9, strict=True)
    """Editorial urgency, 1 the most urgent."""
    slug: str | None = None
    """Keyword or slugline."""
    dateline: str | None = None
    """Place and day of writing, as written."""


class Rights(Contract):
    """What a publisher says may be done with an article, as seen with its page. Null: not said."""

    tdm_reservation: bool | None = None
    """Whether the rights to mine text and data are reserved (`tdm-reservation`, W3C TDM Reservation Protocol)."""
    tdm_policy: str | None = None
    """Address of the policy that says on what terms they are granted (`tdm-policy`)."""
    content_usage: str | None = None
    """Preferences for automated use as written, such as `train-ai=n` (`Content-Usage`)."""
    licence: str | None = None
    """Address of the licence, such as a document of RSL (`License`)."""


class RemovedBlock(Contract):
    """Receipt for a piece of boilerplate that is not in `text`."""

    reason: str
    """Which rule removed it, such as `advertisement`."""
    text_hash: str
    """SHA-256 of the removed characters, in hex."""
    chars: int = Field(ge=1)
    """How many characters were removed."""


LATEST_AFTER_ARRIVAL = timedelta(days=1)
"""How long after its arrival an article may say that it was published: clocks and time zones differ."""


EARLIEST_PUBLISHED = datetime(1990, 1, 1, tzinfo=UTC)
"""No article on the web is older: what says so has the default of some software, such as 1970."""


def published_note(published_at: datetime | None, fetched_at: datetime) -> PublishedNote | None:
    """`Article.published_note` of an article that gives this time."""
    is_ahead = published_at is not None and published_at > fetched_at + LATEST_AFTER_ARRIVAL
    return PublishedNote.AFTER_ARRIVAL if is_ahead else None


def is_believed(published_at: datetime, fetched_at: datetime) -> bool:
    """Whether an article that came then can have been published at that time."""
    return published_at >= EARLIEST_PUBLISHED and published_note(published_at, fetched_at) is None


MAX_OFFSET_MINUTES = 24 * 60 - 1
"""An offset from UTC is less than a day."""
FIELD_SEPARATOR = "\x1f"
"""Unit separator: it cannot stand in cleaned fields, so that no two articles hash the same characters."""


def content_hash(title: str | None, text: str) -> str:
    """`Article.content_hash`, by which whoever has an article can check its title and text."""
    return hashlib.sha256(FIELD_SEPARATOR.join((title or "", text)).encode()).hexdigest()


class Article(Contract):
    """One revision of one publication. `text` is the clean text that all spans count characters in."""

    article_id: str
    """Stable over revisions: from the canonical URL, else from publisher and the agency's id, else from publisher,
    title and text. An address where the same publisher repeats the text of another article is that article."""
    revision: int = Field(ge=1)
    """1 for the first; grows when title, text or status change. An item of a wire starts with its version."""
    changed: tuple[Annotated[str, OpenValues(ArticlePart)], ...] = ()
    """What differs from the revision before. Empty in the first, and where the one before is not remembered."""
    url: str | None = None
    """Address as given."""
    canonical_url: str | None = None
    """Address without tracking parameters and other variation; equal for two links to one page."""
    publisher: Publisher = Publisher()
    """Who published it."""
    title: str | None = None
    """Headline, as published."""
    text: str = Field(min_length=1)
    """Clean text, without boilerplate. Paragraphs are parted by a blank line."""
    language: str | None = None
    """ISO 639-1 code."""
    authors: tuple[str, ...] = ()
    """Bylines, as written."""
    published_at: UtcDatetime | None = None
    """Event time. Null when neither publisher nor address gives one that can be believed: never the time of arrival."""
    published_precision: Precision | None = None
    """How exactly `published_at` is known; null when it is null."""
    published_offset: int | None = Field(default=None, ge=-MAX_OFFSET_MINUTES, le=MAX_OFFSET_MINUTES)
    """Minutes that the publisher's clock was ahead of UTC (negative: behind), as it came with the time of publication:
    the day that "today" in the text means is the day of `published_at` on that clock. Null: no offset was given."""
    published_source: DateSource | None = None
    """What `published_at` was taken from; null when it is null, and in articles from before this field."""
    published_note: PublishedNote | None = None
    """What is wrong with the time that was given, where it is not believed and this vocabulary has a word for it. In
    older articles `published_at` is still that time; it counts for no order and moves no clock."""
    published_given: UtcDatetime | None = None
    """The time that was given, where it is not believed, since it lies before 1990 or more than a day after
    `fetched_at`; `published_at` is then null."""
    modified_at: UtcDatetime | None = None
    """When the publisher last changed it, as its page says; null where it does not say."""
    fetched_at: UtcDatetime
    """When the article came to us, or when its sender fetched it, if that is earlier: never after its arrival."""
    content_hash: str
    """SHA-256 in hex of the UTF-8 of title (empty if null), U+001F, text. Two revisions with one hash say the same."""
    input: ArticleInput
    """Where it came from."""
    removed_blocks: tuple[RemovedBlock, ...] = ()
    """What is not in `text`, and why."""
    wire_credit: str | None = None
    """Agency that the text credits, if any."""
    wire_contributed: bool = False
    """Whether that agency only contributed to the outlet's own text; false in articles from before this field."""
    status: ArticleStatus = ArticleStatus.USABLE
    """Whether the publisher stands by it."""
    status_reason: str | None = None
    """What the publisher says was corrected, if it does."""
    text_kind: KindOfText | None = None
    """What kind of text it is; null in articles from before this field, and where it is a plain report."""
    read_from_text: tuple[Annotated[str, OpenValues(HeadField)], ...] = ()
    """Which fields nobody gave beside the text: they were read from its first lines, as somebody pasted them."""
    wire: WireItem | None = None
    """What the agency says of it, for an item of a wire."""

    rights: Rights | None = None
    """What its publisher says may be done with it; null where nothing was seen, and in articles from before this
    field."""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the publisher took the text back: it stays listed, and nothing in it counts."""
        return self.status is ArticleStatus.WITHDRAWN
