"""`GET /v1/speakers/{key}` and `GET /v1/entities/{key}`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from services.api.history.parameters import refuse_unknown
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.names.models import FoundEntity, FoundSpeaker
from services.api.names.reading import read_entity, read_speaker
from services.api.routes_events import Cursor, plain_number
from services.api.search.following import IndexFollower
from services.api.search.list_finding import index_of
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses

DEFAULT_EVENTS = 5
PARAMETERS = ("limit", "cursor")
HIGHEST_EVENTS = 20
"""Events of an answer: each can be a document of 1 MiB that is read for it."""

EventsLimit = Annotated[
    Annotated[int, Field(ge=1, le=HIGHEST_EVENTS)],
    BeforeValidator(plain_number),
    Query(description="Most events to give."),
]
SpeakerKey = Annotated[str, Path(description="Key of a speaker, or the full name.", examples=["ilya-marchenkov"])]
EntityKey = Annotated[
    str, Path(description="Key of a person, organisation or place, or the full name.", examples=["tolmar-lines"])
]


def names_router(store: ViewStore, follower: IndexFollower | None) -> APIRouter:
    """The routes, reading from the index and from `store`."""
    router = APIRouter(prefix="/v1")
    answers = {**NOT_MODIFIED, **problem_responses(400, 404, 422, 503)}

    @router.get(
        "/speakers/{key}",
        tags=["claims"],
        response_model=FoundSpeaker,
        summary="What one person or body said",
        responses=answers,
    )
    async def get_speaker(
        request: Request, key: SpeakerKey, limit: EventsLimit = DEFAULT_EVENTS, cursor: Cursor = None
    ) -> Response:
        """By event, the event that changed last first: each statement with how outlets quote it, and what opposes it.

        Across events there is only the name: those stand together whose fullest form is the same; `matching` says it in
        words. A name that is not the fullest anywhere gives no statements but in `stands_for` the names it is part of,
        and in `alone` the events that have nothing fuller.
        """
        refuse_unknown(request.query_params.multi_items(), PARAMETERS)
        found = await read_speaker(index_of(follower), store, key, limit, cursor)
        return hashed_answer(request, found.model_dump_json().encode())

    @router.get(
        "/entities/{key}",
        tags=["claims"],
        response_model=FoundEntity,
        summary="Where one person, organisation or place is named",
        responses=answers,
    )
    async def get_entity(
        request: Request, key: EntityKey, limit: EventsLimit = DEFAULT_EVENTS, cursor: Cursor = None
    ) -> Response:
        """By event, the event that changed last first: the claims that name it.

        Names of different events are matched as those of speakers are.
        """
        refuse_unknown(request.query_params.multi_items(), PARAMETERS)
        found = await read_entity(index_of(follower), key, limit, cursor)
        return hashed_answer(request, found.model_dump_json().encode())

    return router
