"""`/v1/events/{event_id}/verification`: is what an event cites what its articles say?"""

import asyncio

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.errors import no_event, no_successor
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.routes_events import EVENT_HEADERS, EventId, event_location
from services.api.verification import Verification, cited_articles, verify
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses


def verification_router(store: ViewStore) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(prefix="/v1/events", tags=["events"])

    @router.get(
        "/{event_id}/verification",
        response_model=Verification,
        summary="Every span of an event against its articles",
        responses={200: {"headers": EVENT_HEADERS}, **NOT_MODIFIED, **problem_responses(404, 409, 422, 503)},
    )
    async def get_verification(request: Request, event_id: EventId) -> Response:
        """Compares the event's words with the stored text at every span, and each stored text with its hash.

        200 whatever comes of it: `verified` says whether all is right, `mismatches` what is not. The id of a merged
        event answers for the event it was merged into.
        """
        mark = await store.current(event_id)
        stored = None if mark is None else await store.event(mark.event_id)
        if stored is None:
            raise no_event(event_id)
        if stored.mark.merged_into is not None:
            raise no_successor(event_id, stored.mark.merged_into)
        event = orjson.loads(stored.document)
        texts = await store.article_texts(cited_articles(event))
        # In a thread: a large event has ten thousands of spans, and other requests should not wait for them.
        found = await asyncio.to_thread(verify, event, texts)
        headers = event_location(event_id, stored.mark)
        headers["Content-Location"] += "/verification"
        return hashed_answer(request, found.model_dump_json().encode(), headers)

    return router
