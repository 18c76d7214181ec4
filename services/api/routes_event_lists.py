"""`/v1/events/{event_id}/articles` and `/claims`: all that an event has, whatever its snapshot leaves out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.cursors import BadCursor, decode_cursor, encode_cursor
from services.api.errors import bad_cursor, no_event, no_successor
from services.api.event_lists import ListedClaim
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.list_store import Kind, ListPart, article_place, claim_place
from services.api.models import EventArticles, EventClaims
from services.api.routes_events import (
    DEFAULT_LIMIT,
    EVENT_HEADERS,
    Cursor,
    EventId,
    Limit,
    event_location,
)
from services.api.view_store import StoredEvent, ViewStore
from services.contracts.base import Contract
from services.contracts.event import Event, EventArticle, Omitted
from services.runtime.problems import problem_responses

M = TypeVar("M", bound=Contract)


@dataclass(frozen=True)
class _Listed(Generic[M]):
    """One of the two lists, in the store and in snapshots."""

    kind: Kind
    model: type[M]
    place: Callable[[M], str]
    of_snapshot: Callable[[Event], Iterable[M]]
    omitted: Callable[[Omitted], int]


_ARTICLES = _Listed(
    Kind.ARTICLES, EventArticle, article_place, lambda event: event.articles, lambda omitted: omitted.articles
)
_CLAIMS = _Listed(
    Kind.CLAIMS,
    ListedClaim,
    claim_place,
    lambda event: map(ListedClaim.of_merged, event.claims),
    lambda omitted: omitted.claims,
)
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
        found = await _found(store, event_id)
        part, told = await _read(store, found, _ARTICLES, limit, _after(cursor))
        body = EventArticles(**told, articles=part.items)
        return hashed_answer(request, body.model_dump_json().encode(), _location(event_id, found, "articles"))

    @router.get("/claims", response_model=EventClaims, summary="All claims of an event", responses=RESPONSES)
    async def list_claims(
        request: Request, event_id: EventId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> Response:
        """Merged claims in order of first report, each with the first report of every independent origin.

        Claims that come in while you follow `next` shift nothing. The id of a merged event answers for the event that
        took it in.
        """
        found = await _found(store, event_id)
        part, told = await _read(store, found, _CLAIMS, limit, _after(cursor))
        body = EventClaims(**told, claims=part.items)
        return hashed_answer(request, body.model_dump_json().encode(), _location(event_id, found, "claims"))

    return router


def _after(cursor: str | None) -> str | None:
    try:
        return None if cursor is None else decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor() from error


async def _found(store: ViewStore, event_id: str) -> StoredEvent:
    """The event that answers for the id. Raises Refused."""
    mark = await store.current(event_id)
    stored = None if mark is None else await store.event(mark.event_id)
    if stored is None:
        raise no_event(event_id)
    if stored.mark.merged_into is not None:
        raise no_successor(event_id, stored.mark.merged_into)
    return stored


async def _read(
    store: ViewStore, stored: StoredEvent, listed: _Listed[M], limit: int, after: str | None
) -> tuple[ListPart[M], dict[str, Any]]:
    """Part of a list, and what is told of the list: from the event's changes, else from its snapshot."""
    event_id = stored.mark.event_id
    mark = (await store.lists.marks([event_id]))[event_id]
    if mark.whole and mark.version:
        part, version, whole = (
            await store.lists.part(listed.kind, listed.model, event_id, limit, after),
            mark.version,
            True,
        )
    else:
        event = Event.model_validate_json(stored.document)
        part = _part(listed.of_snapshot(event), listed.place, limit, after)
        version, whole = event.version, not listed.omitted(event.omitted)
    following = None if part.last is None else encode_cursor(part.last)
    told = {"event_id": event_id, "version": version, "whole": whole, "total": part.total, "next": following}
    return part, told


def _part(items: Iterable[M], place: Callable[[M], str], limit: int, after: str | None) -> ListPart[M]:
    """As the store gives it, of what a snapshot lists."""
    ordered = sorted(((place(item), item) for item in items), key=lambda pair: pair[0])
    rest = [(at, item) for at, item in ordered if after is None or at > after]
    last = rest[limit - 1][0] if len(rest) > limit else None
    return ListPart(tuple(item for _, item in rest[:limit]), last, len(ordered))


def _location(asked: str, stored: StoredEvent, name: str) -> dict[str, str]:
    headers = event_location(asked, stored.mark)
    headers["Content-Location"] += f"/{name}"
    return headers
