"""What the client gives back that is no contract and no body of the services."""

from typing import Any, Protocol

from pydantic import Field

from services.api.search.models import ListedEvent
from services.api.updates.short_changes import ShortChange
from services.contracts.article import Article
from services.contracts.base import Contract, Span


class Update(Contract):
    """A newer version of an event, as the stream tells it."""

    position: str
    """Where it stands in the order of all updates: begin a stream after it to get what follows."""
    event: ListedEvent
    """The event as it was when this was sent: after a break it can be ahead of `version`."""
    version: int
    """The newer version."""
    previous_version: int
    """The version that the stream knew before; 0: none."""
    merged_into: str | None = None
    """The event that took this one in; null unless it was merged."""
    changes: tuple[ShortChange, ...] = ()
    """What is new, the first twenty."""
    changes_total: int | None = None
    """How many changes there are; null where they had not come yet."""
    changes_url: str
    """Address of all of them."""


class StoredArticle(Contract):
    """The article of an answer that has more, which may be wrong without the text being so."""

    article: Article
    """The latest revision."""


class SpanCheck(Contract):
    """Whether words stand where they are said to stand, in a text that is the one that was published."""

    article_id: str
    """The article that is cited."""
    revision: int
    """The revision whose text is stored."""
    span: Span
    """The place that is cited."""
    hash_matches: bool
    """Whether title and text are those that were hashed when the article was published."""
    words_match: bool
    """Whether the text has the cited words at the span."""
    expected: str
    """The cited words."""
    found: str | None
    """What stands there; null where the span lies outside the text."""
    problem: str | None = Field(default=None)
    """What is wrong, in a sentence; null: nothing."""

    @property
    def verified(self) -> bool:
        """Whether both hold."""
        return self.hash_matches and self.words_match


class Cited(Protocol):
    """Words of an article, and where they stand: a support, a passage, a sentence of a summary."""

    @property
    def article_id(self) -> str:
        """The article."""

    @property
    def span(self) -> Span:
        """Where, in its `text`."""

    @property
    def text(self) -> str:
        """The words."""


class Quote(Contract):
    """Words of an article, where they are given as something else."""

    article_id: str
    """The article."""
    span: Span
    """Where the words stand in its `text`."""
    text: str
    """The words."""


Row = dict[str, Any]
"""An article as ingest takes it; `services/ingest/README.md` has its fields. Only `text` or `html` is required."""
