"""The client that does not block. Its methods are those of `Newsweave`, which documents them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Unpack
from uuid import uuid4

from services.api.check.models import CheckAnswer
from services.api.event_lists import ListedClaim
from services.api.history.models import EventChanges
from services.api.manners.limits_models import Limits
from services.api.match.models import Match, Matches
from services.api.models import ArticleView, EventArticles, EventClaims, MembershipView, TraceView
from services.api.names.models import FoundEntity, FoundSpeaker
from services.api.outlets.models import FoundOutlet
from services.api.receipts.receipt import ClaimReceipt
from services.api.search.models import FoundClaim, FoundClaimList, FoundEventList, ListedEvent
from services.api.verification import Verification
from services.client import calls, walks
from services.client.async_lists import AsyncListing, AsyncStream
from services.client.async_session import AsyncSession
from services.client.checking_spans import check_span, quote_of
from services.client.models import Cited, Row, SpanCheck, Update
from services.client.parameters import ClaimConditions, EventConditions, Moment, Texts, as_query
from services.client.sync_lists import OnBreak
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventArticle
from services.ingest.push.answer_models import SubmissionAnswer


class AsyncNewsweave(AsyncSession):
    """As `Newsweave`, for programs with an event loop."""

    def events(
        self, *, sort: str | None = None, limit: int | None = None, **conditions: Unpack[EventConditions]
    ) -> AsyncListing[FoundEventList, ListedEvent]:
        """As `Newsweave.events`."""
        return self.walk(walks.events(conditions, sort, limit))

    async def search(
        self,
        *,
        sort: str | None = None,
        facets: Texts | None = None,
        fields: Texts | None = None,
        limit: int = 20,
        cursor: str | None = None,
        **conditions: Unpack[EventConditions],
    ) -> FoundEventList:
        """As `Newsweave.search`."""
        asked = {"sort": sort, "facets": facets, "fields": fields, "limit": limit, "cursor": cursor}
        return await self.ask(calls.events(as_query({**asked, **conditions})))

    def claims(
        self, *, limit: int | None = None, **conditions: Unpack[ClaimConditions]
    ) -> AsyncListing[FoundClaimList, FoundClaim]:
        """As `Newsweave.claims`."""
        return self.walk(walks.claims(conditions, limit))

    async def event(self, event_id: str, *, version: int | None = None, as_of: Moment | None = None) -> Event:
        """As `Newsweave.event`."""
        return await self.ask(calls.event(event_id, version, as_of))

    def event_articles(self, event_id: str) -> AsyncListing[EventArticles, EventArticle]:
        """As `Newsweave.event_articles`."""
        return self.walk(walks.event_articles(event_id))

    def event_claims(self, event_id: str) -> AsyncListing[EventClaims, ListedClaim]:
        """As `Newsweave.event_claims`."""
        return self.walk(walks.event_claims(event_id))

    def changes(
        self, event_id: str, *, since: int | Moment | None = None, kind: Texts | None = None
    ) -> AsyncListing[EventChanges, EventChange]:
        """As `Newsweave.changes`."""
        return self.walk(walks.changes(event_id, since, kind))

    async def article(self, article_id: str) -> ArticleView:
        """As `Newsweave.article`."""
        return await self.ask(calls.article(article_id))

    async def membership(self, article_id: str) -> MembershipView:
        """As `Newsweave.membership`."""
        return await self.ask(calls.membership(article_id))

    async def trace(self, article_id: str) -> TraceView:
        """As `Newsweave.trace`."""
        return await self.ask(calls.trace(article_id))

    async def match(
        self, text: str, *, title: str | None = None, published_at: datetime | None = None, url: str | None = None
    ) -> Match:
        """As `Newsweave.match`."""
        return await self.ask(calls.match({"text": text, "title": title, "published_at": published_at, "url": url}))

    async def match_all(self, drafts: Sequence[Mapping[str, Any]]) -> Matches:
        """As `Newsweave.match_all`."""
        return await self.ask(calls.match_all(drafts))

    async def check(
        self,
        text: str,
        *,
        title: str | None = None,
        published_at: datetime | None = None,
        event_id: str | None = None,
    ) -> CheckAnswer:
        """As `Newsweave.check`."""
        draft = {"text": text, "title": title, "published_at": published_at, "event_id": event_id}
        return await self.ask(calls.check(draft))

    async def verify(self, cited: Cited | FoundClaim) -> SpanCheck:
        """As `Newsweave.verify`."""
        quote = quote_of(cited)
        return check_span(quote, (await self.ask(calls.stored_article(quote.article_id))).article)

    async def verification(self, event_id: str) -> Verification:
        """As `Newsweave.verification`."""
        return await self.ask(calls.verification(event_id))

    async def receipt(self, event_id: str, claim_id: str, *, version: int | None = None) -> ClaimReceipt:
        """As `Newsweave.receipt`."""
        return await self.ask(calls.receipt(event_id, claim_id, version))

    async def speaker(self, name: str, *, limit: int = 5, cursor: str | None = None) -> FoundSpeaker:
        """As `Newsweave.speaker`."""
        return await self.ask(calls.speaker(name, limit, cursor))

    async def entity(self, name: str, *, limit: int = 5, cursor: str | None = None) -> FoundEntity:
        """As `Newsweave.entity`."""
        return await self.ask(calls.entity(name, limit, cursor))

    async def outlet(
        self, key: str, *, measure: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> FoundOutlet:
        """As `Newsweave.outlet`."""
        return await self.ask(calls.outlet(key, measure, limit, cursor))

    async def limits(self) -> Limits:
        """As `Newsweave.limits`."""
        return await self.ask(calls.limits())

    async def position(self) -> str:
        """As `Newsweave.position`."""
        return await self.ask(calls.position())

    async def submit(
        self, articles: Iterable[Row], *, idempotency_key: str | None = None, skip_bad: bool = False
    ) -> SubmissionAnswer:
        """As `Newsweave.submit`."""
        return await self.ask(calls.submit(articles, idempotency_key or str(uuid4()), skip_bad=skip_bad))

    def stream(
        self,
        *,
        after: str | None = None,
        since: Moment | None = None,
        change: Texts | None = None,
        follow: bool = True,
        on_break: OnBreak | None = None,
        **conditions: Unpack[EventConditions],
    ) -> AsyncStream[Update]:
        """As `Newsweave.stream`."""
        following = walks.updates(conditions, after=after, since=since, change=change, is_endless=follow)
        return self.follow(following, on_break)
