"""`/events/{event_id}@{version}`: the page of one version of an event, with a receipt for each claim.

With `#{claim_id}` it is the lasting address of a claim; with `?claim={claim_id}` the receipt of that claim has each
report, and those of the others are short.
"""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from services.api.errors import no_event
from services.api.history.kept_versions import KeptVersion, find_version
from services.api.history.parameters import MOST_DIGITS
from services.api.history.reading import read_version
from services.api.pages.event_page import EventPageView, event_page
from services.api.pages.rendering import Pages
from services.api.pages.shown_part import shown_part
from services.api.pages.version_page import page_of_version
from services.api.view_store import ViewStore
from services.contracts.article import Article
from services.contracts.event import Event


def version_pages_router(store: ViewStore, pages: Pages) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/events/{event_id}@{version}")
    async def show_version(event_id: str, version: str, claim: str | None = None) -> HTMLResponse:
        if not (version.isascii() and version.isdigit() and len(version) <= MOST_DIGITS):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        kept = await find_version(store.history, event_id, int(version))
        document = await read_version(store.history, event_id, kept.entries, kept.place)
        event, article_ids = await run_in_threadpool(_read, document)
        stored = await store.article_texts(article_ids)
        current = await _current(store, kept, event)
        view = await run_in_threadpool(_view, event, kept, current, stored, claim)
        return await pages.render_aside("event.html", event=view)

    return router


def _read(document: bytes) -> tuple[Event, list[str]]:
    """The event, and the ids of the articles whose texts its receipts need."""
    event = Event.model_validate_json(document)
    supports = (support for claim in shown_part(event).claims for support in claim.supports)
    return event, list(dict.fromkeys(support.article_id for support in supports))


async def _current(store: ViewStore, kept: KeptVersion, event: Event) -> Event:
    """The event as it is now, or the one that took it in."""
    mark = await store.current(kept.event_id)
    if mark is None:
        raise no_event(kept.event_id)
    if (mark.event_id, mark.version) == (event.event_id, event.version):
        return event
    stored = await store.event(mark.event_id)
    if stored is None:
        raise no_event(kept.event_id)
    return await run_in_threadpool(Event.model_validate_json, stored.document)


def _view(
    event: Event, kept: KeptVersion, current: Event, stored: Mapping[str, Article], asked_claim: str | None
) -> EventPageView:
    return event_page(event, event.event_id, page_of_version(event, kept, current, stored, asked_claim))
