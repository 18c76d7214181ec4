"""The pages of speakers and of entities. Set on the server, without scripts."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from services.api.names.name_search import Role
from services.api.names.reading import is_known, read_entity, read_speaker
from services.api.pages.entity_page import entity_view
from services.api.pages.rendering import Pages
from services.api.pages.speaker_page import speaker_view
from services.api.search.following import IndexFollower
from services.api.search.list_finding import index_of
from services.api.view_store import ViewStore

SPEAKER_EVENTS, ENTITY_EVENTS = 5, 10
"""Events of one page."""


def name_pages_router(store: ViewStore, follower: IndexFollower | None, pages: Pages) -> APIRouter:
    """The routes, reading from the index and from `store`."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/speakers/{key}")
    async def show_speaker(key: str, cursor: str | None = None) -> HTMLResponse:
        index = index_of(follower)
        found = await read_speaker(index, store, key, SPEAKER_EVENTS, cursor)
        is_named = await is_known(index, Role.ENTITY, found.key)
        view = await run_in_threadpool(speaker_view, found, first_page=cursor is None, is_named=is_named)
        return await pages.render_aside("speaker.html", speaker=view)

    @router.get("/entities/{key}")
    async def show_entity(key: str, cursor: str | None = None) -> HTMLResponse:
        found = await read_entity(index_of(follower), key, ENTITY_EVENTS, cursor)
        view = await run_in_threadpool(entity_view, found, first_page=cursor is None)
        return await pages.render_aside("entity.html", entity=view)

    return router
