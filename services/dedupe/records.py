"""What a shard keeps of itself, record by record: JSON that restores it exactly."""

from typing import Self

from services.contracts.article import ArticleStatus
from services.contracts.base import Contract, UtcDatetime
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus, Membership


class Record(Contract):
    """Base of the records: their bytes are deterministic JSON."""

    def to_record(self) -> bytes:
        """The record as JSON bytes."""
        return self.model_dump_json().encode()

    @classmethod
    def from_record(cls, content: bytes | str) -> Self:
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


class PlacedRecord(Record):
    """Where an article went. Outlives its event, so that a redelivery changes nothing."""

    article_id: str
    event_id: str
    revision: int
    content_hash: str
    status: ArticleStatus


class ShardRecord(Record):
    """The shard's event-time clock; null before the first dated article."""

    clock: UtcDatetime | None = None
