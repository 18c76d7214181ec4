"""The pages of one event and of one article. Set on the server; whole without scripts."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from services.api.errors import Refused, no_article, no_event
from services.api.history.parameters import read_since
from services.api.list_reading import ARTICLES, CLAIMS, find_event, read_list
from services.api.memberships import membership_of, with_memberships
from services.api.names.name_search import Role
from services.api.pages.article_page import NamesOfArticle, article_page, names_of_article
from services.api.pages.event_page import event_page
from services.api.pages.event_part_page import articles_part, claims_part
from services.api.pages.references import named_events
from services.api.pages.rendering import Pages
from services.api.pages.shown_part import shown_part
from services.api.pages.since_view import since_view
from services.api.search.following import IndexFollower
from services.api.summaries import EventSummary
from services.api.view_store import ViewStore
from services.api.visits.reading import changes_since
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event

ENTRIES_A_PAGE = 50
"""Articles, or claims, of one event."""


def pages_router(store: ViewStore, follower: IndexFollower | None, pages: Pages) -> APIRouter:
    """The routes, reading from `store`; the index tells which names have pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/events/{event_id}")
    async def show_event(event_id: str, since: str | None = None) -> HTMLResponse:
        begin = None if since is None else read_since(since)
        mark = await store.current(event_id)
        stored = await store.event(mark.event_id) if mark else None
        if stored is None:
            raise no_event(event_id)
        event, listed = await run_in_threadpool(_read, stored.document)
        event = await with_memberships(store, event, listed)
        headlines = await _headlines(store, event)
        view = await run_in_threadpool(event_page, event, event_id, None, headlines)
        since_then = None
        if begin is not None:
            changes = await changes_since(store.history, event_id, begin)
            since_then = await run_in_threadpool(since_view, changes, view.claim_ids)
        return await pages.render_aside("event.html", event=view, since=since_then)

    @router.get("/events/{event_id}/articles")
    async def show_articles(event_id: str, cursor: str | None = None) -> HTMLResponse:
        stored = await find_event(store, event_id)
        told = await read_list(store, stored, ARTICLES, ENTRIES_A_PAGE, cursor)
        summary = await _summary(told.event_id)
        return await pages.render_aside("event_part.html", part=articles_part(summary, told))

    @router.get("/events/{event_id}/claims")
    async def show_claims(event_id: str, cursor: str | None = None) -> HTMLResponse:
        stored = await find_event(store, event_id)
        told = await read_list(store, stored, CLAIMS, ENTRIES_A_PAGE, cursor)
        summary = await _summary(told.event_id)
        return await pages.render_aside("event_part.html", part=claims_part(summary, told))

    async def _summary(event_id: str) -> EventSummary:
        summary = await store.summary(event_id)
        if summary is None:
            raise no_event(event_id)
        return summary

    @router.get("/articles/{article_id}")
    async def show_article(article_id: str) -> HTMLResponse:
        stored = await store.article(article_id)
        if stored is None:
            raise no_article(article_id)
        extracted = ExtractedArticle.model_validate_json(stored.document)
        told = await membership_of(store, article_id, stored.event_id)
        membership = told.membership if told else None
        linked = await _linked(follower, names_of_article(extracted))
        view = await run_in_threadpool(article_page, extracted, stored.event_id, membership, linked)
        return await pages.render_aside("article.html", article=view)

    return router


async def _linked(follower: IndexFollower | None, names: NamesOfArticle) -> NamesOfArticle | None:
    """Those of the names that have pages; None where the index does not tell."""
    if follower is None or follower.index is None:
        return None
    try:
        speakers = await follower.index.known_names(Role.SPEAKER, names.speakers)
        has_outlet = names.outlet is not None and await follower.index.is_known_outlet(names.outlet)
    except Refused:  # it takes too long: the page does not wait for its links
        return None
    return NamesOfArticle(speakers, names.outlet if has_outlet else None)


async def _headlines(store: ViewStore, event: Event) -> dict[str, str]:
    """Of the other events that the page of this one names."""
    summaries = await store.summaries(named_events(shown_part(event)))
    return {event_id: summary.headline for event_id, summary in summaries.items()}


def _read(document: bytes) -> tuple[Event, list[str]]:
    """The event, and the ids of the articles that its page lists."""
    event = Event.model_validate_json(document)
    return event, [article.article_id for article in shown_part(event).articles]
