"""`GET /v1/events`, the list of events, and `GET /v1/claims`, the claims of all events."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.cursors import BadCursor
from services.api.errors import bad_cursor
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.routes_events import DEFAULT_LIMIT, Limit
from services.api.saved_searches.expanding import SAVED_PARAMETER, SavedSearchExpander
from services.api.search.answers import claims_body, events_body
from services.api.search.following import IndexFollower
from services.api.search.list_finding import EventLister, index_of, no_index
from services.api.search.list_request import read_claim_request, read_list_request, write_claim_cursor
from services.api.search.models import FoundClaimList, FoundEventList
from services.api.search.openapi import CLAIM_QUERY, EVENT_QUERY
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses


def search_router(
    store: ViewStore, follower: IndexFollower | None, expand: SavedSearchExpander, lister: EventLister
) -> APIRouter:
    """The routes, reading from the index."""
    router = APIRouter(prefix="/v1")
    refusals = problem_responses(400, 404, 422, 503)

    @router.get(
        "/events",
        tags=["events"],
        response_model=FoundEventList,
        summary="List and search events",
        responses={**NOT_MODIFIED, **refusals},
        openapi_extra={"parameters": [*EVENT_QUERY, SAVED_PARAMETER]},
    )
    async def list_events(request: Request, limit: Limit = DEFAULT_LIMIT) -> Response:
        """Those that meet all conditions, the one that changed last first.

        Merged events are not listed; their ids still answer. Following `next` in that order gives every event that was
        there when you began once, whatever changes meanwhile. `sort=meaning` also finds events that tell of `q` in
        other words; `searched_by` says whether meaning could be searched. While the service starts, conditions and
        other orders are answered with 503, the plain list is not.
        """
        parameters = await expand(request.query_params.multi_items())
        try:
            asked = read_list_request(parameters, limit)
        except BadCursor as error:
            raise bad_cursor(error) from error
        found = await lister.find(asked.request)
        return hashed_answer(request, events_body(found, asked.fields, searched=bool(asked.request.filter.q)))

    @router.get(
        "/claims",
        tags=["claims"],
        response_model=FoundClaimList,
        summary="Search claims",
        responses={**NOT_MODIFIED, **problem_responses(400, 422, 503)},
        openapi_extra={"parameters": CLAIM_QUERY},
    )
    async def list_claims(request: Request, limit: Limit = DEFAULT_LIMIT) -> Response:
        """Claims of all events that are listed: who said what, about whom, where it stands, and in which event.

        The one that was first reported last comes first; undated ones come last. Of a very big event those claims are
        searched that its snapshot has. `event` takes the id of a merged event for the one that took it in.
        """
        try:
            asked = read_claim_request(request.query_params.multi_items(), limit)
        except BadCursor as error:
            raise bad_cursor(error) from error
        if follower is None:
            raise no_index()
        index = index_of(follower)
        marks = [await store.current(event_id) for event_id in asked.filter.event]
        events = tuple(mark.event_id if mark else one for one, mark in zip(asked.filter.event, marks, strict=True))
        asked = replace(asked, filter=asked.filter.model_copy(update={"event": events}))
        found = await index.claims(asked)
        return hashed_answer(request, claims_body(found, write_claim_cursor(found.next)))

    return router
