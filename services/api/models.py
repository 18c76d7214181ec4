"""The bodies of the HTTP API that are no contracts of their own."""

from pydantic import Field

from services.api.summaries import EventSummary
from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle
from services.contracts.event import ArticleRole, Membership


class EventList(Contract):
    """Part of the list of events, the one changed last first."""

    events: tuple[EventSummary, ...]
    next: str | None = Field(default=None, examples=["2026-03-04T16:05:00.000000Z~evt_4be1d0a7c39f52e6810b"])
    """Pass it as `cursor` to continue; null: this was the last part."""


class ArticleView(ExtractedArticle):
    """An article with its claims. Every claim's text equals the article's text at the claim's span."""

    event_id: str | None = None
    """The event it is in; null until it was placed."""


class MembershipView(Contract):
    """Why an article is in its event: the decision that put it there, number by number."""

    article_id: str
    """The article."""
    event_id: str
    """The event it is in."""
    event_version: int
    """The version of the event that this was read from."""
    headline: str
    """Of the event."""
    role: ArticleRole
    """What part the article plays."""
    membership: Membership
    """Score, threshold, signals against the member that fits best, runner-up, nearest other event, and the model."""
