"""Every topic, named once: its key, value, producer, consumers and how long it keeps messages."""

from dataclasses import dataclass

from services.contracts.article import Article
from services.contracts.base import Contract
from services.contracts.changed import EventChange
from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event
from services.contracts.placed import EventPlaced

MAX_MESSAGE_BYTES = 8 * 1024 * 1024
"""Largest value on any topic. A larger one is a dead letter."""

DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True)
class Topic:
    """One topic. `retention_ms` null: compacted, the last value of each key is kept for good.

    `key` names the field of the value that is the message's key, by a path of field names: `article.article_id`.
    """

    name: str
    value: type[Contract]
    key: str
    producer: str
    consumers: tuple[str, ...]
    retention_ms: int | None
    purpose: str
    internal: bool = False

    def dead_letters(self, service: str) -> str:
        """Name of the topic that takes what `service` could not use from this one."""
        return f"{self.name}.{service}.dlq"

    def group(self, service: str) -> str:
        """Consumer group in which the replicas of `service` share this topic.

        One for each topic: members of one group that read different topics would rebalance each other.
        """
        return f"{service}.{self.name}"

    def retry(self, service: str) -> str:
        """Name of the topic through which dead letters come back to `service`."""
        return f"{self.name}.{service}.retry"


ARTICLE_INGESTED = Topic(
    name="article.ingested.v1",
    value=Article,
    key="article_id",
    producer="ingest",
    consumers=("extract",),
    retention_ms=7 * DAY_MS,
    purpose="An article was published or revised, and is clean and identified.",
)
CLAIMS_EXTRACTED = Topic(
    name="claims.extracted.v1",
    value=ExtractedArticle,
    key="article.article_id",
    producer="extract",
    consumers=("dedupe", "api"),
    retention_ms=7 * DAY_MS,
    purpose="The claims of one article were found, at exact spans. Carries the article itself.",
)
ARTICLE_EMBEDDED = Topic(
    name="article.embedded.v1",
    value=EmbeddedArticle,
    key="shard",
    producer="dedupe",
    consumers=("dedupe",),
    retention_ms=7 * DAY_MS,
    purpose="Vectors were computed. Repartitions articles by shard, so that one ordered writer places them.",
    internal=True,
)
EVENT_PLACED = Topic(
    name="event.placed.v1",
    value=EventPlaced,
    key="event_id",
    producer="dedupe",
    consumers=("dedupe",),
    retention_ms=7 * DAY_MS,
    purpose="Articles joined or left an event, or it ended. Carries what joined; repartitions placements by event.",
    internal=True,
)
EVENT_UPDATED = Topic(
    name="event.updated.v1",
    value=Event,
    key="event_id",
    producer="dedupe",
    consumers=("api",),
    retention_ms=None,
    purpose="An event changed. Carries the merged view, at most 1 MiB of it; one batch sends only its last snapshot.",
)
EVENT_CHANGED = Topic(
    name="event.changed.v1",
    value=EventChange,
    key="event_id",
    producer="dedupe",
    consumers=("api",),
    retention_ms=30 * DAY_MS,
    purpose="One thing about an event is new. All changes of an event in order make what its views tell.",
)

TOPICS = (ARTICLE_INGESTED, CLAIMS_EXTRACTED, ARTICLE_EMBEDDED, EVENT_PLACED, EVENT_UPDATED, EVENT_CHANGED)
