"""The client that does not block. Its methods are those of `Newsweave`, which documents them."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Self, TypeVar, Unpack
from uuid import uuid4

import httpx
from httpx_sse import SSEError, aconnect_sse

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
from services.client.checking_spans import check_span, quote_of
from services.client.connecting import connecting
from services.client.conversation import Conversation, Manners, Pause
from services.client.exchange import Answer, Call, Request, Unanswered
from services.client.following import Following, Frame
from services.client.kept_answers import KeptAnswers
from services.client.models import Cited, Row, SpanCheck, Update
from services.client.parameters import ClaimConditions, EventConditions, Moment, Texts, as_query
from services.client.problems import error_of, not_reachable
from services.client.sync_client import KEPT_BYTES, PATIENCE_SECONDS, TIMEOUT_SECONDS
from services.client.sync_lists import OnBreak
from services.client.transport import answer_of, arguments, stream_timeout, unanswered
from services.client.walk import Walk
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventArticle
from services.ingest.push.answer_models import SubmissionAnswer

T = TypeVar("T")
P = TypeVar("P")


class AsyncNewsweave:
    """As `Newsweave`, for programs with an event loop."""

    def __init__(
        self,
        url: str | None = None,
        *,
        ingest_url: str | None = None,
        api_key: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        kept_bytes: int = KEPT_BYTES,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """As `Newsweave`."""
        self._connecting = connecting(url, ingest_url, api_key, os.environ)
        self._manners = Manners(
            self._connecting.addresses, patience_seconds, KeptAnswers(kept_bytes), clock=time.monotonic
        )
        self._pause = pause
        self._stream_timeout = stream_timeout(timeout_seconds)
        self._http = {
            service: httpx.AsyncClient(
                base_url=address,
                timeout=timeout_seconds,
                headers=self._connecting.headers,
                trust_env=self._connecting.trusts_environment,
            )
            for service, address in self._connecting.addresses.items()
        }

    async def __aenter__(self) -> Self:
        """The client itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close its connections."""
        await self.close()

    async def close(self) -> None:
        """Close its connections."""
        for client in self._http.values():
            await client.aclose()

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

    async def request(self, request: Request) -> Any:
        """As `Newsweave.request`."""
        return await self.ask(calls.anything(request))

    def walk(self, walk: Walk[P, T]) -> AsyncListing[P, T]:
        """As `Newsweave.walk`."""
        return AsyncListing(walk, self.ask)

    def follow(self, following: Following[T], on_break: OnBreak | None = None) -> AsyncStream[T]:
        """As `Newsweave.follow`."""
        return AsyncStream(following, self._frames, self._pause, on_break)

    async def ask(self, call: Call[T]) -> T:
        """As `Newsweave.ask`."""
        steps: Conversation[T] = self._manners.converse(call)
        outcome: Answer | Unanswered | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(step, Pause):
                await self._pause(step.seconds)
                outcome = None
            else:
                outcome = await self._send(step)

    async def _send(self, request: Request) -> Answer | Unanswered:
        try:
            return answer_of(await self._http[request.service].request(**arguments(request)))
        except httpx.RequestError as error:
            return unanswered(error)

    @asynccontextmanager
    async def _frames(self, request: Request) -> AsyncIterator[AsyncIterator[Frame]]:
        address = self._connecting.addresses[request.service]
        sent = {**arguments(request), "timeout": self._stream_timeout}
        try:
            async with aconnect_sse(self._http[request.service], **sent) as source:
                if not source.response.is_success:
                    await source.response.aread()
                    raise error_of(request, answer_of(source.response), address)
                yield source.aiter_sse()
        except (httpx.RequestError, SSEError) as error:
            raise not_reachable(unanswered(error), address) from error
