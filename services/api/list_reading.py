"""All articles or claims of an event, part by part: from its changes, else from its snapshot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.api.cursors import BadCursor, decode_cursor, encode_cursor
from services.api.errors import bad_cursor, no_event, no_successor
from services.api.event_lists import ListedClaim, ListPage
from services.api.list_store import Kind, ListPart, article_place, claim_place
from services.api.view_store import StoredEvent, ViewStore
from services.contracts.base import Contract
from services.contracts.event import Event, EventArticle, Omitted

M = TypeVar("M", bound=Contract)


@dataclass(frozen=True)
class Listed(Generic[M]):
    """One of the two lists, in the store and in snapshots."""

    kind: Kind
    model: type[M]
    place: Callable[[M], str]
    of_snapshot: Callable[[Event], Iterable[M]]
    omitted: Callable[[Omitted], int]


ARTICLES = Listed(
    Kind.ARTICLES, EventArticle, article_place, lambda event: event.articles, lambda omitted: omitted.articles
)
CLAIMS = Listed(
    Kind.CLAIMS,
    ListedClaim,
    claim_place,
    lambda event: map(ListedClaim.of_merged, event.claims),
    lambda omitted: omitted.claims,
)


async def find_event(store: ViewStore, event_id: str) -> StoredEvent:
    """The event that answers for the id. Raises Refused."""
    mark = await store.current(event_id)
    stored = None if mark is None else await store.event(mark.event_id)
    if stored is None:
        raise no_event(event_id)
    if stored.mark.merged_into is not None:
        raise no_successor(event_id, stored.mark.merged_into)
    return stored


async def read_list(
    store: ViewStore, stored: StoredEvent, listed: Listed[M], limit: int, cursor: str | None
) -> ListPage[M]:
    """Part of a list of the event. Raises Refused for a cursor that is none."""
    try:
        after = None if cursor is None else decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor(error) from error
    event_id = stored.mark.event_id
    mark = (await store.lists.marks([event_id]))[event_id]
    if mark.whole and mark.version:
        part = await store.lists.part(listed.kind, listed.model, event_id, limit, after)
        version, whole = mark.version, True
    else:
        event = Event.model_validate_json(stored.document)
        part = _part(listed.of_snapshot(event), listed.place, limit, after)
        version, whole = event.version, not listed.omitted(event.omitted)
    following = None if part.last is None else encode_cursor(part.last)
    return ListPage(event_id, version, whole, part.total, following, part.items)


def _part(items: Iterable[M], place: Callable[[M], str], limit: int, after: str | None) -> ListPart[M]:
    """As the store gives it, of what a snapshot lists."""
    ordered = sorted(((place(item), item) for item in items), key=lambda pair: pair[0])
    rest = [(at, item) for at, item in ordered if after is None or at > after]
    last = rest[limit - 1][0] if len(rest) > limit else None
    return ListPart(tuple(item for _, item in rest[:limit]), last, len(ordered))
