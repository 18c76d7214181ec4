"""The client that blocks."""

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
from services.client.checking_spans import check_span, quote_of
from services.client.models import Cited, Row, SpanCheck, Update
from services.client.parameters import ClaimConditions, EventConditions, Moment, Texts, as_query
from services.client.sync_lists import Listing, OnBreak, Stream
from services.client.sync_session import SyncSession
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventArticle
from services.ingest.push.answer_models import SubmissionAnswer


class Newsweave(SyncSession):
    """Asks the services of Newsweave. May be shared between threads.

    Every method raises `NewsweaveError` (services/client/errors.py): `UnavailableError` where nothing answers, or not
    for now; `RefusedError` where the service will not; `UnreadableAnswerError` where the answer is not what this client
    knows.
    """

    def events(
        self, *, sort: str | None = None, limit: int | None = None, **conditions: Unpack[EventConditions]
    ) -> Listing[FoundEventList, ListedEvent]:
        """Events that meet all conditions, the one that changed last first; `limit` of them, or all."""
        return self.walk(walks.events(conditions, sort, limit))

    def search(
        self,
        *,
        sort: str | None = None,
        facets: Texts | None = None,
        fields: Texts | None = None,
        limit: int = 20,
        cursor: str | None = None,
        **conditions: Unpack[EventConditions],
    ) -> FoundEventList:
        """One part of the list of events, at most 100, with facets, highlights and what words were corrected to."""
        asked = {"sort": sort, "facets": facets, "fields": fields, "limit": limit, "cursor": cursor}
        return self.ask(calls.events(as_query({**asked, **conditions})))

    def claims(
        self, *, limit: int | None = None, **conditions: Unpack[ClaimConditions]
    ) -> Listing[FoundClaimList, FoundClaim]:
        """Claims of all events that meet all conditions, the one first reported last first."""
        return self.walk(walks.claims(conditions, limit))

    def event(self, event_id: str, *, version: int | None = None, as_of: Moment | None = None) -> Event:
        """One event, whole: as it is, at a version, or as it was to be had at a time.

        The id of a merged event gives the event that took it in; with `version`, itself.
        """
        return self.ask(calls.event(event_id, version, as_of))

    def event_articles(self, event_id: str) -> Listing[EventArticles, EventArticle]:
        """All articles of an event in order of publication, each with why it is there."""
        return self.walk(walks.event_articles(event_id))

    def event_claims(self, event_id: str) -> Listing[EventClaims, ListedClaim]:
        """All claims of an event in order of first report, each with the first report of every origin."""
        return self.walk(walks.event_claims(event_id))

    def changes(
        self, event_id: str, *, since: int | Moment | None = None, kind: Texts | None = None
    ) -> Listing[EventChanges, EventChange]:
        """What was new about an event after a version, or from a time on. `part.whole`: no change is missing."""
        return self.walk(walks.changes(event_id, since, kind))

    def article(self, article_id: str) -> ArticleView:
        """The latest revision of an article, with its claims."""
        return self.ask(calls.article(article_id))

    def membership(self, article_id: str) -> MembershipView:
        """Why an article is in its event."""
        return self.ask(calls.membership(article_id))

    def trace(self, article_id: str) -> TraceView:
        """What became of an article, stage by stage."""
        return self.ask(calls.trace(article_id))

    def match(
        self, text: str, *, title: str | None = None, published_at: datetime | None = None, url: str | None = None
    ) -> Match:
        """Which event a text is about. Nothing of the text is kept."""
        return self.ask(calls.match({"text": text, "title": title, "published_at": published_at, "url": url}))

    def match_all(self, drafts: Sequence[Mapping[str, Any]]) -> Matches:
        """Which events several texts are about, at most 50: rows with the arguments of `match`."""
        return self.ask(calls.match_all(drafts))

    def check(
        self,
        text: str,
        *,
        title: str | None = None,
        published_at: datetime | None = None,
        event_id: str | None = None,
    ) -> CheckAnswer:
        """What of a draft is reported, claim by claim, in its event. Nothing of the draft is kept."""
        draft = {"text": text, "title": title, "published_at": published_at, "event_id": event_id}
        return self.ask(calls.check(draft))

    def verify(self, cited: Cited | FoundClaim) -> SpanCheck:
        """Read the article that is cited; compare the words at the span, and the text with its hash, on this side."""
        quote = quote_of(cited)
        return check_span(quote, self.ask(calls.stored_article(quote.article_id)).article)

    def verification(self, event_id: str) -> Verification:
        """Every span of an event, held against the stored articles by the service."""
        return self.ask(calls.verification(event_id))

    def receipt(self, event_id: str, claim_id: str, *, version: int | None = None) -> ClaimReceipt:
        """Every report of a claim, held against the stored articles by the service."""
        return self.ask(calls.receipt(event_id, claim_id, version))

    def speaker(self, name: str, *, limit: int = 5, cursor: str | None = None) -> FoundSpeaker:
        """What a person or body said, by event; `limit` events, at most 20. `name`: the full name, or its key."""
        return self.ask(calls.speaker(name, limit, cursor))

    def entity(self, name: str, *, limit: int = 5, cursor: str | None = None) -> FoundEntity:
        """Where a person, organisation or place is named, by event; `limit` events, at most 20."""
        return self.ask(calls.entity(name, limit, cursor))

    def outlet(
        self, key: str, *, measure: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> FoundOutlet:
        """What an outlet did, in counts without a rating, and the events behind them or behind one `measure`."""
        return self.ask(calls.outlet(key, measure, limit, cursor))

    def limits(self) -> Limits:
        """What this client may do, and what is left of it."""
        return self.ask(calls.limits())

    def position(self) -> str:
        """Where the stream is now. Ask for it before you read lists: a stream `after` it misses nothing of theirs."""
        return self.ask(calls.position())

    def submit(
        self, articles: Iterable[Row], *, idempotency_key: str | None = None, skip_bad: bool = False
    ) -> SubmissionAnswer:
        """Send articles to ingest, at most 1,000 and 32 MiB, in one request: all are taken, or none.

        Args:
            articles: Rows; only `text` or `html` is required.
            idempotency_key: Names this submission: the same one again with the same key gets the first one's answer.
                Default: a new one, which holds for the tries of this call.
            skip_bad: Take the good rows although others are refused; the answer names both.
        """
        return self.ask(calls.submit(articles, idempotency_key or str(uuid4()), skip_bad=skip_bad))

    def stream(
        self,
        *,
        after: str | None = None,
        since: Moment | None = None,
        change: Texts | None = None,
        follow: bool = True,
        on_break: OnBreak | None = None,
        **conditions: Unpack[EventConditions],
    ) -> Stream[Update]:
        """Events that meet all conditions as they change, over breaks: nothing is missed, nothing comes twice.

        Args:
            after: A position, such as `Stream.position` of an earlier run.
            since: Begin with what changed then, where no position is given. Without either: with what comes next.
            change: Kinds of changes, of which an update must have one.
            follow: Go on when all up to now was given.
            on_break: Hears why a connection ended and after how many seconds the next one is made.
            conditions: As of `events`.
        """
        following = walks.updates(conditions, after=after, since=since, change=change, is_endless=follow)
        return self.follow(following, on_break)
