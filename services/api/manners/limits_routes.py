"""`/v1/limits`: what a client may do, and what is left of it."""

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from services.api.routes_events import DEFAULT_LIMIT, HIGHEST_LIMIT
from services.api.saved_searches.saved_search_store import MOST_SEARCHES
from services.api.settings import ApiSettings
from services.api.webhooks.delivery import SCHEDULE_SECONDS
from services.api.webhooks.webhook_store import MOST_WEBHOOKS
from services.contracts.base import Contract
from services.runtime.api_keys import Scope
from services.runtime.http_access import Admitted
from services.runtime.problems import problem_responses


class KeyLimits(Contract):
    """The API key that the request shows."""

    id: str
    """Its public part."""
    name: str
    """Who has it."""
    scopes: tuple[Scope, ...]
    """What it may do."""


class RequestLimits(Contract):
    """How many requests the client may send: a key, or without one an address. Each replica counts for itself."""

    limit: int = Field(ge=1)
    """Requests in a window."""
    window_seconds: int = Field(ge=1)
    """Length of a window, which begins with its first request."""
    remaining: int = Field(ge=0)
    """Requests left in this window; this one counts."""
    reset_seconds: int = Field(ge=1)
    """Until the next window."""


class ConnectionLimits(Contract):
    """Open connections; further ones get 503."""

    total: int = Field(ge=1)
    """Of all clients together."""
    for_one_address: int = Field(ge=1)
    """Of one address."""


class PageLimits(Contract):
    """Entries in one part of a list."""

    default: int = Field(ge=1)
    """Where `limit` is left out."""
    most: int = Field(ge=1)
    """Largest `limit`."""


class StreamLimits(Contract):
    """Streams of updates."""

    most: int = Field(ge=0)
    """Open ones on this replica, of all clients together; further ones get 503."""
    resume_days: float = Field(gt=0)
    """How long a reader may be away and go on where it was."""


class WebhookLimits(Contract):
    """Saved searches and webhooks."""

    most_searches: int = Field(ge=1)
    """Saved searches, of all clients together."""
    most_webhooks: int = Field(ge=1)
    """Webhooks, of all clients together."""
    tries: int = Field(ge=1)
    """Of one delivery, until it is given up."""
    timeout_seconds: float = Field(gt=0)
    """Longest time for one try."""


class Limits(Contract):
    """What this client may do."""

    keys_required: bool
    """Whether requests need an API key."""
    key: KeyLimits | None
    """The key that was shown; null where none is asked for."""
    requests: RequestLimits | None
    """Null: any number."""
    connections: ConnectionLimits
    """Of this replica."""
    page_size: PageLimits
    """Of every list that is given in parts."""
    streams: StreamLimits
    """Of `/v1/events/stream`."""
    webhooks: WebhookLimits
    """Of `/v1/saved-searches` and `/v1/webhooks`."""


def limits_router(settings: ApiSettings) -> APIRouter:
    """The route."""
    router = APIRouter(prefix="/v1/limits", tags=["service"])
    webhook_limits = WebhookLimits(
        most_searches=MOST_SEARCHES,
        most_webhooks=MOST_WEBHOOKS,
        tries=len(SCHEDULE_SECONDS),
        timeout_seconds=settings.webhook_timeout_seconds,
    )
    per_address = max(1, int(settings.max_connections * settings.client_share))

    @router.get("", response_model=Limits, summary="What this client may do", responses=problem_responses(503))
    async def get_limits(request: Request) -> Response:
        """Whether keys are asked for, which one was shown, how many requests are left, how long lists may be."""
        admitted: Admitted = request.state.admitted
        limits = Limits(
            keys_required=settings.is_exposed,
            key=_key(admitted),
            requests=_requests(admitted),
            connections=ConnectionLimits(total=settings.max_connections, for_one_address=per_address),
            page_size=PageLimits(default=DEFAULT_LIMIT, most=HIGHEST_LIMIT),
            streams=StreamLimits(most=settings.max_streams, resume_days=settings.stream_days),
            webhooks=webhook_limits,
        )
        # It differs with every request: nobody is to keep it.
        return Response(limits.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})

    return router


def _key(admitted: Admitted) -> KeyLimits | None:
    key = admitted.key
    return None if key is None else KeyLimits(id=key.id, name=key.name, scopes=key.scopes)


def _requests(admitted: Admitted) -> RequestLimits | None:
    rate = admitted.rate
    if rate is None:
        return None
    return RequestLimits(
        limit=rate.quota.requests,
        window_seconds=rate.quota.seconds,
        remaining=rate.remaining,
        reset_seconds=rate.reset_seconds,
    )
