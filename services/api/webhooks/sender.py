"""Sends one delivery: signed, to no internal address, without following redirects.

Source: the Standard Webhooks specification, https://github.com/standard-webhooks/standard-webhooks
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

import httpcore
import structlog
from standardwebhooks.webhooks import Webhook as Signer

from services.api.settings import ApiSettings
from services.api.webhooks.connections import KEPT_OF_ONE, Connections
from services.api.webhooks.delivery import Attempt, Delivery
from services.api.webhooks.messages import MEDIA_TYPE
from services.api.webhooks.webhook import Webhook
from services.runtime.clock import Clock
from services.runtime.outbound.network import CheckedBackend, Resolver, SystemResolver
from services.runtime.outbound.refused import RefusedAddress, one_line
from services.runtime.outbound.web_address import WebAddress

log = structlog.get_logger()

USER_AGENT = "Newsweave-Webhooks/1"
MAX_CONNECTIONS = 16
"""To one receiver: more than deliveries are sent to it at a time."""
KEEPALIVE_SECONDS = 4.0
"""Many servers close an idle connection after 5 s; what is sent on it at that moment is lost, and tried again later."""
MOST_DRAINED_BYTES = 16_384
DRAIN_SECONDS = 1.0
"""A body that is longer, or takes longer, is not worth the connection that could be used again after it."""
MOST_DELAY_DIGITS = 9
MOST_LENGTH_DIGITS = 9


class Sender:
    """Posts deliveries; see `open_sender`."""

    def __init__(self, connections: Connections, settings: ApiSettings, clock: Clock) -> None:
        self._connections = connections
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
            async with asyncio.timeout(self._seconds) as limit:
                status, retry_after = await self._post(address, webhook, delivery, limit)
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

    async def _post(
        self, address: WebAddress, webhook: Webhook, delivery: Delivery, limit: asyncio.Timeout
    ) -> tuple[int, float | None]:
        """The status of the answer, and how long it asks us to wait."""
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        headers = [("Host", address.authority), ("User-Agent", USER_AGENT), ("Content-Type", MEDIA_TYPE)]
        signed = signed_headers(webhook, delivery, self._clock)
        body = delivery.body.encode()
        headers += [*signed.items(), ("Content-Length", str(len(body)))]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        async with (
            self._connections.of(webhook.name) as pool,
            pool.stream("POST", url, headers=headers, content=body, extensions={"timeout": timeouts}) as response,
        ):
            # It has answered in time, whatever its body does.
            limit.reschedule(asyncio.get_running_loop().time() + 2 * DRAIN_SECONDS)
            await _drain(response)
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


async def _drain(response: httpcore.Response) -> None:
    """Read a body that says that it is short, so that the connection can be used again. Any other is closed with it."""
    lengths = [value for name, value in response.headers if name.lower() == b"content-length"]
    has_none = response.status == HTTPStatus.NO_CONTENT
    is_short = len(lengths) == 1 and lengths[0].isdigit() and len(lengths[0]) <= MOST_LENGTH_DIGITS
    if not has_none and not (is_short and int(lengths[0]) <= MOST_DRAINED_BYTES):
        return
    with suppress(TimeoutError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in response.aiter_stream():
                pass


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
    ssl_context = _ssl_context(settings)

    def make_pool() -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=ssl_context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=KEPT_OF_ONE,
            keepalive_expiry=KEEPALIVE_SECONDS,
            network_backend=backend,
        )

    connections = Connections(make_pool)
    try:
        yield Sender(connections, settings, clock)
    finally:
        await connections.close()
        system.close()


def _ssl_context(settings: ApiSettings) -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    if settings.webhook_ca_file is not None:
        context.load_verify_locations(settings.webhook_ca_file)
    return context
