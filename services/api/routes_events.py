"""`/v1/events`: the list of events, and one event whole."""

import re
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Request
from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.responses import Response

from services.api.changes import EventMark
from services.api.cursors import CURSOR_PATTERN
from services.api.errors import Refused, no_event
from services.api.filters.openapi import MOMENT_PATTERN
from services.api.history.memento import HTTP_DATE_PATTERN, original_headers, read_accept_datetime
from services.api.history.parameters import read_as_of, refuse_unknown
from services.api.history.version_answers import AskedVersion, AsOf, earlier_answer
from services.api.json_answers import NOT_MODIFIED, json_answer, unchanged
from services.api.summaries import EXAMPLE, REQUESTED_EVENT, event_url
from services.api.view_store import ViewStore
from services.contracts.event import Event
from services.runtime.problems import problem_responses

DEFAULT_LIMIT = 20
HIGHEST_LIMIT = 100
HIGHEST_VERSION = 999_999_999

_NUMBER = re.compile(r"-?[0-9]{1,9}")

EventId = Annotated[str, Path(description="Id of an event, merged or not.", examples=[str(EXAMPLE["event_id"])])]


def plain_number(value: object) -> object:
    """Only digits, with a minus at most: not `1_0`, `+1` or `1.0`, which pydantic reads too."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("give a whole number in plain digits")
    return value


Limit = Annotated[
    Annotated[int, Field(ge=1, le=HIGHEST_LIMIT)],
    BeforeValidator(plain_number),
    Query(description="Most entries to give."),
]
Cursor = Annotated[
    str | None,
    # Not `pattern` of Query, which would answer 422: a cursor that is not one of ours is answered with 400.
    WithJsonSchema({"type": "string", "pattern": CURSOR_PATTERN}),
    Query(description="The `next` of the answer to continue."),
]

Version = Annotated[
    Annotated[int | None, Field(ge=1, le=HIGHEST_VERSION)],
    BeforeValidator(plain_number),
    Query(description="This version of the event, as it was. Versions can be passed over."),
]
AsOfTime = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": MOMENT_PATTERN}),
    Query(description="The event as it was to be had at this time. A date is its last moment, in UTC."),
]
AcceptDatetime = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": HTTP_DATE_PATTERN}),
    Header(description="As `as_of`, for clients that speak Memento (RFC 7089)."),
]

EVENT_HEADERS: dict[str, Any] = {
    "ETag": {"description": "Names this version.", "schema": {"type": "string"}},
    REQUESTED_EVENT: {
        "description": "Only when the event asked for was merged into the one given: the id asked for.",
        "schema": {"type": "string"},
    },
    "Content-Location": {"description": "Address of the event given.", "schema": {"type": "string"}},
    "Link": {
        "description": "Address of the event and, of an earlier version, those of others.",
        "schema": {"type": "string"},
    },
    "Memento-Datetime": {
        "description": "Only of an earlier version: since when it was to be had.",
        "schema": {"type": "string"},
    },
}


def _asked_version(version: int | None, as_of: str | None, accept_datetime: str | None) -> AskedVersion:
    """What is asked of the event's history. The address comes before the header."""
    if version is not None and as_of is not None:
        detail = "Give a version or a time, not both."
        fault = {"field": "query.as_of", "message": detail}
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "The query is not valid", detail, errors=[fault])
    try:
        accepted = None if accept_datetime is None else AsOf(read_accept_datetime(accept_datetime), nearest=True)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "Accept-Datetime is no date", f"In Accept-Datetime {error}.") from error
    if version is not None:
        return version
    return accepted if as_of is None else AsOf(read_as_of(as_of), nearest=False)


def events_router(store: ViewStore) -> APIRouter:
    """The routes, reading from `store`."""
    router = APIRouter(prefix="/v1/events", tags=["events"])

    @router.get(
        "/{event_id}",
        response_model=Event,
        summary="One event, whole",
        responses={200: {"headers": EVENT_HEADERS}, **NOT_MODIFIED, **problem_responses(400, 404, 422, 503)},
    )
    async def get_event(
        request: Request,
        event_id: EventId,
        version: Version = None,
        as_of: AsOfTime = None,
        accept_datetime: AcceptDatetime = None,
    ) -> Response:
        """Claims with all that report them, disagreements, figures, articles, why each is here, the nearest event.

        The id of a merged event answers with the event it was merged into; with `version`, with itself as it was. What
        the event was at an earlier time comes byte for byte as it was served then, with `Memento-Datetime` and links to
        its other versions (RFC 7089).
        """
        refuse_unknown(request.query_params.multi_items(), ("version", "as_of"))
        asked = _asked_version(version, as_of, accept_datetime)  # no dependency: those take a tenth of a request's time
        earlier = await earlier_answer(request, store, event_id, asked)
        if earlier is not None:
            return earlier
        if "if-none-match" not in request.headers:  # most requests: one question to the store
            stored = await store.event(event_id)
            if stored is not None and stored.mark.merged_into is None:
                return json_answer(stored.document, _etag(stored.mark), _headers(event_id, stored.mark))
        mark = await store.current(event_id)
        if mark is None:
            raise no_event(event_id)
        answer = unchanged(request, _etag(mark), _headers(event_id, mark))
        if answer is not None:
            return answer
        stored = await store.event(mark.event_id)
        if stored is None:
            raise no_event(event_id)
        return json_answer(stored.document, _etag(stored.mark), _headers(event_id, stored.mark))

    return router


def _headers(asked: str, mark: EventMark) -> dict[str, str]:
    return {**event_location(asked, mark), **original_headers(mark.event_id)}


def _etag(mark: EventMark) -> str:
    return f'"{mark.version}-{mark.digest}"'


def event_location(asked: str, mark: EventMark) -> dict[str, str]:
    """Headers that say which event is given, where `asked` may have been merged into it."""
    headers = {"Content-Location": event_url(mark.event_id)}
    if asked != mark.event_id:
        headers[REQUESTED_EVENT] = quote(asked, safe="")
    return headers
