"""A view with articles that can be matched, and extract and dedupe to read drafts, without processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.draft_services import DraftServices
from services.api.match.matcher import TextVector
from services.api.view_store import ViewStore
from services.contracts.event import Event
from services.dedupe.draft_embedding import bound_embedding, embed_with
from services.dedupe.draft_embedding import create_app as create_dedupe_app
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.extract.draft_reading import bound_reading, read_draft
from services.extract.draft_reading import create_app as create_extract_app
from services.local.evaluation.match import LabelledArticle, lay_in
from services.runtime.http_guard import HttpGuard
from services.runtime.settings import RuntimeSettings
from tests.support.embedders import LetterEmbedder
from tests.unit.api.examples import NOON, extracted, member
from tests.unit.api.examples import event as some_event
from tests.unit.api.view import project_articles, project_events

EMBEDDER = LetterEmbedder()
PLACES, SECONDS, BODY_BYTES = 4, 60, 1_000_000


class BothServices(httpx.AsyncBaseTransport):
    """extract and dedupe, by the names of their hosts."""

    def __init__(self) -> None:
        reading, embedding = bound_reading(BODY_BYTES, PLACES, SECONDS), bound_embedding(BODY_BYTES, PLACES, SECONDS)
        reading.work, embedding.work = read_draft, embed_with(EMBEDDER)
        self._apps = {
            "extract": httpx.ASGITransport(create_extract_app(reading)),
            "dedupe": httpx.ASGITransport(create_dedupe_app(embedding)),
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """By the right one."""
        return await self._apps[request.url.host].handle_async_request(request)


@asynccontextmanager
async def client_with_drafts(redis: Redis, transport: httpx.AsyncBaseTransport) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the api, whose drafts are read through `transport`."""
    drafts = DraftServices("http://extract", "http://dedupe", transport)
    guarded = HttpGuard(create_app(ViewStore(redis), drafts=drafts), RuntimeSettings(trusted_hosts="newsweave.test"))
    app = httpx.ASGITransport(app=guarded)
    async with httpx.AsyncClient(transport=app, base_url="http://newsweave.test") as client:
        yield client


async def lay_article(
    redis: Redis,
    event_id: str,
    article_id: str,
    title: str,
    text: str,
    *,
    published_at: datetime = NOON,
    url: str | None = None,
) -> Event:
    """Put an article into the view, alone in its event, with vector and profile."""
    whole = extracted(article_id, text=text, claims=(), title=title, url=url)
    whole = whole.model_copy(update={"article": whole.article.model_copy(update={"published_at": published_at})})
    event = some_event(event_id, articles=(member(article_id, title=title, url=url),), headline=title)
    (row,) = EMBEDDER.embed([build_lead_text(title, text)], max_tokens=LEAD_TOKENS)
    vector = TextVector(EMBEDDER.model_id, tuple(map(float, row)))
    await lay_in(redis, [LabelledArticle(whole.article, event_id, vector)])
    await project_articles(redis, [whole])
    await project_events(redis, [event])
    return event
