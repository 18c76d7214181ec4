"""The bodies of the HTTP API that are no contracts of their own."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from services.api.event_lists import ListedClaim
from services.api.summaries import EventSummary
from services.api.trace_facts import Fact
from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle
from services.contracts.event import ArticleRole, EventArticle, Membership


class EventList(Contract):
    """Part of the list of events, the one changed last first."""

    events: tuple[EventSummary, ...]
    next: str | None = Field(default=None, examples=["2026-03-04T16:05:00.000000Z~evt_00cb0aa61a85bdfac1d4"])
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


class TraceStage(Fact):
    """One stage of an article's way. What a stage does not have is null."""

    outcome: Literal["done", "failed"]
    """Whether the stage could do its work."""
    at: datetime | None
    """When; null where that is not known."""


class TraceView(Contract):
    """What became of an article, stage by stage, in order of time."""

    article_id: str
    """The article."""
    stages: tuple[TraceStage, ...]
    """Its stages. What ingest refused is at ingest's own address, `/v1/articles/{article_id}/trace`."""


class _EventPart(Contract):
    """Part of a list of an event."""

    event_id: str
    """The event, which may have taken up the one that was asked for."""
    version: int
    """The version of the event that the list is of."""
    whole: bool
    """Whether the list has all that the event has. False where changes of the event are missing, since they are older
    than their topic keeps them: then it is what the event's snapshot lists."""
    total: int
    """How many the list has."""
    next: str | None = None
    """Pass it as `cursor` to continue; null: this was the last part."""


class EventArticles(_EventPart):
    """Part of the articles of an event, in order of publication; undated ones come last."""

    articles: tuple[EventArticle, ...]
    """The articles, each with why it is in the event."""


class EventClaims(_EventPart):
    """Part of the merged claims of an event, in order of first report; those that are undated come last."""

    claims: tuple[ListedClaim, ...]
    """The claims, each with the first report of every independent origin."""
