"""What messages change in the view. Pure: the same log, cut into whatever batches, ends in the same view.

Three facts make that so. A version or revision that is not newer changes nothing. Of several in one batch the newest is
what stays (of equals the first), as if they had come one by one. And which event an article is in is kept as
*all events whose latest snapshot names it*: two partitions can then deliver an article's move from one event to
another in either order.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.api.cursors import index_member
from services.api.search.row_making import pack_event
from services.api.summaries import EventSummary, summarise
from services.contracts.article import Article
from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event, EventStatus

DIGEST_CHARS = 12
"""Hex digits of the document's hash: enough to tell apart two documents of one version after a rebuild."""


class EventMark(Contract):
    """What must be known of a stored event to judge and replace it, without reading the document itself."""

    event_id: str
    version: int
    digest: str
    """First hex digits of SHA-256 of the stored document."""
    merged_into: str | None
    """The event that took its place, if one did."""
    index_member: str | None
    """Its place in the list of events; null: it is not listed."""
    article_ids: tuple[str, ...]
    """Articles that are in this event, sorted. None once it was merged."""


@dataclass(frozen=True)
class NewerEvent:
    """A newer version of one event, with what it replaces."""

    document: bytes
    summary: EventSummary
    packed_row: bytes
    """What the index keeps of it (search.index_row)."""
    mark: EventMark
    previous: EventMark | None

    @property
    def joined(self) -> list[str]:
        """Articles that came in, sorted."""
        before = frozenset(self.previous.article_ids) if self.previous else frozenset[str]()
        return [article_id for article_id in self.mark.article_ids if article_id not in before]

    @property
    def left(self) -> list[str]:
        """Articles that went out, sorted."""
        now = frozenset(self.mark.article_ids)
        before = self.previous.article_ids if self.previous else ()
        return [article_id for article_id in before if article_id not in now]

    @property
    def unlisted(self) -> str | None:
        """The index member that no longer holds."""
        before = self.previous.index_member if self.previous else None
        return before if before != self.mark.index_member else None


def rising_versions(events: Iterable[Event]) -> list[Event]:
    """In order, the versions that are higher than all before of the same event; of equal versions the first."""
    highest: dict[str, int] = {}
    rising = []
    for event in events:
        if event.version > highest.get(event.event_id, 0):
            highest[event.event_id] = event.version
            rising.append(event)
    return rising


def event_changes(events: Mapping[str, Event], marks: Mapping[str, EventMark]) -> list[NewerEvent]:
    """What the events change against what `marks` says is stored; nothing for a version that is not newer."""
    changes = []
    for event_id, event in events.items():
        previous = marks.get(event_id)
        if previous is None or event.version > previous.version:
            changes.append(_change(event, previous))
    return changes


def document_of(event: Event) -> bytes:
    """The event as it is stored and served."""
    return event.model_dump_json().encode()


def digest_of(document: bytes) -> str:
    """What tells a document apart from others of its version: the beginning of its SHA-256 in hex."""
    return hashlib.sha256(document).hexdigest()[:DIGEST_CHARS]


def _change(event: Event, previous: EventMark | None) -> NewerEvent:
    document = document_of(event)
    merged = event.status is EventStatus.MERGED
    mark = EventMark(
        event_id=event.event_id,
        version=event.version,
        digest=digest_of(document),
        merged_into=event.merged_into if merged else None,
        index_member=None if merged else index_member(event.updated_at, event.event_id),
        article_ids=() if merged else tuple(sorted({article.article_id for article in event.articles})),
    )
    return NewerEvent(
        document=document, summary=summarise(event), packed_row=pack_event(event), mark=mark, previous=previous
    )


def replaces(new: Article, old: Article) -> bool:
    """Whether an article takes the stored one's place: a later revision, or the same one fetched later."""
    return (new.revision, new.fetched_at) > (old.revision, old.fetched_at)


def newest_articles(articles: Iterable[ExtractedArticle]) -> dict[str, ExtractedArticle]:
    """By id, the article of each that replaces all the others; of equals the first."""
    newest: dict[str, ExtractedArticle] = {}
    for extracted in articles:
        known = newest.get(extracted.article.article_id)
        if known is None or replaces(extracted.article, known.article):
            newest[extracted.article.article_id] = extracted
    return newest


def article_changes(
    articles: Mapping[str, ExtractedArticle], stored: Mapping[str, ExtractedArticle]
) -> list[ExtractedArticle]:
    """The articles that are to be written, given what is stored."""
    return [
        extracted
        for article_id, extracted in articles.items()
        if article_id not in stored or replaces(extracted.article, stored[article_id].article)
    ]
