"""`/v1/events/stream`: events as they change, as server-sent events."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from pydantic import WithJsonSchema
from starlette.responses import Response

from services.api.errors import RETRY_AFTER_SECONDS, Refused
from services.api.filters.openapi import MOMENT_PATTERN, filter_parameters
from services.api.filters.parsing import (
    BadParameters,
    Fault,
    parse_filter,
    read_boolean,
    read_moment,
)
from services.api.history.parameters import read_change_kinds
from services.api.saved_searches.expanding import SAVED_PARAMETER
from services.api.updates.event_stream import EventStream, StreamRequest
from services.api.updates.frames import MEDIA_TYPE
from services.api.updates.positions import POSITION_PATTERN
from services.api.updates.resuming import resume_after
from services.api.updates.stream_filter import StreamFilter
from services.api.updates.stream_hub import StreamHub
from services.api.updates.stream_places import StreamPlaces
from services.contracts.change_kinds import ChangeKind
from services.runtime.problems import problem_responses

Parameters = list[tuple[str, str]]
OWN_PARAMETERS = ("last_event_id", "since", "follow", "change")
"""Those that are no filters of events."""

LastEventId = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": POSITION_PATTERN}),
]
FRAME_SCHEMA = {
    "title": "Frame",
    "description": "One frame, field by field. A comment that has an `id` alone is a heartbeat.",
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": POSITION_PATTERN, "description": "Its position: what to go on after."},
        "event": {"type": "string", "enum": ["position", "event", "too_slow", "reconnect"]},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "description": "JSON, whose form `event` names.",
        },
        "retry": {"type": "integer", "description": "Milliseconds to wait before coming back."},
    },
}
STREAM_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Frames, for as long as both sides stay.",
        "content": {MEDIA_TYPE: {"schema": FRAME_SCHEMA}},
    },
    **problem_responses(400, 404, 410, 422, 503),
}


def stream_router(hub: StreamHub, expand: Callable[[Parameters], Awaitable[Parameters]], max_streams: int) -> APIRouter:
    """The route.

    Args:
        hub: Where frames come from.
        expand: Puts what a saved search asks for in the place of its name.
        max_streams: Streams open at once; more are refused.
    """
    router = APIRouter(tags=["events"])
    places = StreamPlaces(max_streams)

    @router.get(
        "/v1/events/stream",
        summary="Events as they change",
        response_class=Response,
        responses=STREAM_RESPONSES,
        openapi_extra={"parameters": [*filter_parameters(), SAVED_PARAMETER]},
    )
    async def stream_events(
        request: Request,
        *,
        last_event_id: Annotated[
            LastEventId, Header(description="Position to go on after: the `id` of the last frame that was read.")
        ] = None,
        first_event_id: Annotated[
            LastEventId,
            Query(alias="last_event_id", description="The same for a first connection. The header comes before it."),
        ] = None,
        since: Annotated[
            str | None,
            WithJsonSchema({"type": "string", "pattern": MOMENT_PATTERN}),
            Query(description="Begin with what changed then, where no position is given. A date is its first moment."),
        ] = None,
        follow: Annotated[
            str,
            WithJsonSchema({"type": "boolean", "default": True}),
            Query(description="`false`: end when all up to now is sent."),
        ] = "true",
        change: Annotated[
            list[str] | None,
            WithJsonSchema({"type": "array", "items": {"type": "string", "enum": [kind.value for kind in ChangeKind]}}),
            Query(description="Kinds of changes, of which an update must have one."),
        ] = None,
    ) -> Response:
        """Server-sent events: each newer version of an event that the filters let through, as the event is then.

        Each frame has an `id`, its position in the log of updates. Send the last one back as `Last-Event-ID`, and the
        stream goes on exactly there. The first frame (`position`) says where it begins. Positions are kept for a week;
        an older one is answered with 410.
        """
        given = await expand(request.query_params.multi_items())
        stream_filter = StreamFilter(
            parse_filter([(name, value) for name, value in given if name not in OWN_PARAMETERS], OWN_PARAMETERS),
            read_change_kinds("change", change or ()),
        )
        begin = _moment(since)
        follows = _follows(follow)
        bounds, now = await hub.updates.bounds_and_clock()
        after, whole = resume_after(bounds, now, last_event_id or first_event_id, begin)
        if hub.position is None:
            raise _not_ready()
        return EventStream(hub, StreamRequest(stream_filter, after, bounds, whole=whole, follow=follows), places)

    return router


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else read_moment(text, ends=False)
    except ValueError as error:
        raise BadParameters([Fault("since", str(error))]) from error


def _follows(text: str) -> bool:
    try:
        return read_boolean(text)
    except ValueError as error:
        raise BadParameters([Fault("follow", str(error))]) from error


def _not_ready() -> Refused:
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The stream is not ready",
        "This service starts or stops. Try again in a few seconds.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )
