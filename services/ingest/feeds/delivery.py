"""From an item of a feed to an article: its own text, or that of its page."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from services.contracts.article import Article, ArticleInput, InputKind, Rights
from services.ingest.addresses.canonical_url import publisher_domain
from services.ingest.errors import InvalidSubmission
from services.ingest.feeds.choosing import KeyedItem
from services.ingest.feeds.feed import FeedKind, Item
from services.ingest.feeds.fetching import FetchesPages
from services.ingest.feeds.pending import NO_ARTICLE, PendingItem, due_again
from services.ingest.feeds.registry import FeedContent, FeedEntry
from services.ingest.feeds.rows import written_time
from services.ingest.feeds.words import full_text
from services.ingest.fetching.fetched import Fetched, Outcome
from services.ingest.pages.decoding import decode_html
from services.ingest.pages.pool import PagesUnavailable
from services.ingest.push.body import BadBody, Row
from services.ingest.submission import DOMAIN, MAX_LINE_CHARS, parse_submission

PUBLISHED = "published"
NO_ADDRESS = "no_address"
"""It has neither a text nor the address of a page."""
WORKERS_BUSY = "page_workers_unavailable"


class Submissions(Protocol):
    """Publishes articles."""

    async def accept(self, rows: Sequence[Row], *, source: ArticleInput) -> list[Article]:
        """As `SubmissionService.accept`, with its errors."""
        ...


@dataclass(frozen=True)
class Delivered:
    """What became of one item."""

    outcome: str
    """`published`, `no_address`, `no_article`, `page_workers_unavailable`, or how the fetch of its page ended."""
    reason: str | None = None
    """What went wrong, in one line."""


class Delivery:
    """Makes articles of items."""

    def __init__(
        self, submissions: Submissions, pages: FetchesPages, *, pages_at_a_time: int, obey_rights: bool = False
    ) -> None:
        """Set up.

        Args:
            submissions: where articles go.
            pages: fetches the pages of items.
            pages_at_a_time: pages that are read at a time, of all feeds together.
            obey_rights: leave articles alone whose pages reserve their rights.
        """
        self._obey_rights = obey_rights
        self._submissions = submissions
        self._pages = pages
        self._places = asyncio.Semaphore(pages_at_a_time)

    async def deliver(self, item: Item, entry: FeedEntry, kind: str | None) -> Delivered:
        """Publish the article of an item. When this returns `published`, the broker has it.

        Args:
            item: the item.
            entry: the feed's.
            kind: of the feed.

        Raises:
            TransientError: broker or store does not answer: nothing can be published for now.
        """
        text = full_text(item.content_html or "") if entry.content is FeedContent.FULL_TEXT else ""
        if text:
            return await self._submit({"url": item.url, "text": text}, item, entry, kind)
        if item.url is None:
            return Delivered(NO_ADDRESS, f"the item has no address; {_of_its_text(entry)}")
        page = await self._pages.fetch(item.url)
        if page.outcome is not Outcome.FETCHED:
            return Delivered(page.outcome, page.reason)
        async with self._places:
            body = {"url": _address(item.url, page), "html": _html(page)}
            return await self._submit(body, item, entry, kind, rights=page.rights)

    async def _submit(
        self,
        body: dict[str, Any],
        item: Item,
        entry: FeedEntry,
        kind: str | None,
        *,
        rights: Rights | None = None,
    ) -> Delivered:
        came = InputKind.SITEMAP if kind == FeedKind.SITEMAP else InputKind.FEED
        try:
            submission = parse_submission({**_fields(item, entry), **body})
            row = Row(1, submission, rights=rights, obey_rights=self._obey_rights)
            await self._submissions.accept([row], source=ArticleInput(kind=came, feed=entry.url))
        except InvalidSubmission as error:
            return Delivered(NO_ARTICLE, str(error))
        except BadBody as error:
            outcome = Outcome.RIGHTS_RESERVED if error.errors[0].field == "rights" else NO_ARTICLE
            return Delivered(outcome, "; ".join(f"{fault.field}: {fault.message}" for fault in error.errors))
        except PagesUnavailable as error:
            return Delivered(WORKERS_BUSY, str(error))
        return Delivered(PUBLISHED)


def to_retry(item: KeyedItem, delivered: Delivered, tries: int, at: datetime) -> PendingItem | None:
    """What to remember of an item whose page did not come; None where it came, or will not."""
    if delivered.outcome == PUBLISHED or item.item.url is None:
        return None
    due = due_again(delivered.outcome, tries, at)
    if due is None:
        return None
    return PendingItem(
        item=replace(item.item, content_html=None),
        keys=item.keys,
        fingerprint=item.fingerprint,
        tries=tries,
        due_at=due,
        reason=f"{delivered.outcome}: {delivered.reason or ''}".rstrip(": "),
    )


def item_outcome(delivered: Delivered, *, is_retried: bool) -> str:
    """What became of the item, as metrics say it."""
    if delivered.outcome == PUBLISHED:
        return PUBLISHED
    return "retried" if is_retried else "given_up"


def _of_its_text(entry: FeedEntry) -> str:
    if entry.content is FeedContent.FULL_TEXT:
        return "nor a text"
    return "its own text counts with `content: full_text`"


def _fields(item: Item, entry: FeedEntry) -> dict[str, Any]:
    """What the feed says of the article, and its entry of the outlet."""
    domain = entry.domain or (publisher_domain(item.url) if item.url else None)
    is_name = domain is not None and DOMAIN.fullmatch(domain) is not None  # not an address in numbers
    publisher = {"name": entry.publisher, "domain": domain if is_name else None, "family": entry.family}
    return {
        "title": item.title[:MAX_LINE_CHARS] if item.title else None,
        "published_at": written_time(item.published_at),
        "authors": [author[:MAX_LINE_CHARS] for author in item.authors[:100]],
        "language": entry.language,
        "publisher": publisher if entry.publisher or entry.family else None,
    }


def _address(url: str, page: Fetched) -> str:
    """The item's address; that of the page it leads to where this is another site's: a counter of clicks."""
    final = page.final_url
    return final if final and publisher_domain(final) != publisher_domain(url) else url


def _html(page: Fetched) -> str:
    if page.charset:
        try:
            return page.content.decode(page.charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_html(page.content)
