"""`/v1/limits`: what a client may do, and what is left of it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.api.manners.limits_models import (
    ConnectionLimits,
    KeyLimits,
    Limits,
    PageLimits,
    RequestLimits,
    StreamLimits,
    WebhookLimits,
)
from services.api.routes_events import DEFAULT_LIMIT, HIGHEST_LIMIT
from services.api.saved_searches.saved_search_store import MOST_SEARCHES
from services.api.settings import ApiSettings
from services.api.webhooks.delivery import SCHEDULE_SECONDS
from services.api.webhooks.webhook_store import MOST_WEBHOOKS
from services.runtime.http_access import Admitted
from services.runtime.problems import problem_responses


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
