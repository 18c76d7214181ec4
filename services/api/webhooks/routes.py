"""`/v1/webhooks`: where changes are sent."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.manners.bodies import body_of, read_json
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.settings import ApiSettings
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.refusals import PATH, name_taken, no_webhook, not_valid, too_many
from services.api.webhooks.webhook import (
    EXAMPLE,
    SECRET_BYTES,
    SECRET_PREFIX,
    NewWebhook,
    Webhook,
    WebhookList,
    WebhookStatus,
    WebhookView,
)
from services.api.webhooks.webhook_store import TooManyWebhooks, WebhookStore
from services.runtime.clock import Clock
from services.runtime.outbound.refused import RefusedAddress
from services.runtime.problems import problem_responses

Name = Annotated[str, Path(description="Name of a webhook.", examples=["desk"])]
_LOCATION: dict[str, Any] = {"Location": {"description": "Address of the webhook.", "schema": {"type": "string"}}}


def new_secret() -> str:
    """A secret that nobody can guess."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def webhooks_router(
    *,
    webhooks: WebhookStore,
    searches: SavedSearchStore,
    deliveries: DeliveryStore,
    settings: ApiSettings,
    clock: Clock,
    make_secret: Callable[[], str] = new_secret,
) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix=PATH, tags=["webhooks"])
    _add_reading(router, webhooks)
    _add_making(router, _Making(webhooks, searches, settings, clock, make_secret))
    _add_changing(router, webhooks, deliveries)
    return router


def _add_reading(router: APIRouter, webhooks: WebhookStore) -> None:
    @router.get(
        "", response_model=WebhookList, summary="All webhooks", responses={**NOT_MODIFIED, **problem_responses(503)}
    )
    async def list_webhooks(request: Request) -> Response:
        """In order of their names, without their secrets."""
        body = WebhookList(webhooks=tuple(webhook.view for webhook in await webhooks.all()))
        return hashed_answer(request, body.model_dump_json().encode())

    @router.get(
        "/{name}",
        response_model=WebhookView,
        summary="One webhook",
        responses={**NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_webhook(request: Request, name: Name) -> Response:
        """Where it sends, what it is told of, and why it is disabled, if it is."""
        webhook = await webhooks.find(name)
        if webhook is None:
            raise no_webhook(name)
        return hashed_answer(request, webhook.view.model_dump_json().encode())


@dataclass(frozen=True)
class _Making:
    """What a webhook is made with."""

    webhooks: WebhookStore
    searches: SavedSearchStore
    settings: ApiSettings
    clock: Clock
    make_secret: Callable[[], str]

    async def make(self, given: NewWebhook) -> Webhook:
        """Keep it. Raises Refused."""
        _check_address(given.url, self.settings)
        if await self.searches.find(given.saved) is None:
            raise not_valid("saved", f"there is no saved search {given.saved}: make it at /v1/saved-searches")
        webhook = Webhook(**given.model_dump(), created_at=self.clock.now(), secret=self.make_secret())
        try:
            is_new = await self.webhooks.add(webhook)
        except TooManyWebhooks as error:
            raise too_many(error) from error
        if not is_new:
            raise name_taken(webhook.name)
        return webhook


def _add_making(router: APIRouter, making: _Making) -> None:
    @router.post(
        "",
        status_code=HTTPStatus.CREATED,
        response_model=Webhook,
        summary="Make a webhook",
        responses={201: {"headers": _LOCATION}, **problem_responses(403, 409, 413, 415, 422, 503)},
        openapi_extra=body_of(NewWebhook, EXAMPLE),
    )
    async def add_webhook(request: Request) -> Response:
        """Changes that the saved search asks for are posted to the address from now on.

        The answer has the secret that signs them; it is shown this once.
        """
        webhook = await making.make(await read_json(request, NewWebhook))
        return Response(
            webhook.model_dump_json(),
            status_code=HTTPStatus.CREATED,
            media_type="application/json",
            headers={"Location": f"{PATH}/{webhook.name}", "Cache-Control": "no-store"},
        )


def _add_changing(router: APIRouter, webhooks: WebhookStore, deliveries: DeliveryStore) -> None:
    @router.delete(
        "/{name}",
        status_code=HTTPStatus.NO_CONTENT,
        response_class=Response,
        summary="Delete a webhook",
        responses=problem_responses(403, 404, 422, 503),
    )
    async def delete_webhook(name: Name) -> Response:
        """With all its deliveries. What is being sent just now may still arrive."""
        if not await webhooks.remove(name):
            raise no_webhook(name)
        await deliveries.forget(name)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    @router.post(
        "/{name}/enable",
        response_model=WebhookView,
        summary="Enable a webhook",
        responses=problem_responses(403, 404, 422, 503),
    )
    async def enable_webhook(name: Name) -> Response:
        """One that was disabled sends again: what was still to be tried then, and what changes from now on."""
        return await _set_status(name, WebhookStatus.ACTIVE, None)

    @router.post(
        "/{name}/disable",
        response_model=WebhookView,
        summary="Disable a webhook",
        responses=problem_responses(403, 404, 422, 503),
    )
    async def disable_webhook(name: Name) -> Response:
        """Nothing is sent, and nothing new is kept to be sent, until it is enabled."""
        return await _set_status(name, WebhookStatus.DISABLED, "disabled by request")

    async def _set_status(name: str, status: WebhookStatus, reason: str | None) -> Response:
        # Again where somebody else changed it meanwhile.
        while (webhook := await webhooks.find(name)) is not None:
            changed = await webhooks.set_status(webhook, status, reason)
            if changed is not None:
                headers = {"Cache-Control": "no-store"}
                return Response(changed.view.model_dump_json(), media_type="application/json", headers=headers)
        raise no_webhook(name)


def _check_address(url: str, settings: ApiSettings) -> None:
    """Raise Refused for an address that nothing will ever be sent to. Names are looked up at each try, not here."""
    try:
        address = settings.webhook_address_rules.read(url)
    except RefusedAddress as error:
        raise not_valid("url", error.reason) from error
    try:
        literal = ip_address(address.host)
    except ValueError:
        return
    if not settings.webhook_address_policy.permitted(address.host, [literal]):
        refusal = settings.webhook_address_policy.refusal(literal)
        raise not_valid("url", f"{address.host} is {refusal}: webhooks go to the internet")
