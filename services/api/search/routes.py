"""`GET /v1/events`, the list of events, and `GET /v1/claims`, the claims of all events."""

from dataclasses import replace
from http import HTTPStatus

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.cursors import BadCursor, CursorTooOld
from services.api.errors import Refused, bad_cursor
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.match.meaning import MeaningSearch
from services.api.models import EventList
from services.api.routes_events import DEFAULT_LIMIT, Limit
from services.api.saved_searches.expanding import SAVED_PARAMETER, SavedSearchExpander
from services.api.search.answers import claims_body, events_body
from services.api.search.following import IndexFollower
from services.api.search.fused_search import search_fused
from services.api.search.list_cursors import ListCursor, Sort, write_list_cursor
from services.api.search.list_request import (
    ListRequest,
    read_claim_request,
    read_list_request,
    write_claim_cursor,
)
from services.api.search.models import FoundClaimList, FoundEventList
from services.api.search.openapi import CLAIM_QUERY, EVENT_QUERY
from services.api.search.search_index import SearchIndex
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses

CATCH_UP_SECONDS = 5.0
"""Longest wait for an index that is not as far yet as the one that began a walk."""


def search_router(
    store: ViewStore, follower: IndexFollower | None, expand: SavedSearchExpander, meaning: MeaningSearch
) -> APIRouter:
    """The routes, reading from the index; the plain list, while there is none, from `store`."""
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
        if follower is None or not follower.is_ready:
            if asked.needs_index:
                raise no_index()
            return hashed_answer(request, await _plain_list(store, asked))
        began = asked.request.cursor.position if asked.request.cursor is not None else None
        if began is not None and not await follower.reach(began, CATCH_UP_SECONDS):
            raise no_index()
        if asked.request.sort is Sort.MEANING:
            return hashed_answer(request, await _by_meaning(_index_of(follower), asked, meaning))
        return hashed_answer(request, await _by_words(_index_of(follower), asked))

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
        if follower is None or not follower.is_ready:
            raise no_index()
        marks = [await store.current(event_id) for event_id in asked.filter.event]
        events = tuple(mark.event_id if mark else one for one, mark in zip(asked.filter.event, marks, strict=True))
        asked = replace(asked, filter=asked.filter.model_copy(update={"event": events}))
        found = await _index_of(follower).claims(asked)
        return hashed_answer(request, claims_body(found, write_claim_cursor(found.next)))

    return router


async def _by_words(index: SearchIndex, asked: ListRequest) -> bytes:
    """In the order asked for, where words are the most that is searched."""
    try:
        found = await index.events(asked.request)
    except CursorTooOld as error:
        raise bad_cursor(error) from error
    return events_body(found, asked.fields, searched=bool(asked.request.filter.q))


async def _by_meaning(index: SearchIndex, asked: ListRequest, meaning: MeaningSearch) -> bytes:
    """By words and meaning; by words alone where there are no vectors to be had."""
    rankings = await meaning.rankings(asked.request.filter.q)
    found = await search_fused(index, asked.request, rankings or ())
    searched_by = ("words",) if rankings is None else ("words", "meaning")
    return events_body(found, asked.fields, searched=True, searched_by=searched_by)


def _index_of(follower: IndexFollower) -> SearchIndex:
    if follower.index is None:  # it went between two waits: the service stops
        raise no_index()
    return follower.index


async def _plain_list(store: ViewStore, asked: ListRequest) -> bytes:
    """The list without conditions, from the store: while the index is built."""
    cursor = asked.request.cursor
    page = await store.page(asked.request.limit, None if cursor is None else cursor.place)
    following = None
    if page.last is not None:
        began = None if cursor is None else cursor.position
        following = write_list_cursor(ListCursor(Sort.UPDATED, page.last, began))
    body = EventList(events=page.summaries, next=following).model_dump(mode="json")
    if asked.fields:
        body["events"] = [{name: event[name] for name in event if name in asked.fields} for event in body["events"]]
    return orjson.dumps(body)


def no_index() -> Refused:
    """The index is not built yet."""
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The index of searches is being built",
        "The service has just started and reads all events. Try again in a few seconds; /readyz says when it is ready. "
        "The list of events without conditions, /v1/events, is answered meanwhile.",
    )
