"""Sends one delivery: signed, to no internal address, without following redirects.

Source: the Standard Webhooks specification, https://github.com/standard-webhooks/standard-webhooks
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import httpcore
import structlog
from standardwebhooks.webhooks import Webhook as Signer

from services.api.settings import ApiSettings
from services.api.webhooks.delivery import Attempt, Delivery
from services.api.webhooks.messages import MEDIA_TYPE
from services.api.webhooks.webhook import Webhook
from services.runtime.clock import Clock
from services.runtime.outbound.network import CheckedBackend, Resolver, SystemResolver
from services.runtime.outbound.refused import RefusedAddress, one_line
from services.runtime.outbound.web_address import WebAddress

log = structlog.get_logger()

USER_AGENT = "Newsweave-Webhooks/1"
MAX_CONNECTIONS = 64
KEEPALIVE_SECONDS = 30.0
MOST_DELAY_DIGITS = 9


class Sender:
    """Posts deliveries; see `open_sender`."""

    def __init__(self, pool: httpcore.AsyncConnectionPool, settings: ApiSettings, clock: Clock) -> None:
        self._pool = pool
        self._rules = settings.webhook_address_rules
        self._seconds = settings.webhook_timeout_seconds
        self._clock = clock

    async def send(self, webhook: Webhook, delivery: Delivery) -> Attempt:
        """One try. Nothing that a receiver does raises."""
        try:
            address = self._rules.read(webhook.url)
        except RefusedAddress as refused:
            return Attempt(self._clock.now(), error=f"the address may not be asked: {refused.reason}")
        try:
            async with asyncio.timeout(self._seconds):
                status, retry_after = await self._post(address, webhook, delivery)
        except RefusedAddress as refused:
            # Which address a name has inside is nothing for whoever may make webhooks.
            log.warning("webhook not sent", webhook=webhook.name, reason=refused.reason)
            reason = one_line(f"{address.host} is at an internal address")
            return Attempt(self._clock.now(), error=f"the address may not be asked: {reason}")
        except (TimeoutError, httpcore.TimeoutException):
            return Attempt(self._clock.now(), error=f"no answer within {self._seconds:g} s")
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            return Attempt(self._clock.now(), error=one_line(f"{type(error).__name__}: {error}"))
        except Exception as error:
            # The HTTP library has met bytes that it did not expect. Whatever it is, a receiver has made it.
            log.exception("the HTTP library failed on the answer of a webhook", webhook=webhook.name)
            return Attempt(self._clock.now(), error=f"what came cannot be read: {type(error).__name__}")
        return Attempt(self._clock.now(), status, _fault(status), retry_after)

    async def _post(self, address: WebAddress, webhook: Webhook, delivery: Delivery) -> tuple[int, float | None]:
        """The status of the answer, and how long it asks us to wait."""
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        headers = [("Host", address.authority), ("User-Agent", USER_AGENT), ("Content-Type", MEDIA_TYPE)]
        signed = signed_headers(webhook, delivery, self._clock)
        body = delivery.body.encode()
        headers += [*signed.items(), ("Content-Length", str(len(body)))]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        async with self._pool.stream(
            "POST", url, headers=headers, content=body, extensions={"timeout": timeouts}
        ) as response:
            # The body says nothing to us: the connection is closed with it.
            return response.status, _retry_after(response)


def signed_headers(webhook: Webhook, delivery: Delivery, clock: Clock) -> dict[str, str]:
    """Id, time and signature of a try."""
    now = clock.now()
    return {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(webhook.secret).sign(delivery.message_id, now, delivery.body),
    }


def _fault(status: int) -> str | None:
    """What is wrong with an answer of this status; None for a 2xx."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status == HTTPStatus.GONE:
        return "status 410: the receiver wants nothing any more"
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"status {status}: redirects are not followed"
    return f"status {status}"


def _retry_after(response: httpcore.Response) -> float | None:
    """Seconds of `Retry-After`; None without it and for a date."""
    for name, value in response.headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) <= MOST_DELAY_DIGITS:
            return float(value)
    return None


@asynccontextmanager
async def open_sender(
    settings: ApiSettings, clock: Clock, *, resolver: Resolver | None = None
) -> AsyncIterator[Sender]:
    """A sender, with its connections closed at the end. `resolver`: finds addresses of names; default: the system's."""
    system = SystemResolver()
    backend = CheckedBackend(settings.webhook_address_policy, resolver or system, httpcore.AnyIOBackend())
    pool = httpcore.AsyncConnectionPool(
        ssl_context=_ssl_context(settings),
        max_connections=MAX_CONNECTIONS,
        keepalive_expiry=KEEPALIVE_SECONDS,
        network_backend=backend,
    )
    try:
        async with pool:
            yield Sender(pool, settings, clock)
    finally:
        system.close()


def _ssl_context(settings: ApiSettings) -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    if settings.webhook_ca_file is not None:
        context.load_verify_locations(settings.webhook_ca_file)
    return context
