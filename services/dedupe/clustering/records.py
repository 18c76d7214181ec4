"""What a shard keeps of itself, record by record: JSON that restores it exactly."""

from typing import Self

from pydantic import Field

from services.contracts.article import Article, ArticleStatus
from services.contracts.base import Contract, UtcDatetime
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus, LineageEntry, Membership
from services.dedupe.signals.live_terms import FIRST_BITS


class Record(Contract):
    """Base of the records: their bytes are deterministic JSON."""

    def to_json_bytes(self) -> bytes:
        """The record as JSON bytes."""
        return self.model_dump_json().encode()

    @classmethod
    def from_json_bytes(cls, content: bytes | str) -> Self:
        """Read a record.

        Raises:
            pydantic.ValidationError: The bytes are no such record.
        """
        return cls.model_validate_json(content)


class ArticleRecord(Record):
    """A live article: everything that its event's view and later placements need."""

    event_id: str
    embedded: EmbeddedArticle
    membership: Membership
    sequence: int = 0
    near: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Sequence and pairs as in `LiveArticleRecord`, where a restart reads them unless its layout has changed."""

    @property
    def article_id(self) -> str:
        """Id of the article."""
        return self.embedded.extracted.article.article_id


class EventRecord(Record):
    """An event that articles may join."""

    event_id: str
    version: int
    status: EventStatus
    founder_id: str
    updated_at: UtcDatetime
    active_at: UtcDatetime | None
    """The shard's clock when an article last came in; null as long as no dated article came at all."""
    sequence: int = 0
    """Which placement of the shard founded it: of two events that merge, the older one stays."""
    merged_into: str | None = None
    """The event that took it up; null unless `status` is `merged`."""
    lineage: tuple[LineageEntry, ...] = ()
    """Merges, splits and moves, oldest first; the latest of them if there were many."""


class PlacedRecord(Record):
    """Where an article went. Outlives its event, so that a redelivery changes nothing."""

    article_id: str
    event_id: str
    revision: int
    content_hash: str
    status: ArticleStatus

    def covers_revision_of(self, article: Article) -> bool:
        """Whether this revision of it, or a later one, was placed."""
        if article.revision != self.revision:
            return article.revision < self.revision
        return article.content_hash == self.content_hash and article.status == self.status


class ShardRecord(Record):
    """State of a shard as a whole."""

    clock: UtcDatetime | None = None
    """Event time; null before the first dated article."""
    sequence: int = 0
    """How many articles were placed."""
    term_bits: int = FIRST_BITS
    """Of the number of counters of terms."""
