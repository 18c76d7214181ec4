"""`/v1/events/{event_id}/changes`: what is new about an event, one by one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import WithJsonSchema
from starlette.responses import Response

from services.api.cursors import BadCursor
from services.api.errors import bad_cursor, no_event
from services.api.filters.openapi import MOMENT_PATTERN
from services.api.history.change_cursors import CURSOR_PATTERN, decode_place
from services.api.history.change_reading import read_changes
from services.api.history.models import EventChanges
from services.api.history.parameters import read_change_kinds, read_since, refuse_unknown
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.routes_events import DEFAULT_LIMIT, EventId, Limit
from services.api.view_store import ViewStore
from services.contracts.change_kinds import ChangeKind
from services.runtime.problems import problem_responses

Since = Annotated[
    str | None,
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": MOMENT_PATTERN}, {"type": "integer", "minimum": 0}]}),
    Query(
        description="A version of the event: the changes after it. Or a time (or a date, which is its first moment, in "
        "UTC): the changes that were to be had then or later."
    ),
]
Kinds = Annotated[
    list[str] | None,
    WithJsonSchema({"type": "array", "items": {"type": "string", "enum": [kind.value for kind in ChangeKind]}}),
    Query(description="Kinds of changes, repeated or between commas: any of them.", examples=[["denial"]]),
]
ChangeCursor = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": CURSOR_PATTERN}),
    Query(description="The `next` of the answer to continue. It comes before `since`."),
]


def history_router(store: ViewStore) -> APIRouter:
    """The routes, reading from `store`."""
    router = APIRouter(prefix="/v1/events/{event_id}", tags=["events"])

    @router.get(
        "/changes",
        response_model=EventChanges,
        summary="Changes of an event",
        responses={**NOT_MODIFIED, **problem_responses(400, 404, 422, 503)},
    )
    async def list_changes(
        request: Request,
        event_id: EventId,
        *,
        since: Since = None,
        kind: Kinds = None,
        limit: Limit = DEFAULT_LIMIT,
        cursor: ChangeCursor = None,
    ) -> Response:
        """In order: articles that joined, origins that were gained, figures superseded, contradictions opened, more.

        The id of a merged event answers with its own changes, of which the last is `merged`.
        """
        refuse_unknown(request.query_params.multi_items(), ("since", "kind", "limit", "cursor"))
        try:
            since_when = read_since(since)
            begin = since_when if cursor is None else decode_place(cursor)
        except BadCursor as error:
            raise bad_cursor(error) from error
        kinds = read_change_kinds("kind", kind or ())
        answer = await read_changes(store.history, event_id, begin, kinds, limit)
        if not answer.version and await store.current(event_id) is None:
            raise no_event(event_id)
        return hashed_answer(request, answer.model_dump_json().encode())

    return router
