"""`/v1/events/{event_id}/articles` and `/claims`: all that an event has, whatever its snapshot leaves out."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.list_reading import ARTICLES, CLAIMS, find_event, read_list
from services.api.models import EventArticles, EventClaims
from services.api.routes_events import DEFAULT_LIMIT, EVENT_HEADERS, Cursor, EventId, Limit, event_location
from services.api.view_store import StoredEvent, ViewStore
from services.runtime.problems import problem_responses

RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"headers": EVENT_HEADERS},
    **NOT_MODIFIED,
    **problem_responses(400, 404, 409, 422, 503),
}


def event_lists_router(store: ViewStore) -> APIRouter:
    """The routes, reading from `store`."""
    router = APIRouter(prefix="/v1/events/{event_id}", tags=["events"])

    @router.get("/articles", response_model=EventArticles, summary="All articles of an event", responses=RESPONSES)
    async def list_articles(
        request: Request, event_id: EventId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> Response:
        """In order of publication, each with why it is in the event: also those that the event itself leaves out.

        Articles that come in while you follow `next` shift nothing. The id of a merged event answers for the event
        that took it in.
        """
        found = await find_event(store, event_id)
        told = await read_list(store, found, ARTICLES, limit, cursor)
        body = EventArticles(**told.fields(), articles=told.items)
        return hashed_answer(request, body.model_dump_json().encode(), _location(event_id, found, "articles"))

    @router.get("/claims", response_model=EventClaims, summary="All claims of an event", responses=RESPONSES)
    async def list_claims(
        request: Request, event_id: EventId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> Response:
        """Merged claims in order of first report, each with the first report of every independent origin.

        Claims that come in while you follow `next` shift nothing. The id of a merged event answers for the event that
        took it in.
        """
        found = await find_event(store, event_id)
        told = await read_list(store, found, CLAIMS, limit, cursor)
        body = EventClaims(**told.fields(), claims=told.items)
        return hashed_answer(request, body.model_dump_json().encode(), _location(event_id, found, "claims"))

    return router


def _location(asked: str, stored: StoredEvent, name: str) -> dict[str, str]:
    headers = event_location(asked, stored.mark)
    headers["Content-Location"] += f"/{name}"
    return headers
