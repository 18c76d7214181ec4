"""Every list of the api, and its stream: what is asked for, and what a part of it lists. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from services.api.event_lists import ListedClaim
from services.api.history.models import EventChanges
from services.api.models import EventArticles, EventClaims
from services.api.search.models import FoundClaim, FoundClaimList, FoundEventList, ListedEvent
from services.client import calls
from services.client.exchange import Query, Request, Service
from services.client.following import Following
from services.client.models import Update
from services.client.parameters import ClaimConditions, EventConditions, Moment, Texts, as_query
from services.client.walk import Walk, cursor_in, cursor_of, field_of
from services.contracts.changed import EventChange
from services.contracts.event import EventArticle

Json = dict[str, Any]
JsonItems = Callable[[Json], Sequence[Json]]


def events(conditions: EventConditions, sort: str | None, limit: int | None) -> Walk[FoundEventList, ListedEvent]:
    """Events that meet the conditions."""
    query = as_query({**conditions, "sort": sort})
    return Walk(lambda part: calls.events((*query, *part)), lambda part: part.events, cursor_of, limit)


def claims(conditions: ClaimConditions, limit: int | None) -> Walk[FoundClaimList, FoundClaim]:
    """Claims of all events that meet the conditions."""
    query = as_query(conditions)
    return Walk(lambda part: calls.claims((*query, *part)), lambda part: part.claims, cursor_of, limit)


def event_articles(event_id: str) -> Walk[EventArticles, EventArticle]:
    """All articles of an event."""
    return Walk(lambda part: calls.event_articles(event_id, part), lambda part: part.articles, cursor_of)


def event_claims(event_id: str) -> Walk[EventClaims, ListedClaim]:
    """All claims of an event."""
    return Walk(lambda part: calls.event_claims(event_id, part), lambda part: part.claims, cursor_of)


def changes(event_id: str, since: int | Moment | None, kind: Texts | None) -> Walk[EventChanges, EventChange]:
    """What was new about an event."""
    query = as_query({"since": since, "kind": kind})
    return Walk(lambda part: calls.changes(event_id, (*query, *part)), lambda part: part.changes, cursor_of)


def anything(
    path: str, items: str | JsonItems, query: Query, *, limit: int | None = None, service: Service = Service.API
) -> Walk[Json, Json]:
    """Any list, as JSON. `items`: what its answers call what they list, or what gives it for an answer."""
    items_of: JsonItems = (lambda part: field_of(part, items)) if isinstance(items, str) else items
    return Walk(
        lambda part: calls.anything(Request("GET", path, (*query, *part), service=service)),
        items_of,
        cursor_in,
        limit,
    )


def updates(
    conditions: EventConditions, *, after: str | None, since: Moment | None, change: Texts | None, is_endless: bool
) -> Following[Update]:
    """The stream of events that meet the conditions when they change."""
    query = as_query({**conditions, "since": since, "change": change})
    return Following(query, calls.read_update, after, is_endless)
