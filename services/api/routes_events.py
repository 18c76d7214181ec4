"""`/v1/events`: the list of events, and one event whole."""

import re
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.responses import Response

from services.api.changes import EventMark
from services.api.cursors import CURSOR_PATTERN, BadCursor, decode_cursor, encode_cursor
from services.api.errors import bad_cursor, no_event
from services.api.json_answers import NOT_MODIFIED, hashed_answer, json_answer, unchanged
from services.api.models import EventList
from services.api.summaries import EXAMPLE, event_url
from services.api.view_store import ViewStore
from services.contracts.event import Event
from services.runtime.problems import problem_responses

DEFAULT_LIMIT = 20
HIGHEST_LIMIT = 100

REQUESTED_EVENT = "Newsweave-Requested-Event"
"""Header that says which id was asked for, where the answer is the event that took it in."""

_NUMBER = re.compile(r"-?[0-9]{1,9}")

EventId = Annotated[str, Path(description="Id of an event, merged or not.", examples=[str(EXAMPLE["event_id"])])]


def _plain_number(value: object) -> object:
    """Only digits, with a minus at most: not `1_0`, `+1` or `1.0`, which pydantic reads too."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("give a whole number in plain digits")
    return value


Limit = Annotated[
    Annotated[int, Field(ge=1, le=HIGHEST_LIMIT)],
    BeforeValidator(_plain_number),
    Query(description="Most entries to give."),
]
Cursor = Annotated[
    str | None,
    # Not `pattern` of Query, which would answer 422: a cursor that is not one of ours is answered with 400.
    WithJsonSchema({"type": "string", "pattern": CURSOR_PATTERN}),
    Query(description="The `next` of the answer to continue."),
]

EVENT_HEADERS: dict[str, Any] = {
    "ETag": {"description": "Names this version.", "schema": {"type": "string"}},
    REQUESTED_EVENT: {
        "description": "Only when the event asked for was merged into the one given: the id asked for.",
        "schema": {"type": "string"},
    },
    "Content-Location": {"description": "Address of the event given.", "schema": {"type": "string"}},
}


def events_router(store: ViewStore) -> APIRouter:
    """The routes, reading from `store`."""
    router = APIRouter(prefix="/v1/events", tags=["events"])

    @router.get(
        "",
        response_model=EventList,
        summary="List events",
        responses={**NOT_MODIFIED, **problem_responses(400, 422, 503)},
    )
    async def list_events(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
        """The one that changed last comes first. Events that come in while you follow `next` shift nothing.

        Merged events are not listed; their ids still answer.
        """
        body = (await event_list(store, limit, cursor)).model_dump_json().encode()
        return hashed_answer(request, body)

    @router.get(
        "/{event_id}",
        response_model=Event,
        summary="One event, whole",
        responses={200: {"headers": EVENT_HEADERS}, **NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_event(request: Request, event_id: EventId) -> Response:
        """Claims with all that report them, disagreements, figures, articles, why each is here, the nearest event.

        The id of a merged event answers with the event it was merged into.
        """
        mark = await store.current(event_id)
        if mark is None:
            raise no_event(event_id)
        answer = unchanged(request, _etag(mark), event_location(event_id, mark))
        if answer is not None:
            return answer
        stored = await store.event(mark.event_id)
        if stored is None:
            raise no_event(event_id)
        return json_answer(stored.document, _etag(stored.mark), event_location(event_id, stored.mark))

    return router


async def event_list(store: ViewStore, limit: int, cursor: str | None) -> EventList:
    """Part of the list. Raises Refused for a cursor that is none."""
    try:
        after = None if cursor is None else decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor() from error
    page = await store.page(limit, after)
    return EventList(events=page.summaries, next=None if page.last is None else encode_cursor(page.last))


def _etag(mark: EventMark) -> str:
    return f'"{mark.version}-{mark.digest}"'


def event_location(asked: str, mark: EventMark) -> dict[str, str]:
    """Headers that say which event is given, where `asked` may have been merged into it."""
    headers = {"Content-Location": event_url(mark.event_id)}
    if asked != mark.event_id:
        headers[REQUESTED_EVENT] = quote(asked, safe="")
    return headers
