"""`/v1/webhooks/{name}/deliveries`, `/test`, `/resend`: what was sent, and sending again."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import WithJsonSchema
from starlette.responses import Response

from services.api.cursors import CURSOR_PATTERN, BadCursor, decode_cursor, encode_cursor, id_of, index_member
from services.api.errors import bad_cursor, bad_parameters
from services.api.filters.openapi import MOMENT_PATTERN
from services.api.filters.parsing import BadParameters, Fault, read_moment
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.manners.bodies import body_of, read_json
from services.api.routes_events import DEFAULT_LIMIT, Limit
from services.api.webhooks.delivery import Delivery, DeliveryList, DeliveryView, message_id
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.messages import TEST, check_message
from services.api.webhooks.refusals import PATH, no_webhook
from services.api.webhooks.routes import Name
from services.api.webhooks.webhook import Redelivered, Redelivery, Webhook
from services.api.webhooks.webhook_store import WebhookStore
from services.runtime.clock import Clock
from services.runtime.problems import problem_responses
from services.runtime.request_ids import new_request_id

_MOMENT = WithJsonSchema({"type": "string", "pattern": MOMENT_PATTERN})
Since = Annotated[str | None, _MOMENT, Query(description="Only those made then or later.", examples=["2026-03-01"])]
Until = Annotated[str | None, _MOMENT, Query(description="Only those made then or earlier.", examples=["2026-03-28"])]
OnlyDead = Annotated[bool, Query(description="Only those that were given up: the dead letters.", examples=[True])]
Cursor = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": CURSOR_PATTERN}),
    Query(description="The `next` of the answer to continue."),
]


def deliveries_router(webhooks: WebhookStore, deliveries: DeliveryStore, clock: Clock) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix=f"{PATH}/{{name}}", tags=["webhooks"])
    _add_list(router, webhooks, deliveries)
    _add_sending(router, webhooks, deliveries, clock)
    return router


def _add_list(router: APIRouter, webhooks: WebhookStore, deliveries: DeliveryStore) -> None:
    @router.get(
        "/deliveries",
        response_model=DeliveryList,
        summary="Deliveries of a webhook",
        responses={**NOT_MODIFIED, **problem_responses(400, 404, 422, 503)},
    )
    async def list_deliveries(  # noqa: PLR0917 - parameters of a query
        request: Request,
        name: Name,
        since: Since = None,
        until: Until = None,
        only_dead: OnlyDead = False,
        limit: Limit = DEFAULT_LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """Those of the last 30 days, the latest first: what became of each, and when it is tried next."""
        await _find(webhooks, name)
        after = None if since is None else index_member(_moment("since", since, ends=False), "")
        before = None if until is None else index_member(_moment("until", until, ends=True), "~")
        if cursor is not None:
            before = _member(cursor)
        members = await deliveries.members(name, only_dead=only_dead, before=before, after=after, most=limit + 1)
        listed = await deliveries.deliveries([id_of(member) for member in members[:limit]])
        more = encode_cursor(members[limit - 1]) if len(members) > limit else None
        body = DeliveryList(deliveries=tuple(delivery.view for delivery in listed), next=more)
        return hashed_answer(request, body.model_dump_json().encode())


def _add_sending(router: APIRouter, webhooks: WebhookStore, deliveries: DeliveryStore, clock: Clock) -> None:
    @router.post(
        "/test",
        status_code=HTTPStatus.ACCEPTED,
        response_model=DeliveryView,
        summary="Try a webhook",
        responses=problem_responses(403, 404, 422, 503),
    )
    async def try_webhook(name: Name) -> Response:
        """Sends a delivery that says nothing of any event. What became of it is in the list of deliveries."""
        webhook = await _find(webhooks, name)
        now = clock.now()
        made = message_id(webhook.name, webhook.created_at, "test", new_request_id())
        delivery = Delivery(
            message_id=made,
            type=TEST,
            created_at=now,
            next_try_at=now,
            webhook=webhook.name,
            body=check_message(made, at=now, webhook=webhook.name, saved=webhook.saved),
        )
        await deliveries.add(delivery)
        return _accepted(delivery.view.model_dump_json())

    @router.post(
        "/resend",
        status_code=HTTPStatus.ACCEPTED,
        response_model=Redelivered,
        summary="Send deliveries again",
        responses=problem_responses(403, 404, 413, 415, 422, 503),
        openapi_extra=body_of(
            Redelivery, {"since": "2026-03-01T00:00:00Z", "until": "2026-03-28T00:00:00Z", "only_dead": True}
        ),
    )
    async def send_again(request: Request, name: Name) -> Response:
        """All that were made in a stretch of time, whatever became of them, or those that were given up."""
        webhook = await _find(webhooks, name)
        wanted = await read_json(request, Redelivery)
        count = await deliveries.send_again(
            webhook.name, wanted.since, wanted.until, clock.now(), only_dead=wanted.only_dead
        )
        return _accepted(Redelivered(deliveries=count).model_dump_json())


async def _find(webhooks: WebhookStore, name: str) -> Webhook:
    webhook = await webhooks.find(name)
    if webhook is None:
        raise no_webhook(name)
    return webhook


def _moment(name: str, text: str, *, ends: bool) -> datetime:
    try:
        return read_moment(text, ends=ends)
    except ValueError as error:
        raise bad_parameters(BadParameters([Fault(name, str(error))])) from error


def _member(cursor: str) -> str:
    try:
        return decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor(error) from error


def _accepted(body: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(body, status_code=HTTPStatus.ACCEPTED, media_type="application/json", headers=headers)
